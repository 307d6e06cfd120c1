"""Danger in a mail, as rules: thoughts of suicide and threats against people.

Figures of speech ("da kriegt man die Krise", "das bringt mich noch ins Grab") are none.
"""

from classify.rules import Rule

_THEM = r"\b(?:sie|ihn|ihr|euch|dich|den|die|der|jemand\w{0,2}|einen|alle|frau \w{1,20}|herrn? \w{1,20})"
_WEAPON = (
    r"\b(?:messer|axt|beil|hammer|pistole|waffe|knarre|gewehr|kanister|benzin\w{0,9}|molotow\w{0,10}|"
    r"bombe|baseballschläger)\b"
)
_PEACEFUL = (
    r"\b(?:küche\w{0,7}|besteck|koch\w{1,9}|werkzeug\w{0,6}|lehrgang|rauchmeld\w{1,4}|baumarkt|baustelle|firma)\b"
)
_DEED = (
    r"(?:umbringen|abstechen|abknallen|totschlagen|erschlagen|erschießen|anzünden|abfackeln|zusammenschlagen|kaltmachen|"
    r"verprügeln|krankenhausreif|aufschlitzen)"
)
_RELATIVE = (
    r"\b(?:bruder\w{0,2}|vater\w{0,2}|mutter|mann\w{0,2}|sohn\w{0,2}|tochter|freund\w{0,4}|nachbar\w{0,2}|schwester)\b"
)
_PLACE = r"\b(?:bude|laden|jobcenter|amt|haus|hütte|büro|auto|gebäude)\b"

