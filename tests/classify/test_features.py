import numpy as np
import pytest

from classify import features, terms
from tests.classify.tiny import text

WRITERS = ("Ada", "Ben", "Cem")

FOLDED = {
    "an umlaut": ("Kürzung", "kurzung"),
    "an umlaut written out": ("Kuerzung", "kurzung"),
    "a sharp s": ("Straße", "strasse"),
    "digits": ("2026", "0000"),
    "Cyrillic": ("Деньги", "деньги"),
}


@pytest.mark.parametrize(("written", "folded"), FOLDED.values(), ids=FOLDED.keys())
def test_words_are_counted_alike_however_they_are_written(written: str, folded: str) -> None:
    assert terms.fold(written) == folded


def test_the_grams_of_a_word_stay_inside_its_borders() -> None:
    assert list(terms.grams("ab")) == ["c ab", "cab ", "c ab "]
    assert list(terms.grams("§")) == ["c § "]


def test_each_number_leads_back_to_a_word_of_the_mail() -> None:
    texts = [text("Telefon tot", subject="Anruf"), text("Telefon lebt")]
    row = features.learn(texts, WRITERS[: len(texts)])[1][0]
    owners = {row.passage[row.words[i].start : row.words[i].end] for i in set(row.owners.tolist()) if i >= 0}
    assert owners == {"Telefon"}
    assert set(row.traces.tolist()) == set(row.ids.tolist())


def test_every_block_has_its_share_whatever_the_length_of_the_mail() -> None:
    texts = [text("Das Telefon bleibt stumm und tot " * often) for often in (1, 2, 50)]
    lexicon = features.learn(texts, WRITERS[: len(texts)])[0]
    for row in lexicon.rows(texts):
        chars = [w for i, w in zip(row.ids, row.weights, strict=True) if lexicon.names[i].startswith("c")]
        assert float(np.linalg.norm(chars)) == pytest.approx(features.BLOCKS[0].weight, abs=1e-5)


def test_a_text_of_unknown_words_is_known_to_be_unknown() -> None:
    texts = [text("Das Telefon bleibt stumm"), text("Das Telefon bleibt stumm")]
    lexicon = features.learn(texts, WRITERS[: len(texts)])[0]
    assert lexicon.rows([text("xxxxx yyyyy zzzzz")])[0].known == 0
    assert lexicon.rows([text("das Telefon xxxxx yyyyy")])[0].known == pytest.approx(0.5)
    assert lexicon.rows([text("")])[0].known == 0


def test_a_group_is_read_like_its_texts_one_by_one() -> None:
    texts = [text("Das Telefon bleibt stumm"), text("stumm bleibt das Amt"), text("")]
    lexicon = features.learn(texts, WRITERS[: len(texts)])[0]
    for together, alone in zip(lexicon.rows(texts), (lexicon.rows([t])[0] for t in texts), strict=True):
        assert together.ids.tolist() == alone.ids.tolist()
        assert together.weights.tolist() == alone.weights.tolist()


def test_a_word_of_the_subject_counts_less_in_a_short_mail_and_as_much_as_others_in_a_long_one() -> None:
    texts = [text(f"Telefon {'stumm ' * often}", subject="Bescheid") for often in (1, 1, 100)]
    lexicon, rows = features.learn(texts, WRITERS)
    places = [lexicon.names.index(f"w{word}") for word in ("bescheid", "telefon")]

    shares = [subject / body for row in rows for subject, body in [[row.weights[row.ids == at][0] for at in places]]]

    assert shares == pytest.approx([features.LEAST_SHARE, features.LEAST_SHARE, 1.0])
