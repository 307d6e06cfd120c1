"""What of a mail the program could not read or left out, in words for the officer: a table of rows. Pure."""

from ingest.message import Message

IN_THE_MAILBOX = "Bitte lesen Sie sie im KRM-Postfach nach."
ENCRYPTED = f"Die Nachricht ist verschlüsselt. Das Programm kann sie nicht lesen. {IN_THE_MAILBOX}"
SIGNED = f"Die Nachricht steckt in einer Signatur (smime.p7m), die das Programm nicht öffnen kann. {IN_THE_MAILBOX}"
OUTLOOK = (
    "An der Nachricht hängt eine Datei von Outlook (winmail.dat), die das Programm nicht ganz lesen kann. "
    "Darin können weitere Anlagen sein. Bitte öffnen Sie die Nachricht im Postfach mit Outlook."
)
HIDDEN = "Die Nachricht enthält versteckten Text. Ihr Mailprogramm zeigt ihn nicht. Der Vorschlag beachtet ihn nicht."
CUT = f"Die Nachricht ist sehr lang. Hier fehlt der letzte Teil. {IN_THE_MAILBOX}"
FILES_ALONE = "Die Nachricht enthält keinen Text, nur Anlagen. Bitte öffnen Sie sie im KRM-Postfach."

HINTS = {
    "encrypted": ENCRYPTED,
    "opaque-signature": SIGNED,
    "tnef": OUTLOOK,
    "hidden-text": HIDDEN,
    "html-cut": CUT,
}
"""By the defect that the reading of the mail names."""


def unread(message: Message) -> tuple[str, ...]:
    """A hint for every part the officer sees nothing of."""
    found = tuple(hint for defect, hint in HINTS.items() if defect in message.defects)
    alone = "no-text" in message.defects and bool(message.attachments)
    return found or ((FILES_ALONE,) if alone else ())
