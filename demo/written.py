"""What people of the played weeks write: citizens' mails and a team lead's answer letter. Invented."""

from demo.examples import EXAMPLES, Example
from demo.office import Account

BIRGIT = Account("Birgit Lorenz", "birgit.lorenz@mail.example", "Bürgerin")
HOLGER = Account("Holger Thiel", "holger.thiel@mail.example", "Bürger")

WAITED = Example(
    "Beschwerde",
    "Eine Beschwerde über lange Wartezeit.",
    "Beschwerde: trotz Termin zwei Stunden gewartet",
    """Sehr geehrte Damen und Herren,

hiermit beschwere ich mich. Ich hatte heute um 8 Uhr einen Termin und
musste trotzdem über zwei Stunden warten. Die Schlange ging bis auf die
Straße. Solche Wartezeiten sind mit kleinen Kindern eine Zumutung.

Mit freundlichen Grüßen
Erika Muster""",
)
PRAISED = next(e for e in EXAMPLES if e.label == "Lob")
OBJECTED = Example(
    "Versteckter Widerspruch",
    "Nennt sich Beschwerde, aber gegen den Bescheid läuft eine Frist.",
    "Ich muss mich beschweren",
    """Sehr geehrte Damen und Herren,

ich muss mich beschweren. In Ihrem Bescheid vom 1. September fehlen die
Heizkosten. Das nehme ich so nicht hin und bin damit nicht einverstanden.
Ich will, dass das noch einmal geprüft wird.

Hochachtungsvoll
Birgit Lorenz""",
)
THREATENED = Example(
    "Drohung",
    "Eine Drohung mitten in der Nacht.",
    "Jetzt reicht es",
    """Seit Wochen warte ich auf mein Geld und keiner geht ans Telefon.
Wenn das morgen nicht auf dem Konto ist, komme ich mit dem Messer
zu Ihnen ins Haus. Dann werden Sie schon sehen.

Holger Thiel""",
)
NAMED = Example(
    "Beschwerde über die Teamleitung",
    "Nennt die Teamleiterin beim Namen: Der Vorgang geht an ihr vorbei.",
    "Beschwerde über Frau Sommerfeld",
    """Sehr geehrte Damen und Herren,

hiermit beschwere ich mich über die Teamleiterin Frau Sommerfeld. Am
Telefon war sie sehr unfreundlich und hat einfach aufgelegt. So geht man
nicht mit einem Betrieb um, der Leute sucht.

Bäckerei Möwe, Jana Möwe""",
)
LETTER = """Antwort

Sehr geehrte Frau Muster,

bezugnehmend auf Ihre Beschwerde vom 21. September: Es tut uns leid, dass
Sie so lange warten mussten. An diesem Tag waren zwei Schalter nicht
besetzt. Ab November öffnen wir montags einen dritten Schalter.

Haben Sie Fragen? Rufen Sie mich gern an: 03999 555-601.

Freundliche Grüße
Olaf Brandt"""
