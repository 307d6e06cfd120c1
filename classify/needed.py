"""What a mail must hold somewhere before the model may call it a petition, an Eingabe or a Folgereaktion.

All three are about somebody or something outside the mail: the Bundestag, another body, an earlier reaction. Without
any word of it none is meant. The word "Beschwerde" is no sign of an earlier one: most who use it write for the first
time. A sign decides nothing; it only leaves the word to the model, so these rows are wide.
"""

from collections.abc import Collection, Mapping

from classify.coding import Text
from classify.rules import Rule, speaking, spoken

_MINE = r"\b(?:mein\w{0,2}|unser\w{0,2}|dies\w{0,2}) (?:\w{1,14} ){0,2}?"
_REACTION = (
    r"\w{0,18}(?:beschwerde|eingabe|mail|schreiben|brief|anregung|vorschlag\w{0,3}|nachricht|anliegen|lob|kritik|"
    r"hinweis\w{0,2}|fall|vorgang|sache|idee|anfrage|anruf|meldung)\b"
)
_WROTE = (
    r"(?:geschrieben|gemeldet|beschwert|mitgeteilt|ge-?mailt|geschickt|geschildert|berichtet|gelobt|vorgeschlagen|"
    r"angeregt|kritisiert|eingereicht|gesendet|gesandt|nachgefragt|nachgehakt|gebeten|erinnert|moniert|erzählt|"
    r"angeschrieben|hingewiesen|angerufen|bemängelt|beanstandet|gerügt|geklagt)\b"
)
_MONTH = r"(?:januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)"
_DAY = rf"(?:\d{{1,2}}\.|{_MONTH}|\w{{3,9}}tag|erste\w|letzte\w{{0,2}}|vorige\w{{0,2}})"
_NUMBER = r"(?:\b[a-z]{1,3}-\d{1,5}\b|\b\d{2,5}/\d{2,4}\b)"
_ABROAD = (
    r"(?:complaint\w{0,2}|submission|reply|жалоб\w|скарг\w|звернення|обращени\w|письм\w|лист\w{0,2}|"
    r"ş?s?ik[aâ]ye\w{1,10})"
)

EARLIER = (
    Rule(r"^(?:re|aw|antw|wg|fwd?|tr|ynt|на|від)(?:\[\d\])?:", "Re: Ihre Nachricht", "subject"),
    Rule(r"\bkrm\b|\b(?:aktenzeichen|vorgang\w{0,8}|geschäftszeichen|ihr zeichen|az)\b", "KRM-2026-0042", "number"),
    Rule(rf"\bbeschwerde (?:nr\. |nummer )?{_NUMBER}|{_NUMBER}~\bbeschwerde", "Zu Beschwerde KR-71", "number"),
    Rule(rf"{_MINE}{_REACTION}~\b(?:vom|von|am|aus) {_DAY}", "meine Beschwerde vom 3.4.", "earlier"),
    Rule(
        rf"\b(?:zu|nach|auf|von|mit|wegen|stand|trotz|seit|an|aus|in) {_MINE}{_REACTION}", "zu meiner Mail", "earlier"
    ),
    Rule(
        rf"\b(?:hab|habe|hatte|hatten|haben|wie|schon|bereits|ihnen|euch)\b~~\b{_WROTE}",
        "wie schon geschrieben",
        "earlier",
    ),
    Rule(
        r"\b(?:immer noch|noch immer|bis heute|bisher|bislang|weiterhin|erneut|wiederholt|nochmals?|noch ?mal|"
        r"abermals)\b",
        "noch immer nichts",
        "again",
    ),
    Rule(
        r"\b(?:zweite|dritte|vierte|fünfte|weitere)\w{0,2} (?:\w{1,12} )?"
        r"(?:mail|schreiben|brief|beschwerde|nachricht|anlauf|versuch|erinnerung|mal)\b",
        "meine zweite Mail",
        "again",
    ),
    Rule(
        r"\b(?:nachtrag|ergänz|sachstand|wie ist der stand|nachfrage|nachhaken|erinnerung|rückfrage|nachreich|"
        r"zwischen(?:stand|bescheid|nachricht|information))",
        "Nachtrag",
        "earlier",
    ),
    Rule(
        r"\b(?:ihre?|eure?|eine?|die|der|ihrer|ihrem|keine?|auf) (?:\w{1,14} ){0,2}?(?:antwort|eingangsbestätigung|"
        r"bestätigung|stellungnahme|rückmeldung|reaktion|erklärung)\b",
        "Danke für Ihre Antwort",
        "answer",
    ),
    Rule(
        r"\b(?:sie|ihr|habt|man)\b~\b(?:geantwortet|antworteten|zurückgeschrieben|zugesagt|versprochen|geschrieben|"
        r"schrieben|schreiben)\b",
        "Sie haben mir geantwortet",
        "answer",
    ),
    Rule(rf"{_ABROAD}~(?:\d|№)|\d~{_ABROAD}", "my complaint of 6 May", "other languages"),
    Rule(
        r"\b(?:i|we) (?:wrote|complained|reported|asked|sent)\b|\b(?:again|reminder|follow(?:ing|)(?: |-)up|"
        r"addition to|further to|still no (?:reply|answer)|your (?:reply|answer|response))\b",
        "I wrote to you in May",
        "English",
    ),
    Rule(
        r"\b(?:писала?|жаловал\w{1,4}|обращал\w{1,4}|повторн\w{1,3}|дополн\w{1,6}|(?:ваш|нет) ответ\w?|ответили|"
        r"ответа)\b",
        "Я вам писала",
        "Russian",
    ),
    Rule(
        r"\b(?:писав|писала|скаржи\w{1,6}|звертал\w{1,4}|повторн\w{1,3}|доповн\w{1,6}|відповіл\w|відповід\w{1,3})\b",
        "Я вам писала",
        "Ukrainian",
    ),
    Rule(
        r"\b(?:yaz|bildir|gönder|ilet|[sş]ikayet et)m[iı][sş]t\w{1,3}\b|\bceva(?:p|b)\w{0,8}\b|"
        r"\b(?:tekrar|yine|ek olarak)\b",
        "Size yazmıştım",
        "Turkish",
    ),
)

