"""The writer takes back what was written, or says that it has settled itself; the officer decides what that closes."""

from classify.rules import Rule

_THING = (
    r"(?:\w{0,20}beschwerden?|eingabe|\w{0,16}antrag|widerspruch|anfrage|e?-?mails?|schreiben|petition|"
    r"anliegen|reklamation|kritik|nachricht|"
    r"angelegenheit|sache|frage|nachfrage|vorschlag|brief|einwand|klage|reaktion|anzeige|meldung|beanstandung)"
)
_MINE = rf"(?:mein\w{{0,2}}|unser\w{{0,2}}|die|den|das|diese\w?|sie|ihn|es) (?:\w{{1,14}} ){{0,3}}?{_THING}"
_NOT = (
    r"\b(?:wenn|falls|sofern|sollten?|solange|bis|dass sie|sie bitte|nicht|kein\w{0,2}|niemals|nie|würde|"
    r"hätte|könnte|dann|soll|sollen|habe sie|er|haben wir|"
    r"herr|frau|damals|vorwurf|ob|weigert|bescheid|erst)\b"
)

RULES = (
    Rule(
        r"\b(?:ziehe?n?|nehme?n?|zieh|nehm) (?:ich |wir )?(?:hiermit |hierdurch |daher |deshalb |also |"
        rf"gerne? |bitte ){{0,3}}{_MINE}\b[^!?]{{0,60}}?\bzurück\b",
        "Hiermit ziehe ich meine Beschwerde zurück",
        "takes it back",
        rf"{_NOT}|\b(?:nehmen|ziehen) sie\b",
    ),
    Rule(
        rf"\b{_MINE}\b[^!?]{{0,50}}?\b(?:ziehe?n?|nehme?n?|zieh|nehm) (?:ich|wir) (?:\w{{1,12}} ){{0,3}}?zurück\b",
        "Meine Beschwerde vom 3. nehme ich zurück",
        "takes it back",
        _NOT,
    ),
    Rule(
        r"\b(?:möchten?|will|wollen|würde gern\w?|"
        rf"muss)\b[^.!?]{{0,20}}?\b{_MINE}\b[^.!?]{{0,50}}?\b(?:zurückziehen|zurücknehmen|zurück ziehen|"
        r"zurück nehmen|widerrufen)\b",
        "Ich möchte meine Beschwerde zurückziehen",
        "takes it back",
        r"\b(?:wenn|falls|sofern|sollten?|solange|bis|nicht|kein\w{0,2}|niemals|nie|dann|er|ob|bescheid|erst|sie)\b",
    ),
    Rule(
        r"\b(?:rücknahme|zurücknahme|zurückziehung|rückzug) (?:mein\w{0,2}|unser\w{0,2}|der|"
        rf"des) (?:\w{{1,12}} )?{_THING}|"
        rf"\b{_THING} (?:\w{{1,14}} ){{0,3}}?(?:ist|wird|sei) (?:hiermit |damit |hierdurch )?zurückgezogen|"
        rf"\b(?:widerrufe|storniere) (?:ich )?(?:hiermit )?{_MINE}",
        "Rücknahme meiner Beschwerde",
        "takes it back",
        rf"{_NOT}|\bbescheid",
    ),
    Rule(
        rf"\bbetrachten (?:sie )?(?:bitte )?{_MINE}\b[^.!?]{{0,60}}?\bals (?:gegenstandslos|erledigt|hinfällig|"
        r"nicht geschrieben|ungeschrieben|zurückgezogen)\b|"
        rf"\b{_MINE}\b[^.!?]{{0,40}}?\b(?:ist|sind|wäre) (?:damit |somit |nun |jetzt |"
        r"also ){0,2}(?:gegenstandslos|hinfällig)\b",
        "Betrachten Sie mein Schreiben als gegenstandslos",
        "is void",
        _NOT,
    ),
    Rule(
        r"\b(?:vergessen|ignorieren|löschen|streichen|vergesst|"
        r"ignoriert) (?:sie )?(?:bitte )?(?:einfach )?(?:mein|"
        rf"unser)\w{{0,2}} (?:\w{{1,14}} ){{0,2}}?{_THING}\b|"
        r"\b(?:können|dürfen|könnt|bitte) (?:sie |ihr )?(?:mein|"
        rf"unser)\w{{0,2}} (?:\w{{1,14}} ){{0,2}}?{_THING} (?:\w{{1,14}} ){{0,4}}?(?:vergessen|ignorieren|"
        r"löschen|schließen)\b",
        "Vergessen Sie bitte meine Mail von gestern",
        "is void",
        r"\b(?:nicht|wenn|falls|nie|kein\w{0,2}|warum)\b",
    ),
    Rule(
        rf"\b{_MINE}\b[^.!?]{{0,40}}?\b(?:nicht mehr|nicht weiter) (?:zu )?(?:bearbeiten|bearbeitet|"
        r"verfolg\w{1,4}|weiterverfolg\w{1,4}|prüfen|beantworten|aufrecht\w{0,9}|weiterverfolgen)\b|"
        rf"\b(?:halte|halten|verfolge|verfolgen) (?:ich |wir )?{_MINE}\b[^.!?]{{0,30}}?\bnicht (?:mehr|weiter|"
        r"länger)\b",
        "Meine Beschwerde brauchen Sie nicht mehr zu bearbeiten",
        "is not to be pursued",
        r"\b(?:wird|wurde|werden|warum|falls|wenn|haben|hat|ob)\b",
    ),
    Rule(
        r"\b(?:storniere?n?|annulliere?n?) (?:sie |ich )?(?:bitte |hiermit )?(?:mein|"
        rf"unser)\w{{0,2}} (?:\w{{1,14}} )?{_THING}|"
        rf"\b(?:mein|unser)\w{{0,2}} (?:\w{{1,14}} )?{_THING}\b[^.!?]{{0,30}}?\b(?:ist|wäre) (?:damit |somit |"
        r"nun |jetzt |inzwischen )?(?:überholt|hinfällig)|"
        r"\bverzichte (?:ich )?auf (?:eine |die |jede )?(?:weitere )?(?:bearbeitung|verfolgung|antwort)|"
        r"\bnehme? (?:ich )?(?:alles|das|meine worte|meinen vorwurf) (?:wieder )?zurück\b",
        "Meine Mail von heute früh ist überholt",
        "is void",
        r"\b(?:nicht|kein\w{0,2}|nie|wenn|falls)\b",
    ),
    Rule(
        r"\b(?:bitte|dürfen|können sie) (?:\w{1,8} )?(?:mein|"
        rf"unser)\w{{0,2}} (?:\w{{1,14}} )?{_THING} (?:wieder |einfach |bitte )?(?:streichen|löschen|vergessen|"
        r"zurückziehen|zurücknehmen|stornieren|schließen|abschließen)\b",
        "Bitte meine Beschwerde streichen",
        "takes it back",
        r"\b(?:fehlgeleitet\w{1,2}|irrtümlich|versehentlich|mails|nicht|kein\w{0,2}|nie|wenn|falls|warum)\b",
    ),
    Rule(
        rf"\b{_THING} bitte (?:wieder |einfach )?(?:streichen|löschen|vergessen|stornieren|ignorieren)\b|"
        rf"\bkommando zurück\b|\bnehme (?:ich )?von (?:mein|unser)\w{{0,2}} (?:\w{{1,14}} )?{_THING} abstand\b|"
        rf"\bvon (?:mein|unser|der)\w{{0,2}} (?:\w{{1,14}} )?{_THING} (?:möchten? (?:ich|"
        r"wir) )?abstand (?:zu )?nehme?n?\b",
        "Meine Beschwerde bitte vergessen",
        "takes it back",
        r"\b(?:fehlgeleitet\w{1,2}|irrtümlich|versehentlich|mails|nicht|kein\w{0,2}|nie|wenn|falls|warum)\b",
    ),
    Rule(
        r"\b(?:withdraw|take back|cancel|retract)(?:ing)? (?:\w{1,8} )?(?:my|our|"
        r"the) (?:\w{1,10} )?(?:complaint|objection|appeal|request|email|message|application)\b|"
        r"\bplease (?:ignore|disregard|forget) my (?:\w{1,10} )?(?:e?-?mail|complaint|message|request)\b",
        "I want to withdraw my complaint",
        "English",
        r"\b(?:not|never|if|won't)\b",
    ),
    Rule(
        r"\b(?:отзываю|забираю|отозвать|забрать|снимаю) (?:\w{1,10} ){0,2}?(?:жалоб|обращени|заявлени|"
        r"возражени|сво[её] письмо)|\bжалобу (?:\w{1,10} )?(?:отзываю|забираю|снимаю)",
        "Отзываю свою жалобу",
        "Russian",
        r"\b(?:не|если)\b",
    ),
    Rule(
        r"\b(?:відкликаю|забираю|відкликати|забрати|знімаю) (?:\w{1,10} ){0,2}?(?:скарг|зверненн|заяв|"
        r"запереченн|свого листа)|\bскаргу (?:\w{1,10} )?(?:відкликаю|забираю|знімаю)",
        "Відкликаю свою скаргу",
        "Ukrainian",
        r"\b(?:не|якщо)\b",
    ),
    Rule(
        r"\b(?:[şs]ikayet|itiraz|ba[şs]vuru|dilek[çc]e)\w{0,6} (?:\w{1,10} )?geri (?:al[ıi]yor\w{0,3}|"
        r"[çc]ekiyor\w{0,3}|almak|[çc]ekmek)",
        "Şikayetimi geri çekiyorum",
        "Turkish",
        r"\b(?:e[ğg]er)\b",
    ),
)

