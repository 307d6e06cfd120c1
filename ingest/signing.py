"""Data: how people greet, thank and take leave, and what programs and houses add; one row a form with an example."""

import re

from ingest.quotes import Sign, any_of

_UPPER = "A-ZÀ-ÖØ-ÞŁŚŻŹĆŃÓĘĄİŞĞÇА-ЯІЇЄҐ"
# Whole words that are instructions (conversation.md of the office's rules); none of them is a name.
INSTRUCTION_WORDS = (
    *("ok", "okay", "o.k.", "passt", "ja", "stimmt", "bestätigt", "nein", "kein krm", "freigabe", "erledigt"),
    *("gesehen", "status", "hilfe", "zurück", "übernommen", "antwort"),
)
_WORD = "(?i:" + "|".join(re.escape(word) for word in INSTRUCTION_WORDS) + ")"
_NAME = rf"(?!{_WORD}(?!\w))[{_UPPER}][\w.'’-]{{0,30}}"
_JOINT = (
    r"(?:und|von|der|zu|van|de|aus|alle|zusammen|liebe[rs]?|allerseits|miteinander|dr\.|prof\.|ihr|euer"
    r"|i\. ?A\.|i\. ?V\.)"
)
NAMES = rf"(?:[ ](?:{_NAME}|{_JOINT})){{0,6}}"
_PERSON = rf"[ ](?:(?:Frau|Herrn?|Kolleg\w{{1,5}}|Team|KRM\S{{0,12}}|Damen|alle)\b{NAMES}|{_NAME}(?: {_NAME})?(?=,))"

GREETINGS = (
    Sign("people", "de", rf"(?i:hallo|hallöchen|hey|moin(?: moin)?|servus|tach){NAMES}", "Hallo Herr Meier"),
    Sign("people", "de", rf"(?i:gut(?:en)? (?:morgen|tag|abend|mittag)|grüß gott){NAMES}", "Guten Morgen zusammen"),
    Sign("people", "de", rf"(?i:sehr geehrte[rs]?){NAMES}", "Sehr geehrte Damen und Herren"),
    Sign("people", "de", rf"(?i:liebe[rs]?){_PERSON}", "Liebe Kolleginnen und Kollegen"),
    Sign("people", "en", rf"(?i:hi|hello|dear|good (?:morning|afternoon)){NAMES}", "Hello Petra"),
    Sign("people", "fr", rf"(?i:bonjour|bonsoir|salut){NAMES}", "Bonjour Madame Meier"),
    Sign(
        "people",
        "nl",
        rf"(?i:geachte|dag|goedemorgen|goedemiddag){NAMES}|(?i:beste){_PERSON}",
        "Geachte mevrouw".title(),
    ),
    Sign("people", "it", rf"(?i:buongiorno|buonasera|ciao|salve|gentile){NAMES}", "Buongiorno Signora Meier"),
    Sign("people", "pl", rf"(?i:dzień dobry|witam|szanown[ai]\w{{0,3}}){NAMES}", "Dzień dobry"),
    Sign(
        "people", "ru", rf"(?i:здравствуйте|добрый (?:день|вечер)|доброе утро|уважаем\w{{2,3}}){NAMES}", "Добрый день"
    ),
    Sign("people", "uk", rf"(?i:добрий день|доброго дня|вітаю|шановн\w{{1,3}}){NAMES}", "Добрий день"),
    Sign("people", "tr", rf"(?i:merhaba(?:lar)?|iyi günler|sayın|günaydın){NAMES}", "Merhaba"),
)

