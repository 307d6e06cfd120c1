"""How hard a text is to read: syllables and sentences as a person counts them, formulas as worked out by hand."""

from dataclasses import replace

import pytest

from notify.readability import NOTHING, figures
from notify.sentences import read, split, words
from notify.syllables import syllables

COUNTED = {
    1: "Haus Brief Geld Post Tag Jahr uns Team Kreis Streit wir X II schien fuer Meer Knie Coach",
    2: "Antrag Bescheid Antwort Miete Fehler heute Steuer bauen neue E-Mail Schreiben Leistung Häuser Bayern Kosten "
    "Quote Prüfung Klient Online Service Idee dienen verdient muessen Reise Partei Freunde naiv Niveau Yoga zuerst",
    3: "Jobcenter Nation Region Theater Januar Ideen Beamte Bedingung beenden geehrte aktuell Linie Ferien Radio "
    "sozial Patient Million Serie beeilen Studie studieren Energie Bürgergeld Prämie Teamleitung Medien Parteien KRM "
    "KdU Michael Poesie Ereignis Museum speziell",
    4: "Familie Kategorie Überprüfung effizient religiös hygienisch beurteilen beinhalten Unterlagen BG-Nummer "
    "Widerspruchsfrist finanziell eingegangen beantragen Beerdigung Prinzipien materiell",
    5: "Kategorien Information Situation individuell Bedarfsgemeinschaft Telefonnummer Immobilie Ansprechpartner/in "
    "Ministerium Mietunterlagen unbürokratisch Kreditinstitut Erstattungsbescheid",
    6: "Kooperation Koordination Kundenreaktion Sozialgesetzbuch Arbeitsgelegenheit Annahmeerklärung Mitarbeiterinnen",
    8: "Weiterbewilligungsantrag",
    9: "Kundenreaktionsmanagement",
}


@pytest.mark.parametrize(("word", "count"), [(word, n) for n, all_ in COUNTED.items() for word in all_.split()])
def test_syllables_are_counted_as_they_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


class TestFormulas:
    def test_short_words_by_hand(self) -> None:
        """8 words, 2 sentences, 11 syllables, 5 of one syllable, none long."""
        found = figures([words("Das Haus ist groß."), words("Wir prüfen Ihren Antrag.")])

        assert (found.sentences, found.words, found.mean, found.longest) == (2, 8, 4.0, 4)
        assert found.lix == pytest.approx(4.0)
        assert found.vienna == pytest.approx(-2.24995)
        assert found.amstad == pytest.approx(95.5625)

    def test_long_words_by_hand(self) -> None:
        """7 words, 18 syllables; 5 of more than 6 letters, 4 of 3 or more syllables, 2 of one."""
        found = figures([words("Die Bedarfsgemeinschaft bekommt weiterhin Leistungen vom Jobcenter.")])

        assert found.lix == pytest.approx(78.428571)
        assert found.vienna == pytest.approx(19.682543)
        assert found.amstad == pytest.approx(22.571429)

    def test_without_sentences_there_are_no_figures_and_no_blame(self) -> None:
        assert figures([]) == NOTHING
        assert NOTHING.within

    @pytest.mark.parametrize(
        ("name", "good", "bad"),
        [
            ("mean", 14.0, 14.1),
            ("longest", 20, 21),
            ("lix", 48.0, 48.1),
            ("vienna", 10.0, 10.1),
            ("amstad", 45.0, 44.9),
        ],
    )
    def test_the_limits_are_those_of_the_rules(self, name: str, good: float, bad: float) -> None:
        at_ease = replace(NOTHING, sentences=1, amstad=60.0)

        assert replace(at_ease, **{name: good}).exceeded == ()  # type: ignore[arg-type]
        assert replace(at_ease, **{name: bad}).exceeded == (name,)  # type: ignore[arg-type]

    def test_numbers_dates_and_addresses_are_no_words(self) -> None:
        said = "Am 12.12.2026 um 9:30 Uhr, 200 €: https://jobcenter.example/weg oder post@jobcenter.example"

        assert words(said) == ("Am", "um", "Uhr", "oder")

    def test_a_hyphen_joins_a_word(self) -> None:
        assert words("Ihre BG-Nummer und die Ansprechpartner/innen") == (
            "Ihre",
            "BG-Nummer",
            "und",
            "die",
            "Ansprechpartner/innen",
        )


