"""A tiny corpus of its own: enough to see a model learn something, small enough to train in a second."""

from classify.coding import Text, Urgency
from classify.examples import Example
from classify.rules import Spoken, spoken

_ROWS = (
    (
        "beschwerde",
        "organisation.telefon",
        "",
        "",
        ("Seit Tagen versuche ich anzurufen, niemand nimmt ab. Nur Warteschleife am Telefon."),
    ),
    (
        "beschwerde",
        "organisation.telefon",
        "",
        "",
        ("Am Telefon hängt man eine Stunde in der Warteschleife und keiner nimmt ab, eine Zumutung."),
    ),
    (
        "beschwerde",
        "mitarbeiter.umgangsformen",
        "",
        "",
        ("Die Kollegin am Schalter war sehr unfreundlich und hat mich angeschrien. Dieser Ton ist respektlos."),
    ),
    (
        "beschwerde",
        "mitarbeiter.umgangsformen",
        "",
        "",
        ("Der Ton war unfreundlich, ich wurde respektlos behandelt und vor allen angeschrien."),
    ),
    (
        "beschwerde",
        "organisation.wartezeit",
        "",
        "",
        ("Trotz Termin musste ich zwei Stunden im Flur warten, das Warten ist unerträglich."),
    ),
    (
        "beschwerde",
        "grundsicherung.regelbedarf",
        "",
        "not",
        ("Mein Antrag auf Bürgergeld liegt seit acht Wochen. Ich habe kein Geld für Essen, der Kühlschrank ist leer."),
    ),
    (
        "beschwerde",
        "kommunal.unterkunft",
        "",
        "not",
        ("Die Miete wird nicht gezahlt, der Vermieter hat fristlos gekündigt, am Freitag ist die Räumung."),
    ),
    (
        "beschwerde",
        "grundsicherung.versagung",
        "",
        "gefahr",
        ("Leistung gekürzt, ich kann nicht mehr. Ich will nicht mehr leben, sagt das der Sachbearbeiterin."),
    ),
    (
        "dienstaufsichtsbeschwerde",
        "mitarbeiter.umgangsformen",
        "",
        "",
        ("Dienstaufsichtsbeschwerde gegen Herrn Wulf: er hat mich beleidigt, ich verlange dienstrechtliche Folgen."),
    ),
    (
        "dienstaufsichtsbeschwerde",
        "rechtsschutz.datenschutz",
        "",
        "",
        ("Frau Thom hat meine Daten weitergegeben. Ich verlange eine dienstrechtliche Prüfung dieser Person."),
    ),
    (
        "fachaufsichtsbeschwerde",
        "grundsicherung.einkommen",
        "",
        "",
        ("Mein Lohn wurde falsch angerechnet, der Freibetrag fehlt. Bitte rechnen Sie neu und korrigieren das."),
    ),
    (
        "fachaufsichtsbeschwerde",
        "kommunal.heizkosten",
        "",
        "",
        ("Die Heizkosten sind falsch berechnet, das muss geprüft und korrigiert werden."),
    ),
    (
        "lob",
        "mitarbeiter.engagement",
        "",
        "",
        ("Herzlichen Dank an Frau Sommer, sie hat sich großartig eingesetzt. Ich bin begeistert!"),
    ),
    (
        "lob",
        "arbeitsvermittlung.beratung",
        "",
        "",
        ("Ein großes Lob, die Beratung war hervorragend, ich bin sehr zufrieden. Weiter so!"),
    ),
    ("idee", "organisation.empfang", "", "", "Ein Vorschlag: eine Kinderecke mit Büchern im Wartebereich wäre schön."),
    (
        "idee",
        "organisation.sonstiges",
        "",
        "",
        ("Mein Vorschlag: bieten Sie die Formulare auch als Muster im Portal an, wäre eine schöne Idee."),
    ),
    (
        "petition",
        "grundsicherung.regelbedarf",
        "",
        "",
        ("Petitionsausschuss des Deutschen Bundestages bittet um Stellungnahme zur Petition."),
    ),
    (
        "eingabe",
        "kommunal.unterkunft",
        "",
        "",
        ("Das Ministerium übersendet die Eingabe eines Bürgers mit der Bitte um Bericht."),
    ),
    (
        "folgereaktion",
        "organisation.telefon",
        "",
        "",
        ("Zu meiner Beschwerde vom 3. März habe ich keine Antwort bekommen, wie ist der Stand?"),
    ),
    (
        "folgereaktion",
        "organisation.wartezeit",
        "",
        "",
        ("Nachtrag zu meiner Beschwerde KRM-2026-0007: wie ist der Stand meiner Beschwerde?"),
    ),
    ("rechtsbehelf", "", "ja", "", "Hiermit lege ich Widerspruch gegen den Bescheid vom 4. Mai ein."),
    ("rechtsbehelf", "", "ja", "", "Ich stelle einen Überprüfungsantrag nach § 44 SGB X gegen den Bescheid."),
    ("anfrage", "", "", "", "Anbei sende ich Ihnen die Lohnabrechnung für März. Mit freundlichen Grüßen"),
    ("anfrage", "", "", "", "Welche Unterlagen brauchen Sie für den Weiterbewilligungsantrag? Ich schicke sie gern."),
    (
        "fremd",
        "",
        "",
        "",
        ("Newsletter: jetzt Angebote sichern, 20 Prozent Rabatt auf Büromöbel. Abmelden unter diesem Link."),
    ),
    ("fremd", "", "", "", "Unser Angebot: Büromöbel mit Rabatt, Newsletter abmelden jederzeit möglich."),
)


def examples() -> tuple[Example, ...]:
    return tuple(
        Example(
            id=f"tiny-{number:02}",
            writer=f"writer-{number}",
            lang="de",
            from_name="",
            subject="",
            body=body,
            type=kind,
            categories=(category,) if category else (),
            customer_group="an" if kind not in ("fremd", "petition") else "sonstige",
            remedy=remedy == "ja",
            urgency=Urgency(urgency),
        )
        for number, (kind, category, remedy, urgency, body) in enumerate(_ROWS)
    )


def text(body: str, subject: str = "", from_name: str = "") -> Text:
    return Text("t", subject, from_name, body)


def heard(body: str, subject: str = "") -> Spoken:
    """The same as rules hear it."""
    return spoken(text(body, subject))
