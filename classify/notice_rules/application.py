"""A hidden application (§ 16 SGB I: it counts from the day it comes in, whatever it is called and whoever gets it).

An application for a benefit counts where the mail itself makes it; talk of one that is running, a question how to
apply and requests for something else than a benefit (a review, the file, another officer) do not.
"""

from classify.rules import Rule

_GAP = r"[^.!?]{0,70}?"
_BENEFIT = (
    r"\b(?:\w{0,12}bürgergeld|grundsicherung\w{0,5}|(?:sozial|geld)?leistung(?:en)?\b|"
    r"\w{0,10}erstausstattung|mehrbedarf|"
    r"\w{0,12}darlehen\w?|\w{0,8}vorschu(?:ss|ß)\w{0,3}|\w{0,8}übernahme|\w{0,15}zuschu(?:ss|ß)\w{0,2}|einstiegsgeld|"
    r"\w{0,8}gutschein\w?|umschulung|weiterbildung|(?:bildung und )?teilhabe|klassenfahrt|\w{0,5}kaution|"
    r"\w{1,12}kosten\b|miet\w{0,5}schulden|weiterbewilligung|führerschein|avgs|but\b|"
    r"schulbedarf|berücksichtigung als|beihilfe|bewilligung|(?:weiterbildungs|einzel|lern|sprach|"
    r"ausbildungs|gründungs)förderung|regelbedarf|unterhaltsvorschuss|"
    r"waschmaschine|kühlschrank|babybett|kinderbett|möbel|brille|hilfe zum|geld\b|kinderzuschlag|zusicherung)"
)
_ITEM = (
    r"\b(?:bett(?:en)?|schrank|möbel|kühlschrank|waschmaschine|herd|kinderwagen|brille|heizöl|schulsachen|"
    r"schulranzen|winterjacke\w?|matratze\w?|"
    r"gasflasche\w?|kohle|briketts|kinderbett|babysachen|fahrrad|laptop|klassenfahrt|nachhilfe|"
    r"führerschein|umzug|kaution|renovierung)\b"
)
_ASKED = (
    r"\b(?:wo|wie|wann|bevor|wenn|falls|ob|nachdem|damals|jedes jahr|hatte|habe|habt|könnte|sollte|selber einen|"
    r"überprüfung\w{0,3}|überprüfen|aufzuheben|aufhebung|rücknahme|akteneinsicht|dienst\w{1,20}|rechtsmittel|nicht|"
    r"keine?n?|vollziehung|widerspruch|ablehnung|abgelehnt|abgelaufen|berechn\w{1,4})\b"
)
_NO_BENEFIT = (
    r"(?!überprüf|akteneinsicht|einsicht|aussetz|wiedereinsetz|einstweil|änderung|berichtig|auskunft|dienst|löschung|"
    r"rücknahme|aufhebung|wechsel|zulassung|fristverläng|prozess|termin)"
)
_KNOWN = (
    r"\b(?:mein\w{0,2}|unser\w{0,2}|de[rmn]|dies\w{1,2}|ihr\w{0,2}|kopie|wo|wie|nochmals?|wieder|"
    r"widerspruch\w{0,2})\b"
)