PARLIAMENT = (
    Rule(
        r"bundestag|petition|petent|\bpet [1-4]|parliament|парламент|бундестаг|петиц|meclis|dilekçe|"
        r"\bart(?:ikel|\.) 17\b",
        "Petition",
        "the Bundestag",
    ),
)

OTHER_BODIES = (
    Rule(
        r"\b(?:\w{0,15}minist\w{1,9}|bmas|\w{0,14}beauftragt\w{0,3}|staatskanzlei|\w{0,8}präsidi\w{0,9}|"
        r"\w{0,8}präsident\w{0,4}|\w{0,6}kanzler\w{0,6}|\w{0,12}bürgermeister\w{0,4}|landr(?:at|ät)\w{0,6}|"
        r"\w{0,6}abgeordnet\w{0,4}|wahlkreis\w{0,8}|bürger(?:schaft|büro|referat|sprechstunde|anliegen|schreiben)\w{0,3}|"
        r"md[bl]\b|\w{0,6}senat\w{0,10}|land(?:tag|kreis)\w{0,3}|kreis(?:tag|rat|verwaltung)\w{0,3}|"
        r"stadt(?:rat|rät|vertret|verwaltung)\w{0,6}|rathaus\w{0,2}|dezern\w{1,8}|antidiskriminierung\w{0,8}|"
        r"eingabe\w{0,2}|regionaldirektion|bundesagentur|fraktion\w{0,3})",
        "das Landesministerium",
        "another body",
    ),
    Rule(r"\b(?:mayor|ombuds\w{1,10}|member of parliament|mp\b|minist\w{1,6})", "the mayor", "English"),
    Rule(
        r"\b(?:депутат|м[иі]н[иі]ст|мэр\w{0,3}\b|мер\w?\b|(?:обер)?бургом[иі]стр|обербюргерм|бюргермейст|уполномоч|"
        r"уповноваж)",
        "депутат",
        "Russian and Ukrainian",
    ),
    Rule(r"\b(?:bakan(?:lık|ı)|bakanlı|milletvekil|belediye)", "milletvekili", "Turkish"),
)

NEEDED: Mapping[str, tuple[Rule, ...]] = {
    "petition": PARLIAMENT,
    "eingabe": (*OTHER_BODIES, *PARLIAMENT),
    "folgereaktion": EARLIER,
}


def missing(kinds: Collection[str], text: Text) -> frozenset[str]:
    """Of these types those for which neither the text nor its sender's name holds what is needed."""
    asked = [kind for kind in kinds if kind in NEEDED]
    views = (spoken(text), spoken(Text(text.id, "", "", text.from_name))) if asked else ()
    return frozenset(k for k in asked if not any(speaking(view, NEEDED[k]) for view in views))
