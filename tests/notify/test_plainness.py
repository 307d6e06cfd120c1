"""Hints on a letter to a citizen (GA 3.6): what is unclear, why, how to say it; few false alarms before many finds."""

import string

import pytest

from notify.officialese import ABBREVIATIONS, DOUBLE_NEGATION, OFFICIALESE
from notify.plainness import QUOTED, SHOWN, Hint, Kind, check
from notify.wording import double_negation, officialese

PLAIN = """\
Jobcenter Musterstadt
Frau Karla Brinkmann
18000 Musterstadt

Ihr Zeichen: BG 03002//0012345

Sehr geehrte Frau Brinkmann,

vielen Dank für Ihren Brief vom 11. Dezember 2026. Sie mussten am Dienstag zwei Stunden warten, obwohl
Sie einen Termin hatten. Das tut uns leid.

An diesem Tag waren drei Personen krank. Deshalb dauerte alles länger. Das hätten wir Ihnen sagen müssen.

So geht es weiter:
1. Ab dem 4. Januar 2027 sagen wir Ihnen sofort, wenn ein Termin später beginnt.
2. Ihr neuer Termin ist am Mittwoch, 16. Dezember 2026. Bitte bringen Sie Ihren Ausweis mit, z. B. den Pass usw.

Das Gesetz sagt: Wir zahlen die Miete, wenn sie angemessen ist (§ 22 des Gesetzes).

Haben Sie Fragen? Rufen Sie Frau Meier an: 0381 555-0142.

Mit freundlichen Grüßen
Thomas Brandt
"""


def letter(said: str) -> str:
    """A letter that is plain but for what is put in."""
    return (
        f"Guten Tag,\n\nbitte kommen Sie am 16. Dezember 2026 zu uns.\n\n{said}\n\n"
        "Freundliche Grüße\nSabine Meier\nTelefon: 0381 555-0142"
    )


def hints(text: str, kind: Kind) -> tuple[Hint, ...]:
    return tuple(hint for hint in check(text).hints if hint.kind is kind)


class TestAPlainLetter:
    def test_gets_no_hint(self) -> None:
        found = check(PLAIN)

        assert found.hints == ()
        assert found.figures.within
        assert found.plain

    def test_with_one_hint_is_not_plain(self) -> None:
        assert not check(letter("Wir haben das zur Kenntnis genommen.")).plain

    @pytest.mark.parametrize("text", ["", "\n \n", "…", "\x00\u202e", "12345"])
    def test_a_text_that_says_nothing_lacks_everything(self, text: str) -> None:
        kinds = [hint.kind for hint in check(text).hints]

        assert kinds == [Kind.CONTACT, Kind.TELEPHONE, Kind.NEXT_STEP, Kind.DATE]


class TestLongSentences:
    TWENTY = "Wir " + "und wir " * 9 + "gehen."

    def test_twenty_words_are_fine_and_one_more_is_not(self) -> None:
        assert hints(letter(self.TWENTY), Kind.LONG) == ()
        (hint,) = hints(letter("Ja, " + self.TWENTY[0].lower() + self.TWENTY[1:]), Kind.LONG)
        assert hint.why == "Der Satz hat 21 Wörter. Gut sind höchstens 20."

    def test_a_very_long_sentence_is_shown_shortened(self) -> None:
        (hint,) = hints(letter("Wir " + "und wir " * 100 + "gehen."), Kind.LONG)

        assert len(hint.sentence) <= QUOTED + 2
        assert hint.sentence.endswith(" …")

    def test_the_longest_comes_first(self) -> None:
        found = hints(letter("Wir " + "und ihr " * 11 + "gehen. Sie " + "und wir " * 20 + "gehen."), Kind.LONG)

        assert [hint.sentence[:3] for hint in found] == ["Sie", "Wir"]

    def test_a_high_mean_is_told_where_no_sentence_is_too_long(self) -> None:
        said = "Wir haben Ihren Brief heute noch einmal gelesen und mit Frau Meier und dem ganzen Team gesprochen. "
        (hint,) = hints(letter(said * 4), Kind.FIGURES)

        assert "im Durchschnitt" in hint.why

    def test_long_words_are_named_where_sentences_are_short(self) -> None:
        (hint,) = hints(letter("Leistungsvoraussetzungen bleiben unverändert nachweispflichtig. " * 6), Kind.FIGURES)

        assert "„Leistungsvoraussetzungen“" in hint.why


