"""Is a legal remedy in it (GA 3.1.6)? Rules that may only raise what the model says; a missed one costs a right.

A remedy counts where the mail itself lodges it, also without the word; mere talk of one already running does not.
"""

from classify.rules import Rule, Spoken, hits

_W = r"(?:wie?d+e?r[\s-]?(?:spr|sr|pr)ü?c?h\w{0,3}|einspr?üch\w{0,2}|w\.(?=\s))"
_R = r"(?:überprüfungs?[\s-]?(?:antr\w{1,5}|gesuch))"
_A = r"(?:rechts(?:mittel|behelf))"
_DECISION = (
    r"(?:bescheid|beschied|entscheidung|sanktion|minderung|anrechnung|rückforderung|ablehnung|berechnung|kürzung|"
    r"erstattung|aufrechnung|aufhebung|einstellung|festsetzung|versagung|absenkung)(?:en|es|s|e)?\b"
)
_LETTER = r"\b(?:schreiben|brief) vom\b"
_MINE = r"\b(?:mein\w{0,2}|unser\w{0,2}|de[mrs]|zum|vom|beim|im|ihr\w{0,2}|laufend\w{0,2}|trotz|ohne|kein\w{0,2})"
_KNOWN = rf"{_MINE} (?:\w{{1,15}} )?"
_MAYBE = (
    r"\b(?:wenn|falls|sonst|ansonsten|notfalls|andernfalls|eventuell|evtl|überleg\w{0,3}|behalte|vorbehalten|ggf|"
    r"gegebenenfalls|ob|wie|hätte|würde|wurde|wird|durfte|haben sie|hatte ich|hab\w{0,2} ich)\b"
)
_TALK = r"\b(?:eingelegt|erhoben|läuft|wegen|seit|bearbeitung|sachstand|stand|frage|hatte|habe|haben|beleidig\w{0,3})\b"
_LODGE = r"\b(?:lege?|legen|erheben?|reichen?|machen?|mach|stellen?|stell|einlege)\b"
_SUBJECT = r"^(?:(?:re|aw|wg|fwd?): ?){0,3}"
_THEIRS = r"(?:de[nmr]|die|das|ihre?n?|ihrem|euren?|diesen?|meinen?)?"
_REDO = r"\b(?:(?:über)?(?:prüf|geprüft)|korrig|änder|aufheb|zurück|neu\b|nochmal|berichtig|entschieden)"