MOST_WORDS = 45
"""Words of a mail in which "erledigt" may be all that it says; in a longer one it is said of something beside."""

SETTLED = (
    Rule(
        r"\b(?:hat|haben|hätte) (?:\w{1,14} ){0,3}?sich (?:\w{1,14} ){0,4}?(?:erledigt|geklärt|gelöst)\b|"
        r"\b(?:erledigt|geklärt) hat sich\b|\bsich (?:\w{1,10} ){0,2}?(?:erledigt|geklärt) hat\b",
        "Die Sache hat sich erledigt",
        "has settled itself",
        r"\b(?:nicht|nichts|nie|kein\w{0,2}|sie schreiben|antwort|angeblich|damit sei|passwort|widerspruch|"
        r"antrag|wenn|falls|sollte|sodass)\b",
    ),
    Rule(
        rf"\b{_MINE}\b[^.!?]{{0,30}}?\b(?:ist|sind|wäre) (?:damit |somit |nun |jetzt |inzwischen |schon |"
        r"bereits |für mich |von meiner seite |aus meiner sicht ){0,3}(?:erledigt|geklärt|gelöst|vom tisch|"
        r"abgeschlossen)\b",
        "Die Sache ist für mich erledigt",
        "is settled",
        r"\b(?:nicht|nie|kein\w{0,2}|angeblich|sei|widerspruch|wenn|falls|sollte|ob|bis|erst)\b",
    ),
    Rule(
        r"\b(?:brauchen|müssen|brauchst|müsst|braucht) (?:sie |ihr )?(?:\w{1,10} )?(?:nichts|sich nicht|"
        r"nicht) mehr (?:\w{1,10} )?(?:zu )?(?:machen|tun|unternehmen|antworten|kümmern|melden|bearbeiten)\b",
        "Sie brauchen nichts mehr zu unternehmen",
        "is settled",
        r"\b(?:wenn|falls|dann|mich|leben)\b",
    ),
    Rule(
        r"\bdie sache (?:\w{1,8} ){0,3}?(?:vom tisch|aus der welt|erledigt)\b|\b(?:problem|sache|"
        r"angelegenheit|frage) (?:ist |wurde |hat sich )?(?:jetzt |schon |inzwischen |bereits )?(?:gelöst|"
        r"geklärt|behoben|aus der welt)\b|"
        r"\b(?:zu den akten legen|ad acta)\b",
        "Problem gelöst",
        "is settled",
        r"\b(?:nicht|nie|kein\w{0,2}|angeblich|wenn|falls|ob|bis|erst|einfach)\b",
    ),
    Rule(
        r"\b(?:matter|problem|issue|complaint|it|everything) (?:is|has been|was|got) (?:now |"
        r"already )?(?:resolved|settled|solved|sorted)\b",
        "The matter has been resolved",
        "English",
        r"\b(?:not|if|until)\b",
    ),
    Rule(
        r"\b(?:вопрос|проблема|дело|вс[её]) (?:\w{1,10} )?(?:реш[её]н\w?|решил\w{1,2}|закрыт\w?|снят\w?|"
        r"уладил\w{2,3})\b",
        "Вопрос уже решён",
        "Russian",
        r"\b(?:не|если)\b",
    ),
    Rule(
        r"\b(?:питання|проблема|справа|все) (?:\w{1,10} )?(?:вирішен\w|вирішил\w{2,3}|закрит\w|знят\w|"
        r"владнал\w{2,3})(?!\w)",
        "Питання вже вирішено",
        "Ukrainian",
        r"\b(?:не|якщо)\b",
    ),
    Rule(
        r"\b(?:sorun|mesele|konu|i[şs])\w{0,5} (?:\w{1,10} )?(?:[çc][öo]z[üu]ld[üu]|halloldu|kapand[ıi])",
        "Sorun çözüldü",
        "Turkish",
    ),
)
"""Rows that count in a short mail only."""