NOT_PLAIN = (
    ("Wir schreiben bezugnehmend auf Ihren Brief.", "bezugnehmend auf"),
    ("Hinsichtlich der Miete ist alles klar.", "Hinsichtlich"),
    ("Seitens der Stelle gibt es Fragen.", "Seitens"),
    ("Es wird Ihnen anheimgestellt, zu klagen.", "anheimgestellt"),
    ("Wir stellen das in Abrede.", "in Abrede"),
    ("Das nehmen wir zur Kenntnis.", "zur Kenntnis"),
    ("Das ist Ihre Obliegenheit.", "Obliegenheit"),
    ("Er schrieb dergestalt, dass es alle lasen.", "dergestalt"),
    ("Mithin haben Sie kein Recht darauf.", "Mithin"),
    ("Unser obiges Schreiben gilt.", "obiges"),
    ("Das gilt in Bezug auf die Miete.", "in Bezug auf"),
    ("Kommen Sie zwecks Klärung.", "zwecks"),
    ("Wir rechnen unter Zugrundelegung Ihrer Angaben.", "unter Zugrundelegung"),
    ("Die Durchführung der Prüfung erfolgt später.", "erfolgt"),
    ("Sie können das Geld verauslagen.", "verauslagen"),
    ("Sie haben fernmündlich gefragt.", "fernmündlich"),
    ("Nach der Inaugenscheinnahme war alles gut.", "Inaugenscheinnahme"),
    ("Danke für die Zur-Verfügung-Stellung.", "Zur-Verfügung-Stellung"),
    ("Der Bescheid ist gegenstandslos.", "gegenstandslos"),
    ("Die vorbezeichnete Akte fehlt.", "vorbezeichnete"),
    ("Das ist ein Antrag i. S. d. Gesetzes.", "i. S. d."),
    ("Sie werden aufgefordert, uns zu schreiben.", "Sie werden aufgefordert"),
    ("Das haben Sie unverzüglich zu tun.", "unverzüglich"),
    ("Das Geld wurde in Abzug gebracht.", "in Abzug"),
)

AS_IT_SHOULD_BE = (
    "Das war erfolgreich, und es hatte Erfolg.",
    "Es gilt die geltende Fassung.",
    "Bitte schicken Sie den Zettel zum Ausdruck an uns.",
    "Wir nehmen Ihren Antrag an.",
    "Das Gesetz besagt nichts anderes.",
    "Sie haben den Vertrag unterschrieben.",
    "Das ist nicht verboten.",
    "Wir haben Ihre Unterlagen vorliegen.",
)


class TestOfficialese:
    @pytest.mark.parametrize(("sentence", "phrase"), NOT_PLAIN)
    def test_is_found_and_a_plainer_wording_offered(self, sentence: str, phrase: str) -> None:
        (hint,) = hints(letter(sentence), Kind.OFFICIALESE)

        assert hint.sentence == sentence
        assert f"„{phrase}“" in hint.why
        assert hint.instead

    @pytest.mark.parametrize("sentence", AS_IT_SHOULD_BE)
    def test_usual_words_are_left_alone(self, sentence: str) -> None:
        assert officialese(sentence) == ()
        assert double_negation(sentence) == ()

    def test_two_phrases_of_a_sentence_are_one_hint(self) -> None:
        (hint,) = hints(letter("Hinsichtlich der Miete kommt seitens der Stelle Geld."), Kind.OFFICIALESE)

        assert hint.why == "Das klingt nach Amtsdeutsch: „Hinsichtlich“, „seitens“."
        assert hint.instead == "statt „Hinsichtlich“: „zu“, „bei“ oder „wegen“; statt „seitens“: „von“"

    def test_the_same_phrase_is_told_of_once(self) -> None:
        assert len(hints(letter("Das erfolgt heute. Das erfolgt morgen."), Kind.OFFICIALESE)) == 1

    def test_the_table_holds_seventy_phrases_or_more_each_with_a_better_wording(self) -> None:
        assert len(OFFICIALESE) >= 70
        assert all(phrase.instead and phrase.pattern == phrase.pattern.lower() for phrase in OFFICIALESE)

    @pytest.mark.parametrize("phrase", [*OFFICIALESE, *DOUBLE_NEGATION])
    def test_no_wording_offered_is_officialese_itself(self, phrase: tuple[str, str]) -> None:
        assert officialese(phrase[1]) == ()

    def test_double_negation_is_turned_round(self) -> None:
        (hint,) = hints(letter("Ein Fehler ist nicht ausgeschlossen."), Kind.DOUBLE_NEGATION)

        assert hint.instead == "„möglich“"

    def test_two_passives_in_a_sentence_hide_who_acts(self) -> None:
        assert hints(letter("Der Brief wurde geprüft und der Bescheid wurde geändert."), Kind.PASSIVE)

    @pytest.mark.parametrize(
        "sentence",
        ["Der Bescheid wurde geändert.", "Wir werden Ihren Antrag prüfen, und es wird besser.", "Das wird schon gut."],
    )
    def test_one_passive_or_the_future_does_not(self, sentence: str) -> None:
        assert hints(letter(sentence), Kind.PASSIVE) == ()


