"""Letters a newcomer can pick, and the one of the guided example: invented, each with something to look for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """`label` names it on the page; `look_for` says what the bot should make of it."""

    label: str
    look_for: str
    subject: str
    body: str


GUIDED = Example(
    "Beschwerde über fehlende Rückrufe",
    "Ein Fall für das Kundenreaktionsmanagement, mit zwei Kategorien.",
    "Niemand ruft zurück",
    """Guten Tag,

seit drei Wochen versuche ich, jemanden bei Ihnen zu erreichen. Das Telefon
ist immer besetzt. Zweimal wurde mir ein Rückruf versprochen, und nie hat
sich jemand gemeldet. Ich finde das unmöglich und beschwere mich hiermit.

Mit freundlichen Grüßen
Erika Muster""",
)

EXAMPLES = (
    Example(
        "Beschwerde",
        "Das Programm schlägt Art und Kategorien vor und nennt die Wörter, die dafür sprechen.",
        "Trotz Termin zwei Stunden gewartet",
        """Sehr geehrte Damen und Herren,

ich hatte am Montag um 9 Uhr einen Termin bei Ihnen. Trotzdem musste ich
über zwei Stunden warten. Die Schlange ging bis auf die Straße, und
niemand konnte mir sagen, wie lange es noch dauert. Diese langen
Wartezeiten sind mit kleinen Kindern eine Zumutung.

Bitte sagen Sie mir, was Sie daran ändern wollen.

Mit freundlichen Grüßen
Erika Muster""",
    ),
    Example(
        "Lob",
        "Auch Lob wird erfasst und bestätigt. Eine Antwort in der Sache ist nicht nötig.",
        "Danke!",
        """Guten Tag,

meine Arbeitsvermittlerin hat sich viel Zeit für mich genommen. Sie war
freundlich und geduldig und hat mir sehr gut zugehört. Dafür möchte ich
mich herzlich bedanken. Ein großes Lob!

Viele Grüße
Erika Muster""",
    ),
    Example(
        "Versteckter Widerspruch",
        "Klingt wie eine Beschwerde, aber gegen den Bescheid läuft eine Frist. Das Programm warnt davor.",
        "So geht das nicht",
        """Sehr geehrte Damen und Herren,

Ihre Mitarbeiterin am Telefon war sehr unhöflich zu mir. Und den Bescheid
vom 3. November nehme ich so nicht hin, da fehlen die Heizkosten. Ich bin
damit nicht einverstanden und will, dass das noch einmal geprüft wird.

Hochachtungsvoll
Erika Muster""",
    ),
)
