"""A request for one's own data or file: no reaction, `Kein KRM: Auskunft` (Art. 15, 17 DSGVO; §§ 25, 83, 84 SGB X).

Whoever has already seen the file, or gives reasons "nach Akteneinsicht", asks for nothing.
"""

from classify.rules import Rule

_WANTS = (
    r"\b(?:bitte\w?|erbitte\w?|beantrag\w{1,3}|möchten?|will|wollen|verlange|fordere|ersuche|wünsche|"
    r"begehre|bräuchte|brauche|benötige|wüsste|"
    r"wüßte|hätte|könnte|kann|darf|würde|geben sie|senden sie|schicken sie|gewähren sie|teilen sie)\b"
)
_FILE = r"(?:\w{0,14}akte\w?|aktenstück\w?|vorgang|verwaltungsvorg\w{1,5}|beratungsvermerke|gesprächsnotizen|vermerke)"
_HAD = (
    r"\b(?:habe?|hatte|bekam|erhielt|erhalten|genommen|nahm|gewährt|verweigert|nach|bei der|über eine|"
    r"durch|trotz|zeigte|ergab)\b"
)

RULES = (
    Rule(
        r"\b(?:art(?:ikel|\.)?|nach) ?15\b[^.!?]{0,15}?\b(?:ds[\s-]?gvo|datenschutz\w{0,20}|gdpr)|"
        r"\bds[\s-]?gvo[\s-](?:auskunft|anfrage)\w{0,9}",
        "Auskunft nach Art. 15 DSGVO",
        "the clause (Art. 15 DSGVO)",
        r"\bhinweis",
    ),
    Rule(
        r"\bart(?:ikel|\.)? ?(?:16|17|18|20)\b[^.!?]{0,15}?\bds[\s-]?gvo|§{1,2} ?(?:83|84|25)a? sgb (?:x|10)\b",
        "Löschung nach Art. 17 DSGVO",
        "the clause (Art. 17 DSGVO; §§ 25, 83, 84 SGB X)",
    ),
    Rule(
        r"\b(?:daten|selbst)auskunft\b|\bauskunft\b[^.!?]{0,30}?\b(?:meine|alle|sämtliche|die|zu mir|"
        r"über mich)\b[^.!?]{0,25}?"
        r"\b(?:daten|gespeichert\w{0,2})\b",
        "Ich bitte um Auskunft über meine Daten",
        "asks for the data",
        r"\b(?:schufa|aus gründen|datenschutz|hinweis)\b|\bohne\b",
    ),
    Rule(
        r"\bwelche (?:\w{1,16} ){0,3}?(?:daten|angaben|informationen)\b[^.!?]{0,50}?\b(?:gespeichert|"
        r"speicher\w{1,3}|über mich|von mir|zu mir|"
        r"über uns|meiner person|verarbeite\w{0,2}|vorliegen|weitergegeben)\b",
        "Welche Daten haben Sie über mich gespeichert?",
        "asks what is stored",
        r"\b(?:brauchen|benötigen) sie\b",
    ),
    Rule(
        r"\bwas\b[^.!?]{0,30}?\b(?:über mich|von mir|zu mir|meiner person|"
        r"über uns)\b[^.!?]{0,30}?\b(?:gespeichert|akten?|speicher\w{1,3}|notiert|"
        r"im computer|im system)\b",
        "Was haben Sie alles über mich gespeichert?",
        "asks what is stored",
        r"\b(?:verlogen|gelogen|erfunden|gelesen)\b",
    ),
    Rule(
        rf"{_WANTS}[^.!?]{{0,50}}?\bakteneinsicht\b(?! (?:genommen|erhalten|verweigert|bekommen|gehabt))",
        "Ich bitte um Akteneinsicht",
        "asks for the file",
        r"\b(?:folgt|nach|habe ich|hatte)\b[^.!?]{0,25}akteneinsicht|\b(?:seit|wiederholt|verweigert|wo bleibt)\b",
    ),
    Rule(
        r"\bakteneinsicht\b[^.!?]{0,30}?\b(?:beantragt|erbeten|gebeten|wünsche|möchte|bitte|ersuche|nehmen|"
        r"zu gewähren|gewähren sie|wird gefordert|beantrage\w?)\b",
        "Akteneinsicht wird beantragt",
        "asks for the file",
        r"\b(?:verweigert|hatte|habe|laufenden|seit|genommen)\b",
    ),
    Rule(
        rf"{_WANTS}[^.!?]{{0,40}}?\beinsicht in (?:mein\w{{0,2}}|die|unser\w{{0,2}}|sein\w{{0,2}}|ihr\w{{0,2}}|"
        rf"den|alle) (?:\w{{1,14}} )?{_FILE}\b",
        "Ich möchte Einsicht in meine Akte",
        "asks for the file",
        rf"{_HAD}[^.!?]{{0,20}}einsicht",
    ),
    Rule(
        r"\b(?:mein\w{0,2}|unser\w{0,2}|die ganze|"
        rf"die komplette) (?:\w{{1,14}} ){{0,2}}?{_FILE} (?:\w{{1,10}} ){{0,2}}?(?:einsehen|einzusehen|ansehen|"
        r"anschauen|sehen|durchsehen|lesen|kopieren)\b",
        "Ich will meine Akte einsehen",
        "asks for the file",
        r"\b(?:hat|haben|jeder|alle|konnten?|ihr\w{0,2}|sie) (?:\w{1,12} )?(?:mein|unser)|\b(?:er|herr|frau|"
        r"nachbar\w{0,2}|kolleg\w{1,2}|wer|jeder|fremde|nicht)\b",
    ),
    Rule(
        r"\b(?:kopien?|abschrift\w{0,2}|ausdruck|übersendung|herausgabe|auszug|scan) (?:von |"
        r"aus )?(?:mein\w{0,2}|aller|der|sämtlicher) (?:\w{1,16} ){0,2}?"
        r"(?:\w{0,14}akte|gespeicherten (?:\w{1,14} )?daten|personenbezogenen daten|beratungsvermerke|"
        r"gesprächsvermerke|verwaltungsvorg\w{1,5})\b",
        "Ich hätte gern eine Kopie meiner Leistungsakte",
        "asks for the file",
        rf"{_HAD}",
    ),
    Rule(
        r"\b(?:löschen|lösche|löscht|entfernen) (?:sie )?(?:\w{1,12} ){0,3}?(?:mein\w{0,2}|alle|"
        r"sämtliche) (?:\w{1,18} ){0,2}?(?:daten|kontaktdaten|"
        r"telefonnummer|bewerberdaten|e-mail-adresse)\b|\blöschung (?:\w{1,10} )?(?:meiner|aller|sämtlicher|"
        r"der) (?:\w{1,18} ){0,2}?daten\b",
        "Bitte löschen Sie alle meine Daten",
        "asks for deletion",
        r"\bversehentlich|\birrtümlich|\bnicht\b",
    ),
    Rule(
        r"\b(?:wissen|erfahren|mitteilen|sagen)\b[^.!?]{0,30}?\bwas\b[^.!?]{0,20}?\bin (?:meiner|"
        r"unserer) akte (?:alles )?(?:steht|drinsteht|vermerkt)|"
        r"\b(?:recht|anspruch) auf (?:auskunft|akteneinsicht)\b|\b(?:zugriff auf|nennen sie mir|"
        r"liste)\b[^.!?]{0,15}?\b(?:meine|alle|meiner|aller) (?:\w{1,16} )?daten\b|"
        r"\b(?:alle|sämtliche) (?:daten|vermerke|notizen|angaben) (?:die sie )?(?:über mich|zu mir|von mir|"
        r"zu meiner person)\b",
        "Ich möchte wissen, was in meiner Akte steht",
        "asks what is stored",
        r"\b(?:falsch|gelogen|kein\w{0,2})\b",
    ),
    Rule(
        rf"{_WANTS}[^.!?]{{0,30}}?\beinblick in (?:mein\w{{0,2}}|die|unser\w{{0,2}}|"
        r"alle) (?:\w{1,14} )?(?:akte\w?|unterlagen|daten|vorgang)",
        "Geben Sie mir bitte Einblick in meine Akte",
        "asks for the file",
        r"\b(?:hatte|nicht|hat)\b",
    ),
    Rule(
        r"\bauskunftsrecht\w{0,2}\b|\bdatenkopie\b|\bbetroffenenrecht\w{0,2}\b|\b(?:um|möchte|will|kann|"
        r"darf)\b[^.!?]{0,20}?\bin (?:meine|unsere) (?:\w{1,12} )?akte (?:zu )?(?:schauen|sehen|gucken|"
        r"blicken|reinzuschauen)\b|"
        r"\b(?:beantrage?|bitte um|begehre|verlange|erbitte)\b[^.!?]{0,20}?\beinsichtnahme\b",
        "Ich mache von meinem Auskunftsrecht Gebrauch",
        "asks for the file",
        r"\b(?:hatte|verweigert|nicht)\b",
    ),
    Rule(
        r"\bwelche (?:\w{1,20} ){0,3}?(?:daten|angaben|informationen)\b[^.!?]{0,25}?\b(?:sie|ihr|"
        r"das jobcenter) (?:\w{1,8} )?(?:von|über|zu) (?:mir|mich|uns|meiner person)\b",
        "welche personenbezogenen Daten Sie von mir gespeichert haben",
        "asks what is stored",
        r"\b(?:brauchen|benötigen) sie\b",
    ),
    Rule(
        r"\b(?:subject access request|gdpr)\b|\b(?:access to|copy of|see) (?:all )?my (?:personal )?(?:data|"
        r"file|records?)\b|"
        r"\b(?:what|which) (?:personal )?(?:data|information)\b[^.!?]{0,25}?\b(?:about me|on me|stored)\b",
        "Please send me a copy of my file",
        "English",
        r"\bcan see\b",
    ),
    Rule(
        r"\bкакие (?:\w{1,15} ){0,2}?(?:данные|сведения)\b[^.!?]{0,40}?(?:обо мне|о нас|храни|хранятся)|"
        r"\b(?:ознакомиться|ознакомится) с (?:\w{1,12} )?(?:дел|акт)|"
        r"\b(?:прошу|хочу|нужна)\b[^.!?]{0,20}?\bкопи[юи] (?:моего|своего|всего) (?:личного )?(?:дела|досье)|"
        r"\bудалит\w{1,2} (?:все )?мои (?:\w{1,15} )?данные",
        "Какие данные обо мне у вас хранятся?",
        "Russian",
    ),
    Rule(
        r"\bякі (?:\w{1,15} ){0,2}?(?:дані|відомості)\b[^.!?]{0,40}?(?:про мене|про нас|зберіга)|"
        r"\bознайомит\w{1,3} (?:з|зі) (?:\w{1,12} )?(?:справ|акт)|"
        r"\b(?:прошу|хочу|потрібна)\b[^.!?]{0,20}?\bкопію (?:моєї|своєї|всієї) (?:особової )?справи|"
        r"\bвидал\w{2,5} (?:всі )?мої (?:\w{1,15} )?дані",
        "Які дані про мене ви зберігаєте?",
        "Ukrainian",
    ),
    Rule(
        r"\bhakk[ıi]mda (?:\w{1,12} ){0,3}?(?:hangi )?(?:veri|bilgi)\w{0,6}|"
        r"\bdosyam\w{0,4} (?:\w{1,8} )?(?:g[öo]rmek|incelemek|kopyas[ıi]n[ıi])|"
        r"\bverilerim\w{0,4} (?:\w{1,8} )?sil\w{1,8}",
        "Hakkımda hangi bilgileri kaydettiniz?",
        "Turkish",
        r"\b(?:payla[şs]\w{1,10})\b",
    ),
)