class TestAbbreviations:
    @pytest.mark.parametrize("known", ABBREVIATIONS)
    def test_an_unexplained_one_is_told_with_its_words(self, known: tuple[str, str, str]) -> None:
        short, full, _ = known
        (hint,) = hints(letter(f"Das macht der {short} für Sie."), Kind.ABBREVIATION)

        assert f"„{short}“" in hint.why
        assert full in hint.instead

    @pytest.mark.parametrize(
        "explained",
        [
            "Ihre Bedarfsgemeinschaft (BG) bekommt Geld.",
            "Die BG (Bedarfsgemeinschaft) bekommt Geld.",
            "Die Nummer Ihrer Bedarfsgemeinschaft (BG-Nummer) hilft uns.",
            "BG heißt Bedarfsgemeinschaft.",
        ],
    )
    def test_once_explained_anywhere_is_enough(self, explained: str) -> None:
        assert hints(letter(f"Die BG ist neu. {explained}"), Kind.ABBREVIATION) == ()

    def test_a_book_of_the_law_is_explained_once(self) -> None:
        said = "Das steht im Zweiten Buch Sozialgesetzbuch (SGB II). Im SGB II steht, dass Sie Geld bekommen."

        assert hints(letter(said), Kind.ABBREVIATION) == ()

    @pytest.mark.parametrize(
        "sentence",
        [
            "Wir zahlen z. B. die Miete, die Heizung usw. aus Nr. 5 bzw. Abs. 3.",
            "Die Datei hat 5 MB.",
            "Das schrieb die Muster AG.",
            "Bitte füllen Sie die Anlage VM aus.",
            "Ihre Nummer ist BG 03002//0012345 und KRM-2026-0042.",
            "Sie sagte das aber nur (vgl. Seite 3).",
            "WAS TUN AU UND AG?",
        ],
    )
    def test_common_ones_numbers_and_names_are_left_alone(self, sentence: str) -> None:
        assert hints(letter(sentence), Kind.ABBREVIATION) == ()

    def test_a_citation_is_no_explanation(self) -> None:
        assert hints(letter("Das Geld ist zu viel (vgl. § 5 SGB II)."), Kind.ABBREVIATION)


class TestPrograms:
    @pytest.mark.parametrize("program", ["ALLEGRO", "VerBIS", "STEP", "eAkte", "E-Akte"])
    def test_a_program_of_the_house_is_never_named(self, program: str) -> None:
        hint = check(letter(f"Das steht in {program}.")).hints[0]

        assert hint.kind is Kind.INTERNAL
        assert program in hint.why

    def test_nor_below_the_closing(self) -> None:
        assert hints(letter("Danke.") + "\nVermerk: VerBIS", Kind.INTERNAL)

    def test_usual_words_are_no_programs(self) -> None:
        assert hints(letter("Das ist der nächste Step. Ihre Akte liegt hier."), Kind.INTERNAL) == ()


class TestParagraphs:
    @pytest.mark.parametrize(
        "said",
        [
            "Rechtsgrundlage ist § 22 Abs. 1 Satz 1 SGB II i. V. m. § 37 SGB II.",
            "Ihr Antrag wird gemäß § 9 Abs. 1 SGB II abgelehnt.",
        ],
    )
    def test_one_without_a_reason_is_told(self, said: str) -> None:
        (hint,) = hints(letter(f"Wir haben alles gelesen. {said} Danke."), Kind.PARAGRAPH)

        assert hint.sentence == said

    @pytest.mark.parametrize(
        "said",
        [
            "Wir lehnen ab, weil Ihr Einkommen reicht (§ 9 SGB II).",
            "Ihr Einkommen reicht. Deshalb lehnen wir ab. Rechtsgrundlage ist § 9 SGB II.",
            "Nach § 44 SGB X können wir einen Bescheid noch einmal prüfen.",
            "In § 22 SGB II steht: Wir zahlen Ihre Miete.",
        ],
    )
    def test_one_with_a_reason_beside_it_is_fine(self, said: str) -> None:
        assert hints(letter(said), Kind.PARAGRAPH) == ()


FILLING = "Das Team ist groß. " * 14