RULES = (
    Rule(
        r"\b(?:bea?nt?ra?ge?|beantragen (?:wir|hiermit|daher|für)|"
        rf"wir (?:\w{{1,12}} ){{0,3}}?beantragen)\b{_GAP}{_BENEFIT}",
        "Hiermit beantrage ich die Übernahme der Kosten",
        "applies for a benefit",
        rf"{_ASKED}|\bbescheid\w{{0,2}}\b",
    ),
    Rule(
        r"\b(?:möchte|möchten|will|wollen|würden?)\b[^.!?]{0,80}?\bbeantragen\b",
        "Ich möchte Einstiegsgeld beantragen",
        "applies for a benefit",
        rf"{_ASKED}|\b(?:urlaub|ortsabwesenheit|einsicht|termin|rente|sie)\b",
    ),
    Rule(
        rf"{_BENEFIT}{_GAP}\b(?:wird|werden|sei) (?:\w{{1,12}} )?beantragt\b",
        "Der Zuschuss zur Klassenfahrt wird hiermit beantragt",
        "applies for a benefit",
        rf"{_ASKED}|\bbescheid",
    ),
    Rule(
        r"\b(?:stelle?n? (?:ich|wir|hiermit|einen|den)|(?:ich|wir|hiermit) stelle?n?|will|"
        rf"möchten?)\b[^.!?]{{0,30}}?\bantrag (?:auf|für|zur?) {_NO_BENEFIT}",
        "Ich stelle einen Antrag auf Wohnungserstausstattung",
        "applies for a benefit",
        rf"{_ASKED}|\bü-antrag",
    ),
    Rule(
        rf"^(?:formloser )?antrag (?:auf|für) {_NO_BENEFIT}(?:\w{{1,20}} )?{_BENEFIT}[^!?]{{0,60}}!"
        r"[^!?]{0,60}?\b(?:brauche?n?|bitte|hiermit|anbei|siehe|anlage|möchten?)\b",
        "Antrag auf Darlehen für Strom! Guten Tag, anbei die Rechnung",
        "the subject says so",
        r"\b(?:seit|vom|stand|abgelehnt|ablehnung|widerspruch)\b",
    ),
    Rule(
        r"\b(?:als|ein|einen|mein|dieser|dies ist)\b[^.!?]{0,15}?\b(?:formlose[rnm]? )?antrag\b[^.!?]{0,25}?"
        r"\b(?:werten|gelten|gilt|betrachten|anzusehen|zu verstehen|aufzufassen|behandeln)\b",
        "Bitte diese Mail als Antrag werten",
        "calls itself one",
        r"\b(?:überprüf\w{1,10}|nicht)\b",
    ),
    Rule(
        r"\bformlose\w{0,2} antrag(?:stellung)?\b",
        "Das ist mein formloser Antrag",
        "calls itself one",
        r"\b(?:überprüf\w{1,10}|reicht|geht|damals|hatte|habe|seit)\b",
    ),
    Rule(
        r"\b(?:anbei|beigefügt|im anhang|angehängt|beiliegend|hier kommt|hier ist|"
        r"anliegend)\b[^.!?]{0,30}?\b(?:mein\w{0,2}|"
        r"unser\w{0,2}|ausgefüllt\w{1,2}|unterschrieben\w{1,2}) (?:\w{1,16} )?"
        r"(?:weiterbewilligungs|haupt|erst|neu|folge|wba|alg)?[\s-]?antrag\b(?! vom)",
        "Anbei mein Weiterbewilligungsantrag",
        "hands it over",
        r"\b(?:überprüf\w{1,10}|kopie|nochmals?|wieder|dritte\w?|gerichtlich\w{0,2})\b",
    ),
    Rule(
        r"\b(?:bitte|bitten|ersuche)\b[^.!?]{0,25}? um [^.!?]{0,30}?\w{0,8}übernahme (?:de[rs]|von|für|mein\w{0,2})\b",
        "Ich bitte um Übernahme der Kaution",
        "asks to be paid for",
        r"\b(?:überprüf\w{1,10}|fall\w{0,2}|vorgang\w?|betreuung|bescheid\w{0,2}|abgelehnt|ablehnung)\b",
    ),
    Rule(
        r"\b(?:bitte|bitten)\b[^.!?]{0,25}? um [^.!?]{0,25}?\b(?:kostenübernahme|weiterbewilligung|\w{0,8}vorschuss|"
        r"\w{0,10}darlehen|\w{0,8}gutschein|beihilfe|bewilligung|kostenzusage)\b",
        "Wir bitten um einen Vorschuss",
        "asks to be paid for",
        r"\b(?:überprüf\w{1,10}|bescheid\w{0,2}|abgelehnt|ablehnung|auskunft|information\w{0,2})\b",
    ),
    Rule(
        r"\b(?:brauche?n?|brauch|benötige?n?)\b[^.!?]{0,25}?\b(?:geld|zuschuss|darlehen|vorschuss|beihilfe|gutschein|"
        r"unterstützung|hilfe)\b[^.!?]{0,15}?\b(?:für|fürs)\b[^.!?]{0,25}?\b(?:\w{0,10}erstausstattung|baby\w{0,12}|"
        r"kinderwagen|waschmaschine|kühlschrank|herd|möbel|umzug|kaution|klassenfahrt|schul\w{1,12}|kurs|führerschein|"
        r"brille|strom\w{0,12}|heiz\w{1,10}|bett\w{0,2}|winterkleidung|laptop)\b",
        "Brauche Geld für die Erstausstattung",
        "needs something to be paid",
        r"\b(?:nicht|kein\w{0,2}|dass|weil|hatte|hätte)\b",
    ),
    Rule(
        r"\b(?:bitte|können|könnten|würden)\b[^.!?]{0,12}?\b(?:bewilligen|gewähren|genehmigen|zahlen|bezahlen|"
        r"geben) sie "
        r"(?:bitte )?(?:mir|uns)\b[^.!?]{0,20}?\b(?:einen?|eine|die|den|"
        r"das) (?:\w{1,12} )?(?:\w{0,8}vorschuss|\w{0,10}darlehen|"
        r"\w{1,10}kosten|kaution|\w{0,8}gutschein|\w{0,10}zuschuss|umschulung|weiterbildung|"
        r"\w{0,10}erstausstattung|kurs)\b",
        "Bitte bewilligen Sie mir eine Umschulung",
        "asks to be granted",
    ),
    Rule(
        r"\b(?:können|könnten|würden) sie (?:mir|uns)\b[^.!?]{0,20}?\b(?:\w{0,8}vorschuss|\w{0,10}darlehen|"
        r"waschmaschine|"
        r"\w{0,8}kaution|\w{0,10}erstausstattung|umschulung)\b[^.!]{0,15}?\b(?:geben|bewilligen|zahlen|"
        r"gewähren|auszahlen)",
        "Könnten Sie mir einen Vorschuss geben?",
        "asks to be granted",
    ),
    Rule(
        r"\bbitte (?:\w{1,10} )?(?:übernehmen|übernehmt) (?:sie )?[^.!?]{0,25}?\b(?:\w{0,12}kosten|kaution|"
        r"\w{0,6}rechnung|"
        r"\w{0,6}miete|\w{0,8}schulden|gebühr\w{0,2})\b",
        "Bitte übernehmen Sie die Umzugskosten",
        "asks to be paid for",
    ),
    Rule(
        r"\b(?:ich|wir) (?:möchten?|will|wollen|brauchen?|"
        r"benötigen?) (?:\w{1,10} ){0,3}?(?:ab (?:\S{1,12} ){1,3}?)?(?:wieder )?"
        r"(?:\w{1,8} )?(?:bürgergeld|grundsicherung|leistungen (?:nach|vom|von)|leistungen|hartz)\b"
        r"[^.!?]{0,20}?(?:\bbekommen\b|\bbeziehen\b|\berhalten\b|$|[.!,])",
        "Ich möchte ab dem 1. Mai wieder Bürgergeld bekommen",
        "wants the benefit",
        r"\b(?:wo|wie|wann|ob|nicht|kein\w{0,2}|damit|dass|weil)\b",
    ),
    Rule(
        r"\b(?:bitte|(?:könn|könnt|würd)en sie|könnt ihr|(?:kann|könnte|würde) das (?:amt|"
        rf"jobcenter))\b[^.!?]{{0,40}}?{_ITEM}[^.!?]{{0,40}}?\b(?:bezahl\w{{1,2}}|zahlen|übernehmen|"
        r"finanzieren|erstatten|"
        r"bewilligen|bezuschussen)\b",
        "Könnte das Amt uns bitte ein Bett bezahlen?",
        "asks to be paid for",
        r"\b(?:nicht|abgelehnt|überprüf\w{1,10}|warum|wieso|endlich)\b",
    ),
    Rule(
        rf"{_ITEM}[^.!?]{{0,30}}?\b(?:hin|kaputt|defekt|zu klein)\b[^!?]{{0,40}}?\b(?:brauche?n?|"
        r"benötige?n?)\b[^.!?]{0,25}?\b(?:neue\w?|geld|hilfe|zuschuss|ersatz)\b",
        "Mein Kühlschrank ist kaputt, ich brauche einen neuen",
        "needs something to be paid",
        r"\b(?:ihr\w{0,2}|ihre|kurs|wartezimmer|flur)\b",
    ),
    Rule(
        r"\b(?:bitte\w?|erbitte|ersuche)\b[^.!?]{0,25}?\b(?:geld|kosten|\w{3,12}kosten|"
        r"zuschuss) (?:für (?:die|den|das|eine|einen|ein|mein\w{0,2}|unser\w{0,2})|fürs|zur?)\b[^.!?]{0,40}?"
        r"(?:\b(?:erstatten|überweisen|auszahlen|zahlen|übernehmen|geben)\b|$|[.!])",
        "Bitte schicken Sie mir Geld für die Schulsachen.",
        "asks to be paid for",
        r"\b(?:endlich|nicht|mein geld|nachzahl\w{0,4}|bescheid|überprüf\w{0,8}|auskunft|angaben|restliche\w?)\b",
    ),
    Rule(
        r"\b(?:reiche?n?|gebe?n?|schicke?n?|sende?n?|übersende?n?) (?:ich |wir )?(?:ihnen )?(?:hiermit|anbei|"
        r"hierdurch|heute)\b[^.!?]{0,20}?\b(?:mein\w{0,2}|unser\w{0,2}|den|einen) "
        r"(?:\w{1,14} )?(?:weiterbewilligungs|haupt|erst|neu|folge|wba)?[\s-]?antrag\b",
        "Ich reiche hiermit meinen Antrag auf Bürgergeld ein",
        "hands it over",
        r"\b(?:überprüf\w{1,10}|kopie|nochmals?|wieder|dritte\w?)\b",
    ),
    Rule(
        r"\b(?:bitte|bitten|könn\w{1,3} sie)\b[^.!?]{0,20}?\b(?:verlängern|weiterbewilligen|weiter bewilligen|"
        r"weiterzahlen|bewilligen) (?:sie )?[^.!?]{0,25}?"
        r"\b(?:leistung\w{0,2}|bürgergeld|bewilligung|grundsicherung)\b|\bbitte\b[^.!?]{0,20}?\b(?:leistungen|"
        r"bürgergeld)\b[^.!?]{0,20}?\b(?:verlängern|weiterbewilligen|weiterzahlen)\b",
        "Bitte verlängern Sie die Leistungen",
        "wants it prolonged",
        r"\b(?:endlich|nicht|warum|überprüf\w{1,10})\b",
    ),
    Rule(
        r"\b(?:brauche?n?|brauch|benötige?n?|bitte um|bitten um|erbitte) (?:\w{1,10} ){0,2}?(?:einen |eine |"
        r"ein )?(?:\w{0,12}zuschuss|\w{0,14}erstausstattung|\w{0,10}darlehen|\w{0,8}vorschuss|"
        r"\w{0,8}gutschein|beihilfe|mehrbedarf)\b",
        "Ich brauche einen Zuschuss zur Zahnspange",
        "needs something to be paid",
        r"\b(?:nicht|kein\w{0,2}|dass|weil|hatte|hätte|wann|ob|vorher|überprüf\w{1,10}|bearbeitung|erst|frau|"
        r"herr|sagt\w{0,2})\b",
    ),
    Rule(
        r"\bbitte (?:die |meine |alle )?(?:\w{0,14}kosten|gebühren|rechnung) (?:für|von|"
        r"zur?)\b[^.!?]{0,40}?\b(?:bezahlen|zahlen|übernehmen|erstatten)\b",
        "bitte kosten für deutschkurs bezahlen",
        "asks to be paid for",
        r"\bendlich\b",
    ),
    Rule(
        r"\b(?:bitte|bitten|ersuche) (?:ich |wir |sie |hiermit |daher )*um (?:die |eine |"
        r"ihre )?(?:zusicherung|umzugszusicherung|zusage)(?: zur?| für| der)? (?:\w{1,8} )?(?:neue\w? |"
        r"neuen )?(?:wohnung|umzug|mietkosten|kosten|miete)\b|"
        r"\b(?:können|könnten|würden) sie (?:mir |uns |bitte )*(?:die |meine |unsere )?(?:\w{0,14}kosten|"
        r"gebühr\w{0,2}|rechnung) (?:für|von|der|des) [^.!?]{0,40}?\b(?:übernehmen|bezahlen|erstatten|"
        r"zahlen)\b",
        "Ich bitte um Zusicherung für die neue Wohnung",
        "asks to be granted",
        r"\b(?:endlich|nicht|warum)\b",
    ),
    Rule(
        r"\b(?:would like to|want to|wish to|hereby|need to) apply for\b(?! (?:a |the |this )?(?:job|position|"
        r"post|work|review))",
        "I would like to apply for Bürgergeld",
        "English",
        r"\b(?:how|where|if|whether|when)\b",
    ),
    Rule(
        r"\bi (?:am applying|hereby apply|apply) for\b", "I am applying for a loan", "English", r"\b(?:how|job|when)\b"
    ),
    Rule(
        r"\b(?:please|can you|could you)\b[^.!?]{0,15}?\b(?:pay|cover|grant|give)\b[^.!?]{0,20}?\b(?:deposit|"
        r"an advance|loan|"
        r"moving costs|course fee|school trip|furniture|washing machine)",
        "Please cover the deposit for the flat",
        "English",
    ),
    Rule(
        r"\b(?:подаю|подать|оформить|подаем) (?:\w{1,12} )?(?:заявлени\w{1,2}|заявку) (?:на|о|"
        r"об)\b(?! (?:пересмотр|проверк|жалоб))",
        "Подаю заявление на пособие",
        "Russian",
        r"\b(?:как|где|когда|если|ли|не могу)\b",
    ),
    Rule(
        r"\bпрошу\b[^.!?]{0,25}?(?:оплатить|возместить|выделить|выдать|предоставить|назначить|продлить)[^.!?]{0,30}?"
        r"(?:пособи|аванс|кредит|ссуд|денег|деньги|расход|стоимост|мебел|залог|курс|помощ|бюргергельд|bürgergeld)",
        "Прошу выделить деньги на мебель",
        "Russian",
    ),
    Rule(
        r"\b(?:подаю|подати|подаємо) (?:\w{1,12} )?(?:заяву|заявку) (?:на|про)\b(?! (?:перегляд|перевірк))",
        "Подаю заяву на допомогу",
        "Ukrainian",
        r"\b(?:як|де|коли|якщо|чи|не можу)\b",
    ),
    Rule(
        r"\bпрошу\b[^.!?]{0,25}?(?:оплатити|відшкодувати|виділити|видати|надати|призначити|продовжити)[^.!?]{0,30}?"
        r"(?:допомог|аванс|позик|кошт|гроші|витрат|мебл|застав|курс|виплат|bürgergeld)",
        "Прошу надати аванс",
        "Ukrainian",
    ),
    Rule(
        r"(?:bürgergeld|yard[ıi]m|para|avans|e[şs]ya|kira|kredi|ödene[ğg]i|"
        r"kurs)\w{0,6}[^.!?]{0,30}?\bba[şs]vur(?:mak ist|uda bulun|u yapmak ist|uyor)\w{1,10}",
        "Bürgergeld için başvurmak istiyorum",
        "Turkish",
        r"\b(?:nas[ıi]l|nereye|nerede|i[şs]e|mahkeme\w{0,3})\b",
    ),
    Rule(
        r"(?:avans|yard[ıi]m|masraf|depozito|kira|kredi|e[şs]ya)\w{0,10}[^.!?]{0,30}?\b(?:talep ediyor\w{0,3}|"
        r"rica ediyor\w{0,3}|istiyor(?:um|uz))",
        "Avans talep ediyorum",
        "Turkish",
    ),
)
