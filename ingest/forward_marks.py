"""Data: what mail programs write around a mail they forward, a row a form as in quotes.py; forwarded.py decides."""

from ingest.quotes import Sign

# Lines only a forward has. What the program fills in (a name, a date) may be cut off by the end of the line.
_BY = r"(?: (?:von|from) \S.{0,200})?"
_DASHES = r" {0,2}-{2,80}"
FORWARDS = (
    Sign(
        "Thunderbird, Gmail, Evolution, KMail, Zimbra, eM Client, Yahoo, Horde",
        "de",
        rf"-{{2,80}} {{0,2}}Weitergeleitete (?:Nachricht|E-Mail|Mail){_BY}{_DASHES}",
        "-------- Weitergeleitete Nachricht --------",
    ),
    Sign(
        "Thunderbird, Gmail, Proton, Mutt",
        "en",
        rf"-{{2,80}} {{0,2}}Forwarded [Mm]essage{_BY}{_DASHES}",
        "---------- Forwarded message ---------",
    ),
    Sign(
        "Notes",
        "de",
        r"-{2,80} {0,2}Weitergeleitet von \S.{0,200}",
        "----- Weitergeleitet von Petra Meier/KRM/JC am 23.11.2026 10:12 -----",
    ),
    Sign(
        "Notes",
        "en",
        r"-{2,80} {0,2}Forwarded by \S.{0,200}",
        "----- Forwarded by Petra Meier/KRM/JC on 23/11/2026 10:12 -----",
    ),
    Sign(
        "Apple Mail, iOS",
        "de",
        r"Anfang der weitergeleiteten (?:Nachricht|E-Mail):",
        "Anfang der weitergeleiteten Nachricht:",
    ),
    Sign("Apple Mail, iOS", "en", r"Begin forwarded message:", "Begin forwarded message:"),
    Sign(
        "Thunderbird, Gmail",
        "fr",
        rf"-{{2,80}} ?Message (?:transféré|transmis){_DASHES}",
        "-------- Message transféré --------",
    ),
    Sign(
        "Apple Mail",
        "fr",
        r"Début du message (?:transféré|réexpédié) ?:",
        "Début du message transféré :",
    ),
    Sign("Thunderbird", "nl", rf"-{{2,80}} ?Doorgestuurd bericht{_DASHES}", "-------- Doorgestuurd bericht --------"),
    Sign("Apple Mail", "nl", r"Begin doorgestuurd bericht:", "Begin doorgestuurd bericht:"),
    Sign("Thunderbird", "it", rf"-{{2,80}} ?Messaggio [Ii]noltrato{_DASHES}", "-------- Messaggio Inoltrato --------"),
    Sign("Apple Mail", "it", r"Inizio messaggio inoltrato:", "Inizio messaggio inoltrato:"),
    Sign(
        "Thunderbird, Gmail",
        "pl",
        rf"-{{2,80}} ?(?:Treść przekazanej wiadomości|Przekazana wiadomość|Wiadomość przekazana){_DASHES}",
        "-------- Treść przekazanej wiadomości --------",
    ),
    Sign("Apple Mail", "pl", r"Początek przekazywanej wiadomości:", "Początek przekazywanej wiadomości:"),
    Sign(
        "Thunderbird, Gmail",
        "ru",
        rf"-{{2,80}} ?(?:Пересылаемое|Перенаправленное|Пересланное) сообщение{_DASHES}",
        "-------- Перенаправленное сообщение --------",
    ),
    Sign("Apple Mail", "ru", r"Начало переадресованного сообщения:", "Начало переадресованного сообщения:"),
    Sign(
        "Thunderbird, Gmail",
        "uk",
        rf"-{{2,80}} ?(?:Переслане|Перенаправлене) повідомлення{_DASHES}",
        "-------- Переслане повідомлення --------",
    ),
    Sign("Apple Mail", "uk", r"Початок листа, який пересилається:", "Початок листа, який пересилається:"),
    Sign(
        "Thunderbird, Gmail",
        "tr",
        rf"-{{2,80}} ?(?:İletilen|Yönlendirilmiş) (?:[iİ]leti|mesaj){_DASHES}",
        "-------- Yönlendirilmiş ileti --------",
    ),
    Sign("Apple Mail", "tr", r"İleti(?:len)? başlangıcı:", "İleti başlangıcı:"),
)

# What a program writes below a mail that it forwards.
FORWARD_ENDS = (
    Sign(
        "Mutt, Horde", "en", rf"-{{2,80}} ?End (?:of )?forwarded message{_DASHES}", "----- End forwarded message -----"
    ),
    Sign(
        "Horde",
        "de",
        rf"-{{2,80}} ?Ende der weitergeleiteten Nachricht{_DASHES}",
        "----- Ende der weitergeleiteten Nachricht -----",
    ),
)

# Words of a forwarded mail's head that say neither who, when, to whom nor about what; in lower case.
OTHER_LABELS = (
    *("cc", "bcc", "kopie", "kopie (cc)", "kopie (bcc)", "blindkopie", "blindkopie (bcc)"),
    *("antwort an", "antwortadresse", "reply-to", "reply to", "gesendet von", "sent by"),
    *("anlage", "anlagen", "anhang", "anhänge", "attachment", "attachments"),
    *("wichtigkeit", "importance", "priorität", "priority", "vertraulichkeit", "sensitivity"),
    *("organisation", "organization", "kategorien", "categories"),
)