RULES = (
    Rule(
        r"\b(?:nicht mehr|nimmer|net mehr|nicht länger|nicht weiter) (?:weiter)?(?:leben|aufwachen) (?:will|"
        r"wollen|möchte|mag|kann)\b",
        "dass ich nicht mehr leben will",
        "suicide",
        r"\b(?:davon|wovon|so|hier)\b",
    ),
    Rule(
        r"\b(?:will|möchte|mag)\b~\b(?:nicht mehr|nimmer|nicht länger) (?:\w{1,10} )?(?:weiter)?(?:leben|"
        r"aufwachen|da sein|hier sein)\b",
        "Ich will einfach nicht mehr leben",
        "suicide",
    ),
    Rule(
        r"\b(?:ich )?bringe? (?:ich )?mich (?:\w{1,12} ){0,3}um\b",
        "Ich bringe mich um",
        "suicide",
        r"\b(?:das|es) bring",
    ),
    Rule(
        r"\bmich (?:\w{1,12} ){0,3}(?:umbringen|umzubringen|umbringe|aufhängen|aufhänge|erhängen|erhänge|erschießen)\b",
        "werde ich mich umbringen",
        "suicide",
    ),
    Rule(
        r"\bmir (?:\w{1,12} ){0,3}(?:das leben (?:zu )?nehmen|(?:et)?was an(?:zu)?tu[en]?n?|einen strick|"
        r"die pulsadern|die kugel)",
        "dass ich mir etwas antue",
        "suicide",
    ),
    Rule(
        r"\b(?:vor|unter) (?:den|einen|die|'?nen?) (?:nächsten )?(?:zug|bahn)\b", "dann geh ich vor den Zug", "suicide"
    ),
    Rule(r"\bauf die (?:gleise|schienen)\b|\bins wasser geh", "dann geh ich auf die Gleise", "suicide"),
    Rule(
        r"\b(?:brücke|gleise|bahnsteig|dach)\b~~\bnur noch ein schritt",
        "auf der Brücke, nur noch ein Schritt",
        "suicide",
    ),
    Rule(r"\bnicht mehr auf(?:wache|wachen|zuwachen)\b", "wenn ich einfach nicht mehr aufwache", "suicide"),
    Rule(r"\b(?:mein )?entschluss\b~\b(?:gefasst|steht)|\bzur last fallen\b", "Mein Entschluss ist gefasst", "suicide"),
    Rule(r"\b(?:hat|hab)\b~\b(?:alles|ganze) (?:\w{1,8} )?ein ende\b", "dann hat das alles ein Ende", "suicide"),
    Rule(r"\bschluss gemacht mit (?:allem|dem leben)", "hätte Schluss gemacht mit allem", "suicide"),
    Rule(r"\b(?:spring|stürz)\w{0,3}\b~\b(?:brücke|dach|zug|fenster|balkon)", "ich springe von der Brücke", "suicide"),
    Rule(
        r"\b(?:suizid\w{0,10}|selbstmord\w{0,10}|selbsttötung|abschiedsbrief|lebensmüde)\b",
        "Manchmal denke ich an Suizid",
        "suicide",
        rf"{_RELATIVE}~\b(?:suizid|selbstmord)|\b(?:prävention|politisch|wirtschaftlich)",
    ),
    Rule(
        r"\b(?:leben|allem|ganzen|mir) (?:\w{1,10} ){0,2}ein ende (?:zu )?(?:setz|mach|bereit)",
        "dem Ganzen ein Ende machen",
        "suicide",
    ),
    Rule(
        r"\bmach\w{0,2} (?:ich )?(?:endgültig )?schluss\b(?! mit)|\bschluss mach\w{0,3}\b(?! mit)",
        "dann mache ich Schluss",
        "suicide",
    ),
    Rule(
        r"\bohne mich\b~\bbesser|\bbesser\b~\b(?:ohne mich|wenn ich (?:tot|weg|nicht mehr))",
        "ohne mich seid ihr besser dran",
        "suicide",
    ),
    Rule(
        r"\b(?:will|möchte) (?:\w{1,10} ){0,3}(?:sterben|tot sein)\b|\b(?:sterben|tot sein) (?:will|möchte)\b",
        "Ich möchte nur noch sterben",
        "suicide",
    ),
    Rule(
        r"\bkein\w{0,2} (?:sinn|grund|kraft|lust) (?:mehr )?(?:zu leben|zum leben|im leben|weiter ?zu ?leben|am leben)",
        "keinen Sinn mehr im Leben",
        "suicide",
    ),
    Rule(
        r"\b(?:tabletten|schlaftabletten|pillen)\b~~\b(?:auf einmal|gezählt|gesammelt|vor mir|alle nehmen|"
        r"schluck\w{1,2})",
        "Meine Tabletten habe ich schon gezählt",
        "suicide",
    ),
    Rule(
        rf"\b(?:bring|mach)\w{{0,2}} (?:ich )?{_THEM} (?:\w{{1,12}} ){{0,3}}(?:um|kalt|fertig)\b",
        "Ich bring den um",
        "threat",
        r"\b(?:das|es) (?:bring|mach)",
    ),
    Rule(
        rf"{_THEM} (?:\w{{1,12}} ){{0,3}}{_DEED}",
        "Man sollte euch alle abknallen",
        "threat",
        r"\b(?:gedroht|werbung|prospekt)",
    ),
    Rule(
        rf"\b(?:stech|knall|schieß)\w{{0,2}} (?:ich )?{_THEM} (?:\w{{1,12}} ){{0,3}}(?:ab|nieder|tot)\b",
        "Den stech ich ab, ich stech den ab",
        "threat",
    ),
    Rule(
        rf"{_THEM} (?:stech|knall|schlag|hau)\w{{0,2}} (?:ich )(?:\w{{1,12}} ){{0,3}}(?:ab|nieder|tot|um)\b",
        "Den stech ich ab",
        "threat",
    ),
    Rule(
        rf"\b(?:schlag|hau)\w{{0,2}} (?:ich )?{_THEM} (?:\w{{1,12}} ){{0,4}}(?:tot|zusammen|nieder|fresse|"
        rf"schädel|zähne|gesicht|maul)\b",
        "ich hau ihm, ich hau den zusammen",
        "threat",
    ),
    Rule(
        r"\b(?:fresse|schädel|zähne|maul|gesicht)\b~\b(?:einschlag\w{0,2}|polier\w{0,2}|ausschlag\w{0,2}|hau\w{0,2})",
        "dem die Fresse polieren",
        "threat",
    ),
    Rule(
        rf"{_WEAPON}~\b(?:komm|mitbring|mit bring|vorbei|dabei|gekauft|liegt bereit)",
        "hab ein Messer dabei",
        "threat",
        _PEACEFUL,
    ),
    Rule(
        rf"\b(?:komm|bring|steh|nehm|hol)\w{{0,2}}\b~{_WEAPON}(?![^!?]{{0,40}}\b{_PEACEFUL})",
        "das nächste Mal komme ich mit der Axt",
        "threat",
        _PEACEFUL,
    ),
    Rule(r"\bamok\w{0,5}", "dann laufe ich Amok", "threat"),
    Rule(
        rf"{_PLACE}~\b(?:anzünd|abfackel|in die luft|in brand|niederbrenn|zünde ich)",
        "euer Amt in die Luft jagen",
        "threat",
    ),
    Rule(
        rf"\b(?:zünd|fackel|spreng|brenn|jag)\w{{0,2}} (?:ich )?~{_PLACE}~\b(?:an|ab|nieder|luft|weg)\b",
        "ich zünd euch die Bude an",
        "threat",
    ),
    Rule(
        rf"{_PLACE}~\bbrenn(?:t|en)\b|\bbrenn(?:t|en)\b~\b(?:eure?|ihre?) {_PLACE}",
        "bald brennt eure Bude",
        "threat",
        r"\b(?:licht|lampe)",
    ),
    Rule(
        r"\b(?:ich weiß|weiß ich) (?:\w{1,8} )?(?:wo|wann|welche\w?|auf welche\w?)\b~\b(?:wohn|feierabend|"
        r"auto|park|kita|schule)",
        "Ich weiß genau, wann Frau K. Feierabend hat",
        "threat",
    ),
    Rule(r"\bkeine leere (?:drohung|ankündigung)|\bwarm anziehen\b", "Das ist keine leere Drohung", "threat"),
    Rule(r"\bnichts mehr zu verlieren\b", "Ich habe nichts mehr zu verlieren", "threat"),
    Rule(
        r"\b(?:werde\w{0,2}|wird|wirst) (?:\w{1,12} ){0,4}(?:bluten|noch bereuen|bereuen|büßen|dran glauben)\b",
        "Das werden Sie noch bereuen",
        "threat",
    ),
    Rule(
        r"\b(?:passier|geschieh|gibt)\w{0,2}\b~\b(?:ein unglück|tote|verletzte|(?:et)?was (?:ganz )?schlimmes)\b",
        "dann passiert ein Unglück",
        "threat",
    ),
    Rule(r"\b(?:dann|sonst) knallt'?s?\b|\bes knallt\b", "Sonst knallt es", "threat"),
    Rule(r"\b(?:garantier|versprech)\w{0,2}\b~\bfür nichts", "dann garantiere ich für nichts mehr", "threat"),
    Rule(
        r"\b(?:parkplatz|feierabend|vor der tür|draußen|ausgang)\b~\b(?:abpassen|erwisch\w{0,2}|"
        r"auflauer\w{0,2}|abfang\w{0,2}|kennenlern\w{0,2})",
        "nach Feierabend erwische ich ihn",
        "threat",
    ),
    Rule(
        rf"\b(?:lauer|wart)\w{{0,2}}\b~\b(?:parkplatz|feierabend)\b~\bauf {_THEM}",
        "warte am Parkplatz auf den Kerl",
        "threat",
    ),
    Rule(r"\bvergesse? ich mich\b|\bnicht (?:mehr )?lebend\b|\bgewalt anwenden\b", "dann vergesse ich mich", "threat"),
    Rule(
        r"\b(?:kill|hurt|harm) (?:myself|him|her|them|you|someone|somebody)\b|\b(?:end|take) my (?:own )?life|"
        r"\bsuicid\w{1,3}",
        "I will kill myself",
        "English",
    ),
    Rule(
        r"\b(?:don'?t|do not|not) want to (?:live|be alive|wake up)|\bwant to die\b|\bbetter off dead",
        "I don't want to live any more",
        "English",
    ),
    Rule(
        r"\bне хоч(?:у|ется)~(?:жить|жити)|\bхочу (?:умереть|померти|вмерти)",
        "Я не хочу больше жить",
        "Russian and Ukrainian",
    ),
    Rule(
        r"\b(?:убью|зарежу|взорву|подожгу|уб'ю|вб'ю|заріжу|підпалю|підірву)\b",
        "Я вас убью",
        "Russian and Ukrainian",
    ),
    Rule(
        r"\b(?:самоуби|самогуб|суицид|суїцид)\w{0,8}|\b(?:покончу|покончить|покінчити|покінчу) [сз] (?:собой|"
        r"жизнью|собою|життям)",
        "покончить с собой",
        "Russian and Ukrainian",
    ),
    Rule(r"\byaşamak istemiyor\w{0,3}|\bölmek istiyor\w{0,3}|\bintihar\b", "Artık yaşamak istemiyorum", "Turkish"),
    Rule(
        r"\b(?:kendimi|sizi|onu|hepinizi|seni) (?:\w{1,12} ){0,2}(?:öldür|yak|vur|as)\w{2,10}",
        "Sizi öldüreceğim",
        "Turkish",
    ),
)