class TestWhatHelps:
    def test_a_letter_without_date_and_next_step_is_told_so(self) -> None:
        text = "Guten Tag,\n\nIhr Brief ist gut.\n\nFreundliche Grüße\nSabine Meier\nTelefon 0381 555-0142"

        assert [hint.kind for hint in check(text).hints] == [Kind.NEXT_STEP, Kind.DATE]

    def test_late_is_told_with_the_sentence(self) -> None:
        text = (
            f"Guten Tag,\n\n{FILLING}Bitte kommen Sie am 4. Januar.\n\nFreundliche Grüße\nEva Au\nTelefon 0381 5550142"
        )
        found = check(text).hints

        assert [hint.kind for hint in found] == [Kind.NEXT_STEP, Kind.DATE]
        assert {hint.sentence for hint in found} == {"Bitte kommen Sie am 4. Januar."}

    def test_asking_for_pardon_is_no_next_step(self) -> None:
        text = "Guten Tag,\n\nbitte entschuldigen Sie den Fehler.\n\nFreundliche Grüße\nSabine Meier"

        assert hints(text, Kind.NEXT_STEP)

    @pytest.mark.parametrize(
        "said",
        [
            "Ansprechpartner/in: Sabine Meier",
            "Ihre Ansprechpartnerin ist Frau Meier.",
            "Haben Sie Fragen? Rufen Sie Frau Meier an.",
            "Sabine Meier hilft gern, Telefon 0381 555-0142.",
            "Das war alles.\n\nMit freundlichen Grüßen\nSabine Meier",
            "Das war alles.\n\nMit freundlichen Grüßen\nIm Auftrag\n\nMeier",
            "Das war alles.\n\nMit freundlichen Grüßen\ni. A. S. Meier\nTeamleitung",
            "Das war alles.\n\nFreundliche Grüße\nAyşe von Łukasz-Öztürk",
        ],
    )
    def test_a_name_is_found_where_letters_put_it(self, said: str) -> None:
        assert hints(f"Guten Tag,\n\n{said}", Kind.CONTACT) == ()

    @pytest.mark.parametrize(
        "said",
        [
            "Die Bearbeitung Ihres Antrags dauert.",
            "Sie haben mit Herrn Brandt gesprochen.",
            "Das war alles.\n\nMit freundlichen Grüßen\nJobcenter Musterstadt\nTeamleitung Leistung\nBeispielstraße 1",
            "Unser Jobcenter Musterstadt hilft, Telefon 0381 555-0142.",
        ],
    )
    def test_what_is_no_name_of_a_contact_is_not_taken_for_one(self, said: str) -> None:
        assert hints(f"Sehr geehrte Frau Brinkmann,\n\n{said}", Kind.CONTACT)

    @pytest.mark.parametrize(
        "said", ["Telefon: 0381 555-0142", "Tel. (0381) 555 01 42", "+49 381 5550142", "0381/5550142"]
    )
    def test_a_telephone_number_is_found(self, said: str) -> None:
        assert hints(f"Guten Tag,\n\n{said}", Kind.TELEPHONE) == ()

    @pytest.mark.parametrize(
        "said",
        ["18000 Musterstadt", "BG 03002//0012345", "am 01.02.2026", "Telefonseelsorge: 0800 111 0 111", "Notruf 112"],
    )
    def test_other_numbers_are_none(self, said: str) -> None:
        assert hints(f"Guten Tag,\n\n{said}", Kind.TELEPHONE)


class TestWhatIsShown:
    FULL_OF_THEM = "Das steht in VerBIS. " + " ".join(
        f"Das macht die {a.short} hinsichtlich der Miete {'und der Sache ' * 8}mit Geld." for a in ABBREVIATIONS[:9]
    )

    def test_eight_at_most_and_the_others_are_counted(self) -> None:
        found = check(letter(self.FULL_OF_THEM))

        assert len(found.hints) == SHOWN == 8
        assert found.left_off == 12

    def test_no_kind_crowds_out_another(self) -> None:
        kinds = [hint.kind for hint in check(letter(self.FULL_OF_THEM)).hints]

        assert kinds[:4] == [Kind.INTERNAL, Kind.ABBREVIATION, Kind.LONG, Kind.OFFICIALESE]

    def test_every_hint_says_why_in_a_whole_sentence(self) -> None:
        assert all(
            hint.why[0] in string.ascii_uppercase + "„" and hint.why[-1] in ".?"
            for hint in check(letter(self.FULL_OF_THEM)).hints
        )

    @pytest.mark.parametrize(
        "text",
        [
            "a" * 100_000,
            "." * 100_000,
            "z. B. " * 10_000,
            "Anna " * 10_000,
            "BG (" * 10_000,
            "wird " * 10_000,
            "\ud800 İ" * 99,
        ],
        ids=["word", "points", "short forms", "names", "brackets", "passives", "odd signs"],
    )
    def test_a_hostile_text_is_read_to_the_end(self, text: str) -> None:
        assert check(f"Guten Tag,\n\n{text}\n\nMit freundlichen Grüßen\n{text}").figures is not None