RULES = (
    Rule(rf"{_LODGE}~~\b{_W}", "gegen den Bescheid lege ich hiermit W. ein", "lodged", _MAYBE),
    Rule(
        rf"\b{_W}(?:~ |)\bein(?=[.!,;)\s]|$)(?! \w{{1,20}} (?:bekomm|erhalt|mehr))",
        "dagegen Wiederspruch ein",
        "lodged",
        rf"{_MAYBE}|{_KNOWN}{_W}|\beingelegt",
    ),
    Rule(
        rf"\b{_W}(?:~ |)\b(?:einlegen|einzulegen|einreichen|einzureichen|erheben?|erhebt)\b",
        "Möchte Widersprch einlegen",
        "lodged",
        rf"{_MAYBE}|{_KNOWN}{_W}",
    ),
    Rule(rf"\bmit\b~\b{_W} an\b|\bgreife\b~~\bmit\b~\b{_W}", "greife ich mit dem Widerspruch an", "lodged", _MAYBE),
    Rule(
        rf"\b{_W} (?:gegen|zu|zum|auf|wegen) ?{_THEIRS}~(?:{_DECISION}|{_LETTER})",
        "Widerspruch gegen Ihren Bescheid vom 3.4.",
        "names the decision",
        rf"{_KNOWN}{_W}|{_TALK}",
    ),
    Rule(
        rf"\b(?:als|ein)\b~\b(?:{_W}|{_A}|{_R})~\b(?:werten|gewertet|behand\w{{2,5}}|gelten|betracht|zu verstehen|"
        r"aufzufassen|verstanden|anzusehen|dagegen)",
        "soll als Widerspruch gelten",
        "calls itself one",
        r"\b(?:nicht|kein\w{0,2})\b",
    ),
    Rule(
        rf"\b(?:das|dies|schreiben|mail) (?:ist|gilt) (?:\w{{1,15}} )?(?:ein|mein|als) (?:{_W}|{_A}|{_R})",
        "dies ist ausdrücklich ein Rechtsbehelf",
        "calls itself one",
    ),
    Rule(
        rf"\b(?:hiermit|hierdurch|anbei|beigefügt|nachfolgend|folgt|im anhang)\b~\b(?:{_W}|{_R}|klage\b)",
        "Anbei mein Widerspruch",
        "hands it over",
        r"\b(?:frage|nachfrage|erinner|sachstand|beschwer|bestätig|eingangs)",
    ),
    Rule(
        rf"{_SUBJECT}{_W}(?: !| gegen| zu | zum | bescheid| aktenzeichen| bg| kundennummer| az)",
        "Widerspruch",
        "the subject alone",
        r"\bwartet?\b",
    ),
    Rule(
        rf"\bwie?dersprech\w{{0,2}}\b~{_DECISION}",
        "ich widerspreche dem Bescheid",
        "contradicts a decision",
        r"\b(?:wenn|falls|ob|kolleg\w{0,4}|sich)\b",
    ),
    Rule(
        rf"{_DECISION}~\bwie?dersprech\w{{0,2}}\b",
        "Der Rückforderung widerspreche ich",
        "contradicts a decision",
        r"\b(?:wenn|falls|ob|kolleg\w{0,4}|sich)\b",
    ),
    Rule(
        r"(?:§{1,2}|paragra(?:ph|f)(?:en)?|par\.) ?44\b(?! sgb (?:ii|iii|xii)\b)|44 sgb (?:x|10|zehn)\b",
        "Ich bitte um Prüfung nach § 44 SGB X",
        "the clause of the review (§ 44 SGB X)",
        r"\b(?:mein\w{0,2}|unser\w{0,2}|gestellt\w{0,2}|läuft|seit) (?:\w{1,15} )?(?:antrag|überprüf)",
    ),
    Rule(
        rf"\b(?:stellen?|stell|beantrag\w{{0,3}}|möchte|will)\b~\b(?:{_R}|überprüfung~{_DECISION}|neubescheidung)",
        "Ich beantrage die Überprüfung des Bescheids",
        "applies for the review",
        _MAYBE,
    ),
    Rule(rf"{_SUBJECT}{_R}", "Überprüfungsantrag Bescheid vom 2.3.", "the subject alone", r"\bwartet?\b"),
    Rule(
        rf"(?:{_DECISION}|{_LETTER})[^!?]{{0,100}}?\bnicht einverstanden[^!?]{{0,300}}?{_REDO}",
        "Mit dem Bescheid bin ich nicht einverstanden, bitte überprüfen Sie ihn",
        "disagrees with the decision and wants it reviewed",
    ),
    Rule(
        rf"\bnicht einverstanden[^!?]{{0,60}}?(?:{_DECISION}|{_LETTER})[^!?]{{0,300}}?{_REDO}",
        "nicht einverstanden mit dem Bescheid, bitte überprüfen",
        "disagrees with the decision and wants it reviewed",
    ),
    Rule(
        rf"{_DECISION}~~\b(?:akzeptier\w{{1,3}}|erkenne?n?) (?:ich|wir) (?:so )?nicht\b",
        "Diese Absenkung erkenne ich nicht an",
        "contests the decision",
    ),
    Rule(
        rf"\b(?:akzeptier\w{{1,3}}|erkenne?n?)\b~{_DECISION}~\bnicht\b",
        "Ich akzeptiere den Bescheid nicht",
        "contests the decision",
        r"\b(?:wenn|falls|ob|kolleg\w{0,4})\b",
    ),
    Rule(
        rf"{_DECISION}~~\b(?:fechten? (?:ich|wir)\b|anfechten\b|als angefochten)",
        "Den Bescheid fechte ich an",
        "contests",
    ),
    Rule(rf"\bfechten?\b~{_DECISION}~\ban\b", "Ich fechte den Bescheid an", "contests the decision", _MAYBE),
    Rule(
        rf"\bgegen~(?:{_DECISION}|{_LETTER})~\b(?:{_A}|wehr\w{{0,2}} (?:ich|wir)|wehren|vorgehen|vorzugehen)\b",
        "Gegen diesen Bescheid möchte ich mich wehren",
        "goes against the decision",
        _MAYBE,
    ),
    Rule(
        rf"\bwenden? (?:ich mich|wir uns|uns|mich) gegen~{_DECISION}",
        "wenden uns gegen Ihren Bescheid",
        "goes against it",
    ),
    Rule(rf"{_LODGE}~\b{_A}", "Ich lege Rechtsmittel ein", "lodged", _MAYBE),
    Rule(
        r"\b(?:erheben?|reichen?)\b~\b\w{0,15}klage\b|\bklage (?:gegen|wegen)~(?:bescheid|jobcenter)",
        "Hiermit erhebe ich Klage",
        "goes to court",
        rf"{_MAYBE}|\b(?:werden?|liegt|läuft|mein\w{{0,2}}) ",
    ),
    Rule(
        r"\b(?:anliegend|beigefügt|übersend\w{0,3}|abschrift|vorab)\b~~(?:\b\w{0,15}klage\b|\bklageschrift)",
        "übersenden wir eine Abschrift der Klage",
        "is at court",
    ),
    Rule(
        r"\b(?:appeal|object|objection|contest|dispute|challenge)(?:s|ing)?\b~\b(?:decision|notice|letter|bescheid|sanction)",
        "I object to the decision",
        "English",
        r"\b(?:my (?:appeal|objection)|if|whether|still pending)\b",
    ),
    Rule(
        r"\b(?:file|filing|lodge|submit|raise|hereby|want to|wish to|like to)\b~\b(?:appeal|objection|"
        r"object\b|widerspruch)",
        "I want to appeal",
        "English",
        r"\b(?:my (?:appeal|objection)|if|whether|still pending)\b",
    ),
    Rule(
        r"\b(?:подаю|подать|подаем|заявляю|выражаю|хочу)~(?:возражени|обжалова|апелляц|протест|жалоб\w{0,3} на решени)",
        "Подаю возражение на ваше решение",
        "Russian",
    ),
    Rule(
        r"\b(?:обжалую|оспариваю|обжаловать|оспорить)\b|\bне соглас(?:ен|на|ны)~(?:решени|бешайд|bescheid)",
        "Я не согласен с решением",
        "Russian",
    ),
    Rule(
        r"\b(?:подаю|подати|подаємо|висловлюю|хочу)~(?:заперечен|оскаржен|апеляц|скарг\w{0,2} на рішен)",
        "Подаю заперечення",
        "Ukrainian",
    ),
    Rule(
        r"\b(?:оскаржую|оскаржити)\b|\bне згод(?:ен|на|ні)~(?:рішен|бешайд|bescheid)",
        "Хочу оскаржити це рішення",
        "Ukrainian",
    ),
    Rule(
        r"\b[iİ]tiraz(?:ım|da|)~\b(?:ediyor\w{0,3}|etmek|ederim|edece\w{0,3}|bulun\w{0,7}|dilekçe\w{0,3}|var)",
        "Bu karara itiraz ediyorum",
        "Turkish",
    ),
)


def found(heard: Spoken) -> tuple[str, ...]:
    """The mail's own words that lodge a remedy; empty if no rule sees one."""
    return hits(heard, RULES)