_FOR = (
    r"(?: für (?:die|das|den|ihre|deine|eure|ihren)(?: (?:schnelle|rasche|gute|tolle|schnellen|kurze))?"
    r" (?:info(?:rmation)?|e-?mail|nachricht|rückmeldung|hilfe|mühe|bearbeitung|unterstützung|hinweis|zusendung"
    r"|vorschlag|arbeit))"
)
THANKS = (
    Sign(
        "people",
        "de",
        rf"(?i:(?:(?:vielen|herzlichen|besten|lieben|schönen|tausend) )?dank(?:e(?: schön| sehr)?|eschön)?"
        rf"(?: ihnen| euch| dir| vielmals| nochmals| vorab| im voraus)?{_FOR}?)",
        "Vielen Dank für die schnelle Bearbeitung",
    ),
    Sign("people", "en", r"(?i:many thanks|thanks(?: a lot| very much)?|thank you(?: very much)?|thx)", "Thank you"),
    Sign("people", "fr", r"(?i:merci(?: beaucoup| bien| d['’]avance)?)", "Merci beaucoup"),
    Sign("people", "nl", r"(?i:dank (?:je|u)(?: wel)?|bedankt|alvast bedankt)", "Dank u wel"),
    Sign("people", "it", r"(?i:grazie(?: mille)?)", "Grazie mille"),
    Sign("people", "pl", r"(?i:dziękuję(?: bardzo)?|dzięki)", "Dziękuję bardzo"),
    Sign("people", "ru", r"(?i:(?:большое )?спасибо(?: большое)?)", "Спасибо"),
    Sign("people", "uk", r"(?i:(?:щиро )?дякую)", "Дякую"),
    Sign("people", "tr", r"(?i:(?:çok )?teşekkür(?:ler| ederim)|sağ ?olun)", "Teşekkürler"),
)

_GREETINGS_DE = r"gr(?:uß|uss|üße|üsse|uesse|üßen|üssen|uessen|uße)"
CLOSINGS = (
    Sign(
        "people",
        "de",
        r"(?i:(?:mit )?(?:(?:viele|beste|liebe|schöne|herzliche|freundliche|kollegiale|sonnige)[nmr]? )?"
        rf"{_GREETINGS_DE})",
        "Mit freundlichen Grüßen",
    ),
    Sign("people", "de", r"(?i:mfg|m\.f\.g\.|vg|lg|bg|glg|hochachtungsvoll|freundlichst)", "MfG"),
    Sign(
        "people",
        "de",
        r"(?i:(?:ich wünsche )?(?:ihnen |euch |dir )?(?:noch )?(?:einen |ein )?schöne[ns]"
        r" (?:tag|abend|feierabend|wochenende)(?: noch)?)",
        "Schönen Tag noch",
    ),
    Sign("people", "de", r"(?:i\. ?A\.|i\. ?V\.|(?i:im auftrag|in vertretung)|gez\.)", "i. A."),
    Sign(
        "people",
        "en",
        r"(?i:(?:(?:with )?(?:kind|best|warm) )?regards|best wishes|cheers|(?:yours )?(?:sincerely|faithfully))",
        "Kind regards",
    ),
    Sign(
        "people",
        "fr",
        r"(?i:(?:bien )?cordialement|salutations(?: distinguées)?|bien à vous|bonne journée)",
        "Cordialement",
    ),
    Sign(
        "people",
        "nl",
        r"(?i:(?:met )?(?:vriendelijke|hartelijke) groet(?:en)?|groet(?:en|jes)?|mvg)",
        "Met vriendelijke groet",
    ),
    Sign("people", "it", r"(?i:(?:cordiali|distinti) saluti|saluti|cordialmente)", "Cordiali saluti"),
    Sign("people", "pl", r"(?i:z poważaniem|pozdrawiam|(?:serdeczne )?pozdrowienia)", "Z poważaniem"),
    Sign("people", "ru", r"(?i:с уважением|всего доброго)", "С уважением"),
    Sign("people", "uk", r"(?i:з повагою|на все добре)", "З повагою"),
    Sign("people", "tr", r"(?i:saygılar(?:ımla|ımızla)?|iyi çalışmalar|selamlar)", "Saygılarımla"),
)

_DEVICE = (
    r"\b(?:iPhone|iPad|Handy|Smartphone|Mobiltelefon|Telefon|Tablet|Samsung|Galaxy|Huawei|Xiaomi|Android)\b.{0,40}"
)
_LINK = r"(?:[ <\[(]{0,3}https?://\S{1,200})?"
_WORDS = r"(?:Outlook|Yahoo|Proton|GMX|WEB\.DE|Telekom|freenet|K-9|FairEmail|Thunderbird)\b.{0,40}?"
_APP = rf"(?:{_WORDS}|Mail \w{{2,5}} Windows.{{0,5}}|(?:der|dem) .{{0,30}}?\b(?:App|Mailer)\b){_LINK}[>\])]{{0,2}}"