WHOLE = (
    "Wir zahlen z. B. Miete und Heizung.",
    "Das steht in § 44 Abs. 1 SGB X und in § 22 Abs. 1 Satz 1 Nr. 2 SGB II.",
    "Sie kommen am 12.12.2026 um 9 Uhr.",
    "Sie kommen am 12. Dezember 2026.",
    "Ihr Termin ist Mittwoch, 16. Dezember 2026.",
    "Das Urteil des 3. Senats gilt.",
    "Gehen Sie bitte in Raum Nr. 5 zu Frau Meier.",
    "Dr. Meier und Prof. Dr. Schulz helfen.",
    "Wir brauchen Ausweis, Mietvertrag usw. bis morgen.",
    "Das gilt d. h. für alle, ggf. auch für Kinder.",
    "Sie wohnen in der Beispielstr. 5 in Musterstadt.",
    "K. Brinkmann schrieb uns.",
    "Wir zahlen 1.250,50 Euro.",
)


class TestSentences:
    @pytest.mark.parametrize("sentence", WHOLE)
    def test_points_inside_do_not_end_a_sentence(self, sentence: str) -> None:
        assert list(split(sentence)) == [sentence]

    @pytest.mark.parametrize("sentence", WHOLE)
    def test_the_point_at_the_end_does(self, sentence: str) -> None:
        assert list(split(f"{sentence} Danach geht es weiter.")) == [sentence, "Danach geht es weiter."]

    @pytest.mark.parametrize(
        "text",
        [
            "Das regelt § 44 SGB X. Bitte lesen Sie ihn.",
            "Gehen Sie in Raum Nr. 5. Bitte klopfen Sie.",
            "Kommen Sie bis zum 16.12. Bitte klopfen Sie.",
            "Sie sagen: „Das ist falsch.“ Wir prüfen es.",
            "Haben Sie Fragen? Rufen Sie an!",
            "Wir helfen Ihnen in jeder Art. Bitte kommen Sie.",
            "Wir brauchen den Ausweis usw. Bitte kommen Sie.",
        ],
    )
    def test_two_sentences_are_two(self, text: str) -> None:
        assert len(list(split(text))) == 2


def said(text: str) -> list[str]:
    return [passage.text for passage in read(text).sentences]


class TestLetters:
    def test_address_greeting_heading_field_and_closing_are_no_sentences(self) -> None:
        letter = (
            "Jobcenter Musterstadt\nFrau Karla Brinkmann\nNebenweg 4\n\nIhre Beschwerde\n\n"
            "Sehr geehrte Frau Brinkmann,\n\nWie geht es weiter?\nWir prüfen Ihren Antrag.\n\n"
            "Ihre Vorgangsnummer: KRM-2026-0042\nWICHTIG\n\nMit freundlichen Grüßen\nThomas Brandt\nTeamleitung\n"
            "Dieses Schreiben gilt ohne Unterschrift."
        )

        assert said(letter) == ["Wir prüfen Ihren Antrag."]

    def test_a_greeting_in_the_line_of_the_first_sentence_is_taken_off(self) -> None:
        assert said("Guten Tag, vielen Dank für Ihren Brief.") == ["vielen Dank für Ihren Brief."]

    def test_a_wrapped_line_is_one_sentence(self) -> None:
        wrapped = (
            "Guten Tag,\n\nSie haben uns geschrieben, dass Sie am Dienstag zwei Stunden auf\n"
            "Herrn Brandt warten mussten und dass Ihnen am Empfang niemand am\n12. Dezember etwas gesagt hat."
        )

        assert len(said(wrapped)) == 1

    def test_a_short_line_that_goes_on_in_small_letters_does_too(self) -> None:
        assert said("Guten Tag,\n\nwir rufen Sie an\nund klären das.") == ["wir rufen Sie an und klären das."]

    def test_the_columns_of_a_table_are_apart(self) -> None:
        assert said("Guten Tag,\n\nMontag      Wir haben bis 16 Uhr auf.") == ["Wir haben bis 16 Uhr auf."]

    def test_items_of_a_list_are_apart_and_short_ones_are_no_sentences(self) -> None:
        letter = (
            "Guten Tag,\n\nBitte bringen Sie uns mit:\n- den Mietvertrag,\n- den Ausweis.\n\n"
            "1. Wir rechnen Ihr Geld neu aus.\n2. Wir rufen Sie im Januar an."
        )

        assert said(letter) == [
            "Bitte bringen Sie uns mit:",
            "Wir rechnen Ihr Geld neu aus.",
            "Wir rufen Sie im Januar an.",
        ]

    def test_a_long_text_without_a_full_stop_counts(self) -> None:
        assert said("Guten Tag,\n\nwir haben Ihren Antrag heute noch einmal ganz genau geprüft") != []

    def test_what_somebody_else_wrote_does_not_count(self) -> None:
        assert said("Guten Tag,\n\n> So kann man mit Menschen nicht umgehen.\n\nDas tut uns sehr leid.") == [
            "Das tut uns sehr leid."
        ]
