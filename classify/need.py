"""Acute need in a mail, as rules: nothing to eat, no power, a home about to be lost, medicine that cannot be paid."""

from classify.rules import Rule

_NO_MONEY = (
    r"\b(?:keine?n?|null|ohne|nicht mal|nicht einmal|weder) (?:\w{1,12} ){0,2}(?:geld|cent|euro|pfennig|mittel)\b"
)
_FOOD = r"\b(?:essen|lebensmittel|einkauf\w{0,3}|windeln?|\w{0,4}milch|brot|babynahrung|nahrung|(?:zum|zu) leben)\b"
_MEDICINE = (
    r"(?:medikament\w{0,3}|insulin|tabletten|medizin|dauermedikation|zuzahlung\w{0,2}|"
    r"krankenhaus\w{0,10}|asthmaspray)\b"
)
_CUT = (
    r"(?:ab|an)?ge(?:stellt|schaltet|sperrt|klemmt|kappt|dreht|stelt)\b|ab(?:stell|schalt|klemm|"
    r"dreh)\w{0,3}\b|sperren\b"
)
_HOME = r"\b(?:wohnung\w{0,5}|vermiet\w{1,4}|miet\w{1,9}|haus)\b"

RULES = (
    Rule(rf"{_NO_MONEY}~{_FOOD}", "Ich habe kein Geld mehr für Essen", "food"),
    Rule(rf"{_FOOD}~{_NO_MONEY}", "Fürs Essen und für Windeln ist kein Geld da", "food"),
    Rule(
        r"\b(?:nichts|nix|kaum (?:noch )?was) (?:mehr )?(?:zu|zum) (?:essen|beissen)\b",
        "Wir haben nichts zu essen",
        "food",
    ),
    Rule(r"\b(?:kühlschrank|vorratsschrank|schrank|schränke)\b~\bleer\b", "Der Kühlschrank ist leer", "food"),
    Rule(r"\bnichts (?:mehr )?im kühlschrank", "Es ist nichts mehr im Kühlschrank", "food"),
    Rule(
        r"\bhungern\b(?! müssen wir nicht)|\b(?:kind\w{0,3}|wir|ich)\b~\bhung(?:er|rig)\b",
        "Meine Kinder haben Hunger",
        "food",
    ),
    Rule(r"\bmittellos\w{0,5}", "Wir sind völlig mittellos", "means"),
    Rule(r"\bwovon (?:soll\w{0,2}|kann|können|leb\w{0,2}) (?:ich|wir|man)\b", "Wovon sollen wir leben?", "means"),
    Rule(r"\bwovon (?:ich|wir)\b~\b(?:leben|essen|bezahlen|ernähren)\b", "weiß nicht wovon ich leben soll", "means"),
    Rule(r"\bkonto\b~\b(?:leer|bei null|auf null|gepfändet|im minus)", "Mein Konto ist leer", "means"),
    Rule(r"\bkeinen (?:einzigen )?cent\b|\bvöllig blank\b", "Ich habe keinen Cent mehr", "means"),
    Rule(
        r"\b(?:nur )?noch \d{1,2}(?:[,.]\d\d)? ?(?:€|euro)~\b(?:port\w{4,9}|geldbeutel|tasche|konto|"
        r"monatsende|übrig|zum leben)",
        "noch 7 Euro im Portemonnaie",
        "means",
    ),
    Rule(r"\b(?:überhaupt|gar|ganz) (?:kein|ohne) geld\b", "Wir haben überhaupt kein Geld", "means"),
    Rule(r"\b(?:nichts|nix) (?:mehr )?zum leben\b", "Ich habe nichts zum Leben", "means"),
    Rule(r"\b(?:hab|bleib|sind)\w{0,2}\b~\bnoch \d{1,2} ?(?:€|euro)", "Ich habe jetzt noch 11 Euro", "means"),
    Rule(r"tank\b~\b(?:leer|noch \d)", "Im Tank sind noch 4 cm", "heating"),
    Rule(r"\bheiz\w{0,2}\b~\b(?:backofen|herd|kerzen|teelicht\w{0,3})", "ich heize mit dem Backofen", "heating"),
    Rule(r"\bstrom(?:sperr\w{0,4}|abschaltung|abstellung)", "Uns droht eine Stromsperre", "power"),
    Rule(
        rf"\b(?:strom|gas|wasser|heizung|warmwasser)\b~\b(?:{_CUT})",
        "Morgen wird der Strom abgestellt",
        "power",
        r"\brechnung\b~\bfahrrad|\bstromkasten|\bwasserspender|\bwartebereich|\bwarteraum",
    ),
    Rule(r"\b(?:dreh|stell|klemm|sperr)\w{0,3}\b~\b(?:strom|gas)\b~\bab\b", "Die drehen uns den Strom ab", "power"),
    Rule(r"\b(?:ohne (?:strom|heizung|licht)|im dunkeln)\b", "Wir sitzen seit gestern ohne Strom", "power"),
    Rule(
        r"\b(?:zwangs)?räumung(?:s\w{3,10})?\b|\bzwangsgeräumt\b|\bzwangsräumen",
        "Am Freitag ist die Räumung",
        "home",
        r"\b(?:ein|weg|keller|akten)räumung",
    ),
    Rule(rf"\bfristlos\w{{0,2}}\b~{_HOME}|{_HOME}~\bfristlos", "Der Vermieter hat fristlos gekündigt", "home"),
    Rule(
        r"\b(?:sitz|steh|land|flieg|setz)\w{0,3}\b~\bauf (?:der|die) straße",
        "Ab Montag stehen wir auf der Straße",
        "home",
        r"\bschlange\b|\bdraußen an\b",
    ),
    Rule(r"\bverlier\w{0,3}~\bwohnung\b|\bwohnung~\bverlier", "Dann verliere ich die Wohnung", "home"),
    Rule(
        r"\b(?:werde|bin|sind|droht|drohe|bald)\b~\bobdachlos(?:igkeit)?\b|\bobdachlos\b~\b(?:werde|bin|sind)\b",
        "Ich bin obdachlos",
        "home",
    ),
    Rule(r"\bschlaf\w{0,2}\b~\b(?:im auto|im freien|auf der straße|im park)\b", "Ich schlafe im Auto", "home"),
    Rule(
        rf"{_MEDICINE}[^?]{{0,160}}?\b(?:nicht (?:mehr )?(?:be)?(?:zahl\w{{0,3}}|leisten|kaufen|holen|"
        rf"abholen)\b|kein geld|"
        r"nur gegen bar|nicht mehr (?:heraus|raus))",
        "Mein Insulin kann ich nicht mehr bezahlen",
        "medicine",
    ),
    Rule(
        r"\bdialyse~~\b(?:gekündigt|abgesagt|gestrichen|zahlt)|\bohne (?:dialyse|insulin)",
        "Ohne Dialyse lebe ich nicht lange",
        "medicine",
    ),
    Rule(rf"{_NO_MONEY}~{_MEDICINE}", "Kein Geld für die Medikamente", "medicine"),
    Rule(
        rf"\bnicht (?:mehr )?(?:bezahl\w{{0,3}}|leisten|kaufen)~{_MEDICINE}",
        "Kann mir nicht leisten, die Medikamente",
        "medicine",
    ),
    Rule(
        r"\b(?:no|any|without) (?:money|cash)\b~\b(?:food|eat|rent|medicine|children|kids)|\bnothing (?:left )?to eat",
        "I have no money left for food",
        "English",
    ),
    Rule(r"\b(?:hungry|starving|evicted|eviction|homeless)\b", "My children are hungry", "English"),
    Rule(
        r"\b(?:electricity|power|heating)\b~\b(?:cut|off|disconnect\w{0,3})\b", "The electricity was cut off", "English"
    ),
    Rule(r"\bнет~(?:денег|средств|еды)|\bбез (?:денег|света|еды|отопления)", "У нас нет денег на еду", "Russian"),
    Rule(r"\bнечего~(?:есть|кушать)|\bне на что~(?:жить|есть|купить|кормить)", "Детям нечего есть", "Russian"),
    Rule(r"\bголод\w{1,6}|\bвыселя?\w{1,6}", "Мы голодаем", "Russian and Ukrainian"),
    Rule(r"\bотключ\w{1,5}~(?:свет|электр|газ)|\b(?:свет|электр\w{1,9}|газ)~отключ", "Нам отключили свет", "Russian"),
    Rule(r"\bнемає~(?:грошей|коштів|їжі)|\bбез (?:грошей|світла|їжі|опалення)", "Немає грошей на їжу", "Ukrainian"),
    Rule(r"\b(?:нема|ничого|нічого)~їсти|\bнема за що", "Нам нічого їсти", "Ukrainian"),
    Rule(
        r"\b(?:вимк|відключ)\w{1,6}~(?:світл|електр|газ)|\b(?:світло|газ)~(?:вимк|відключ)",
        "Вимкнули світло",
        "Ukrainian",
    ),
    Rule(r"\b(?:yemek|yiyecek|ekmek|gıda)\b~\b(?:para|yok)", "Yemek alacak paramız yok", "Turkish"),
    Rule(r"\bparam(?:ız)? (?:hiç )?(?:yok|kalmadı)|\baç(?:ız|ım| kal\w{1,8})\b", "Hiç param kalmadı", "Turkish"),
    Rule(r"\belektri\w{1,6}~\bkes\w{1,8}|\bsokakta kal\w{1,8}", "Elektriğimiz kesildi", "Turkish"),
)