ADVERTS = (
    Sign(
        "Outlook, Gmail", "all", r"[\[<](?:cid:|image|Bild)[^\]>]{1,120}[\]>]", "[cid:image001.png@01DC5C00.12345678]"
    ),
    Sign("Apple Mail, Samsung", "de", rf"(?:Von|Gesendet von) mein(?:em|er) {_DEVICE}", "Von meinem iPhone gesendet"),
    Sign(
        "Outlook, Yahoo, Windows",
        "de",
        rf"(?:Gesendet|Abgesendet) (?:von|mit|über) {_APP}",
        "Gesendet von Outlook für Android",
    ),
    Sign(
        "Outlook",
        "de",
        rf"(?:Holen Sie sich )?Outlook für (?:iOS|Android|Mac){_LINK}[>\])]{{0,2}}(?: beziehen)?{_LINK}[>\])]{{0,2}}",
        "Outlook für iOS beziehen",
    ),
    Sign("Yahoo", "de", rf"Von Yahoo Mail .{{0,40}}gesendet{_LINK}", "Von Yahoo Mail auf Android gesendet"),
    Sign(
        "K-9, WEB.DE, GMX",
        "de",
        r"Diese Nachricht wurde von meinem Android.{0,60} gesendet\.?",
        "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    ),
    Sign("all", "en", rf"Sent (?:from|via|with) (?:my |the )?(?:{_DEVICE}|{_APP})", "Sent from my iPhone"),
    Sign("Outlook", "en", rf"Get Outlook for (?:iOS|Android|Mac){_LINK}[>\])]{{0,2}}", "Get Outlook for iOS"),
    Sign(
        "all",
        "fr",
        rf"Envoyé (?:de(?:puis)?|à partir de|avec) (?:mon |ma )?(?:{_DEVICE}|{_APP})",
        "Envoyé de mon iPhone",
    ),
    Sign(
        "all",
        "nl",
        rf"(?:Verstuurd|Verzonden) (?:vanaf|vanuit|met|via) (?:mijn |een )?(?:{_DEVICE}|{_APP})",
        "Verstuurd vanaf mijn iPhone",
    ),
    Sign("all", "it", rf"Inviat[oa] (?:da|dal|con)(?:l mio| mio)? ?(?:{_DEVICE}|{_APP})", "Inviato da iPhone"),
    Sign("all", "pl", rf"Wysłan[eo] z (?:mojego |programu |aplikacji )?(?:{_DEVICE}|{_APP})", "Wysłane z iPhone'a"),
    Sign("all", "ru", rf"Отправлено (?:с|из) (?:моего )?(?:{_DEVICE}|{_APP})", "Отправлено с iPhone"),
    Sign("all", "uk", rf"(?:Надіслано|Відправлено) (?:з|із) (?:мого )?(?:{_DEVICE}|{_APP})", "Надіслано з iPhone"),
    Sign(
        "all",
        "tr",
        r"(?:iPhone|iPad|Samsung|Android|Outlook).{0,40}(?:gönderildi|edinin)\.?",
        "iPhone'umdan gönderildi",
    ),
)

# The first words of paragraphs nobody wrote for this one mail; the pattern matches the beginning of the example.
DISCLAIMERS = (
    Sign(
        "house",
        "de",
        r"(?:Diese|Der Inhalt dieser) (?:E-?Mail|Nachricht)\b.{0,40} (?:enthält|kann|könnte|ist)\b.{0,60}"
        r"\b(?:vertraulich|rechtlich geschützt|ausschließlich für)",
        "Diese E-Mail enthält vertrauliche und/oder rechtlich geschützte Informationen.",
    ),
    Sign(
        "house",
        "de",
        r"(?:Wenn|Falls|Sollten) Sie nicht der (?:richtige|vorgesehene|beabsichtigte) (?:Adressat|Empfänger)",
        "Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte sofort den Absender.",
    ),
    Sign(
        "house",
        "de",
        r"Das unerlaubte Kopieren",
        "Das unerlaubte Kopieren sowie die unbefugte Weitergabe dieser Mail ist nicht gestattet.",
    ),
    Sign(
        "house",
        "de",
        r"(?:Hinweise? zum Datenschutz|Datenschutzhinweise?|Informationen zum Datenschutz)\b",
        "Datenschutzhinweis: Informationen finden Sie unter www.jobcenter.example/datenschutz",
    ),
    Sign(
        "house",
        "de",
        r"(?:Bitte )?(?:denken Sie an die Umwelt|schonen Sie die Umwelt|(?:über)?prüfen Sie,? ob diese (?:E-?)?Mail)",
        "Bitte prüfen Sie, ob diese Mail wirklich ausgedruckt werden muss.",
    ),
    Sign(
        "house",
        "en",
        r"(?:This|The contents? of this|The information (?:contained )?in this) (?:e-?mail|message)\b.{0,100}"
        r"\b(?:confidential|intended|privileged)",
        "This e-mail may contain confidential and/or privileged information.",
    ),
    Sign(
        "house",
        "en",
        r"If you (?:are not the intended recipient|have received this (?:e-?mail|message) in error)",
        "If you are not the intended recipient please notify the sender.",
    ),
    Sign(
        "house",
        "en",
        r"Please consider (?:the environment|your environmental)",
        "Please consider the environment before printing this e-mail.",
    ),
    Sign("house", "fr", r"Ce (?:message|courriel)\b.{0,100}\bconfidentiel", "Ce message est confidentiel."),
    Sign(
        "house",
        "nl",
        r"(?:Dit (?:e-mail)?bericht|Deze e-mail)\b.{0,100}\bvertrouwelijk",
        "Dit bericht is vertrouwelijk.",
    ),
    Sign(
        "house",
        "it",
        r"(?:Questo messaggio|Le informazioni contenute)\b.{0,100}\briservat",
        "Questo messaggio è riservato.",
    ),
    Sign("house", "pl", r"(?:Ta|Niniejsza) wiadomość\b.{0,100}\bpoufn", "Niniejsza wiadomość jest poufna."),
    Sign("antivirus", "de", r"(?:Virenfrei|Diese E-Mail wurde von .{2,40} auf Viren)", "Virenfrei. www.avast.com"),
    Sign("antivirus", "en", r"Virus-free\.", "Virus-free. www.avast.com"),
)

_END = r"[\s,.!:)-]{0,6}"
_AND = r"(?:[\s,.!]{0,3}(?:und|and|et|en|e|i|и|та|&|\+)?[\s,.!]{1,3})"
_THANKS = any_of(THANKS)
_LEAVE = rf"(?:(?:{_THANKS}{_AND})?{any_of(CLOSINGS)}(?:[ ,]{{0,2}}{NAMES}))"

GREETING = re.compile(rf"{any_of(GREETINGS)}\s{{0,3}}(?:[,!.:–-]{{1,3}}\s{{0,3}}|$|(?={_WORD}[.!]{{0,2}}$))")
THANKING = re.compile(rf"{_THANKS}{_END}")
LEAVING = re.compile(rf"{_LEAVE}{_END}")
THANKED_FIRST = re.compile(rf"{_THANKS}[\s,.!;:–-]{{1,4}}(?P<head>{_WORD}[.!]{{0,2}})")
_SHORT_FIELD = (
    r"(?:Art|Kategorie|Kundengruppe|Form|Team|Ansprechpartner|Frist|Termin|Folge|Rechtsbehelf|Vollmacht|Stufe"
    r"|Antwortweg|Bericht|Kein KRM|Zwischeninformation): ?[^:]{1,60}?[,.!;](?=\s)"
)
COURTEOUS_TAIL = re.compile(
    rf"(?P<head>{_WORD}|(?i:{_SHORT_FIELD}))[\s,.!;–-]{{1,4}}(?:(?P<leave>{_LEAVE})|{_THANKS}){_END}"
)
POSTSCRIPT = re.compile(r"(?:P\.? ?S\.?|Nachtrag)[ :.]")
CONTACT = re.compile(
    r"(?i:\b(?:tel|telefon|fax|telefax|mobil|handy|e-?mail|internet|web|phone|mobile|zimmer|raum|durchwahl|tél|тел)\b"
    r"\.? ?[:.+(0-9])"
    rf"|www\.|https?://|\b\d{{5}} [{_UPPER}]|\+\d\d[\d /()-]{{5,20}}|\b0\d{{2,5}} ?[/-] ?\d{{3}}"
)
# Whoever says "ich" wrote it now: a disclaimer never does.
PERSONAL = re.compile(r"\b(?i:ich|mir|mich|mein\w{0,2}|my|mon|mijn|mój|мой|мій)\b|\bI\b")
