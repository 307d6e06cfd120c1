"""`krm classify`, `train`, `evaluate`, without a krm.toml, with a small model in the cache."""

import json
from pathlib import Path

import pytest

from classify.anlage3 import SHIPPED, shipped
from tests.classify import tiny
from tests.krm.calling import Krm
from tests.krm.conftest import written_corpus
from tests.krm.initialised import written

KEYS = [
    "id",
    "art",
    "art_scores",
    "kategorien",
    "vorschlag",
    "kundengruppe",
    "rechtsbehelf",
    "dringend",
    "belege",
]
PHONE = "Seit Tagen versuche ich anzurufen, niemand nimmt ab. Nur Warteschleife am Telefon."
ADVERTISING = "Newsletter: jetzt Angebote sichern, 20 Prozent Rabatt auf Büromöbel. Abmelden unter diesem Link."
REMEDY = "Hiermit lege ich Widerspruch gegen den Bescheid vom 4. Mai ein."


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "mails.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_a_suggestion_has_the_keys_of_the_contract_in_their_order(krm: Krm) -> None:
    rows = lines(krm.folder, {"id": "m1", "subject": "Telefon", "from_name": "Erika Müller", "body": PHONE})

    said = krm("classify", "--jsonl", rows, "--json")

    assert (said.code, said.err) == (0, "")
    found, form = said.object, shipped()
    assert list(found) == KEYS
    assert found["id"] == "m1"
    assert set(found["art_scores"]) == {t.id for t in form.types}
    assert found["art"] == max(found["art_scores"], key=found["art_scores"].__getitem__)
    assert sum(found["art_scores"].values()) == pytest.approx(1, abs=1e-4)
    assert {g.id for g in form.groups} >= {found["kundengruppe"]}
    assert list(found["rechtsbehelf"]) == ["ja", "p"]
    assert found["rechtsbehelf"]["ja"] is False
    assert found["dringend"] == ""
    assert found["belege"]
    assert all(isinstance(word, str) for word in found["belege"])


@pytest.mark.parametrize("body", [PHONE, ADVERTISING, REMEDY, ""])
def test_ten_categories_at_least_are_given_best_first_whatever_the_type(krm: Krm, body: str) -> None:
    found = krm("classify", "--jsonl", lines(krm.folder, {"body": body}), "--json").object

    chances = [c["p"] for c in found["kategorien"]]
    assert len(chances) >= 10
    assert chances == sorted(chances, reverse=True)
    assert all(0 <= p <= 1 for p in chances)
    assert {c["id"] for c in found["kategorien"]} <= {c.id for c in shipped().categories}


@pytest.mark.parametrize(
    ("body", "inside"),
    [
        pytest.param(PHONE, True, id="a complaint"),
        pytest.param("Herzlichen Dank an Frau Sommer, sie hat sich großartig eingesetzt.", True, id="praise"),
        pytest.param(ADVERTISING, False, id="advertising"),
        pytest.param(REMEDY, False, id="a legal remedy"),
        pytest.param("Anbei sende ich Ihnen die Lohnabrechnung für März.", False, id="papers"),
    ],
)
def test_one_to_three_categories_are_proposed_and_none_outside_krm(krm: Krm, body: str, inside: bool) -> None:
    found = krm("classify", "--jsonl", lines(krm.folder, {"body": body}), "--json").object

    assert shipped().type(found["art"]).krm is inside
    assert len(found["vorschlag"]) in ((1, 2, 3) if inside else (0,))
    assert set(found["vorschlag"]) <= {c["id"] for c in found["kategorien"]}


@pytest.mark.parametrize(
    "row",
    [
        pytest.param({}, id="no key at all"),
        pytest.param({"body": PHONE}, id="only a body"),
        pytest.param({"id": "x", "subject": "", "from_name": "", "body": ""}, id="everything empty"),
        pytest.param({"id": "x", "subject": None, "from_name": None, "body": None}, id="everything null"),
        pytest.param({"body": PHONE, "colour": "blue", "art": "lob"}, id="unknown keys"),
        pytest.param({"subject": 7, "from_name": True, "body": 1.5}, id="numbers for words"),
        pytest.param({"subject": ["a"], "from_name": {"b": 1}, "body": [PHONE]}, id="lists for words"),
        pytest.param({"body": "Wort " * 10_000}, id="ten thousand words"),
        pytest.param({"body": "x" * 200_000}, id="one endless word"),
        pytest.param({"body": "\ud800 \udcff \x00 \u202e"}, id="no characters at all"),
        pytest.param({"body": "😀 Привет 你好 مرحبا"}, id="other scripts"),
        pytest.param({"body": " \t\r\n"}, id="blanks"),
    ],
)
def test_whatever_a_line_holds_or_lacks_it_gets_a_suggestion(krm: Krm, row: object) -> None:
    said = krm("classify", "--jsonl", lines(krm.folder, row), "--json")

    assert said.code == 0
    assert list(said.object) == KEYS


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param({"id": "m-7"}, "m-7", id="a text"),
        pytest.param({"id": 7}, 7, id="a number"),
        pytest.param({"id": ""}, "", id="empty"),
        pytest.param({"id": [1, "ä"]}, [1, "ä"], id="a list"),
        pytest.param({"id": None}, "1", id="null: the line's number"),
        pytest.param({}, "1", id="none: the line's number"),
    ],
)
def test_an_id_comes_back_as_it_was_given(krm: Krm, row: object, expected: object) -> None:
    assert krm("classify", "--jsonl", lines(krm.folder, row), "--json").object["id"] == expected


def test_lines_may_come_from_standard_input_with_blank_ones_and_a_byte_order_mark(krm: Krm) -> None:
    given = "\ufeff" + json.dumps({"id": 1, "body": PHONE}) + "\r\n\n   \n" + json.dumps({"id": 2, "body": "Grüße"})

    said = krm("classify", "--jsonl", "-", "--json", given=given.encode())

    assert said.code == 0
    assert [o["id"] for o in said.objects] == [1, 2]


def test_no_line_gives_no_line(krm: Krm) -> None:
    said = krm("classify", "--jsonl", "-", "--json", given="")

    assert (said.code, said.out) == (0, "")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        pytest.param(b"{", "no JSON", id="cut off"),
        pytest.param(b"Guten Tag", "no JSON", id="no JSON"),
        pytest.param(b'["a"]', "no object", id="a list"),
        pytest.param(b"7", "no object", id="a number"),
        pytest.param(b'{"body": "Gr\xfc\xdfe"}', "not UTF-8", id="another encoding"),
        pytest.param(b'{"body": ' + b"9" * 5000 + b"}", "no JSON", id="a number of 5,000 digits"),
        pytest.param(b"[" * 100_000, "no JSON", id="100,000 brackets"),
    ],
)
def test_a_bad_line_is_named_by_its_number_and_never_quoted(krm: Krm, row: bytes, why: str) -> None:
    said = krm("classify", "--jsonl", "-", "--json", given=b'{"body": "gut"}\n' + row + b"\n")

    assert said.code == 1
    assert said.err.startswith(f"krm: -, line 2: {why}")
    assert len(said.err) < 100


def test_mails_and_lines_are_judged_in_order_and_a_mail_by_its_file(krm: Krm) -> None:
    path = krm.folder / "a.eml"
    path.write_bytes(f"Subject: Telefon\nContent-Type: text/plain; charset=utf-8\n\n{PHONE}".encode())

    said = krm("classify", path, "--jsonl", lines(krm.folder, {"id": "b", "body": ADVERTISING}), "--json")

    assert [(o["id"], o["art"]) for o in said.objects] == [(str(path), "beschwerde"), ("b", "fremd")]


def test_a_mail_that_cannot_be_read_costs_itself_and_the_exit_code(krm: Krm) -> None:
    (krm.folder / "bad.eml").write_bytes(b"X-Filler: y\r\n" * 50_000)
    (krm.folder / "good.eml").write_bytes(PHONE.encode())

    said = krm("classify", "bad.eml", "good.eml", "--json")

    assert said.code == 1
    assert said.object["id"] == "good.eml"
    assert "bad.eml: unreadable: " in said.err


def test_the_same_lines_give_the_same_bytes_alone_or_in_a_group(krm: Krm) -> None:
    rows = [{"id": e.id, "subject": e.subject, "body": e.body} for e in tiny.examples()] * 20
    whole = lines(krm.folder, *rows)

    first, second = (krm("classify", "--jsonl", whole, "--json").out for _ in range(2))

    assert first == second
    assert len(first.splitlines()) == len(rows) > 400
    for row, line in list(zip(rows, first.splitlines(), strict=True))[::101]:
        assert krm("classify", "--jsonl", "-", "--json", given=json.dumps(row)).out.strip() == line


def test_for_people_a_suggestion_says_too_whether_it_is_sure(krm: Krm) -> None:
    said = krm("classify", "--jsonl", lines(krm.folder, {"body": "Hallo"}))

    assert said.code == 0
    assert "sicher: no" in said.out.splitlines()


def test_with_settings_the_model_of_the_service_is_taken(krm: Krm) -> None:
    rows = lines(krm.folder, {"body": PHONE})
    without = krm("classify", "--jsonl", rows, "--json")
    path = written(krm.folder)

    assert krm("classify", "--jsonl", rows, "--json") == without
    assert krm("classify", "--jsonl", rows, "--json", "--config", path) == without


def test_settings_that_were_named_must_be_there_and_others_need_not(krm: Krm) -> None:
    rows = lines(krm.folder, {"body": PHONE})

    assert krm("classify", "--jsonl", rows, "--json").code == 0
    assert krm("classify", "--jsonl", rows, "--json", "--config", "missing.toml").code == 1


def test_training_keeps_the_model_in_the_cache_and_gives_its_figures(krm: Krm, corpus: Path, tmp_path: Path) -> None:
    said = krm("train", "--data", corpus, "--json", XDG_CACHE_HOME=str(tmp_path))

    assert said.code == 0
    path = Path(said.object["model"])
    assert path.is_file()
    assert path.is_relative_to(tmp_path)
    assert path.stat().st_mode & 0o077 == 0
    assert said.object["examples"] == len(tiny.examples())
    assert 0 < said.object["type_accuracy"] <= 1
    assert [t["label"] for t in said.object["types"]] == [t.id for t in shipped().types]
    assert said.err  # progress


def test_for_people_training_ends_with_the_card(krm: Krm, corpus: Path, tmp_path: Path) -> None:
    said = krm("train", "--data", corpus, XDG_CACHE_HOME=str(tmp_path))

    first, *card = said.out.splitlines()
    assert Path(first).is_file()
    assert any(row.startswith("Calibration") for row in card)


def test_types_with_too_few_examples_are_named(krm: Krm, corpus: Path, tmp_path: Path) -> None:
    said = krm("train", "--data", corpus, "--json", XDG_CACHE_HOME=str(tmp_path))

    assert said.code == 0
    told = said.err.splitlines()[-1]
    assert told.startswith("hardly known for want of examples (fewer than 5): lob (2), ")
    assert "beschwerde (8)" not in told


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param("", "0 Beispiele", id="empty"),
        pytest.param("{", "line 1: no JSON", id="no JSON"),
        pytest.param('{"id": "a"}\n', "line 1: missing", id="keys missing"),
    ],
)
def test_what_nothing_can_be_learned_from_is_a_fault_with_its_place(krm: Krm, content: str, why: str) -> None:
    (krm.folder / "data.jsonl").write_text(content)

    said = krm("train", "--data", "data.jsonl", "--json")

    assert (said.code, said.out) == (1, "")
    assert said.err.splitlines()[-1].startswith("krm: ")
    assert why in said.err


def test_a_form_that_is_none_is_a_fault(krm: Krm, corpus: Path) -> None:
    (krm.folder / "form.toml").write_text("[[art]]\n")

    said = krm("train", "--data", corpus, "--taxonomy", "form.toml")

    assert said.code == 1
    assert "form.toml" in said.err


def test_evaluation_gives_figures_between_nought_and_one(krm: Krm, corpus: Path) -> None:
    for data in (corpus, corpus.parent):  # a folder stands for its files
        said = krm("evaluate", "--data", data, "--json")

        assert said.code == 0
        found = said.object
        assert found["examples"] == len(tiny.examples())
        figures = [v for v in found.values() if isinstance(v, float)]
        assert len(figures) > 8
        assert all(0 <= v <= 1 for v in figures)


def test_evaluation_tells_an_interval_for_each_figure_and_the_groups(krm: Krm, corpus: Path) -> None:
    first, again = (krm("evaluate", "--data", corpus, "--json") for _ in range(2))

    assert first == again
    found = first.object
    for name, (low, high) in found["intervals"].items():
        outer, _, inner = name.partition(".")
        value = found[outer][inner] if inner else found[outer]
        assert 0 <= low <= high <= 1
        assert low <= value <= high or name == "calibration_error"
    for groups in (found["by_length"], found["by_language"]):
        assert sum(group["n"] for group in groups.values()) == found["examples"]


def test_for_people_every_figure_has_its_line_and_every_group(krm: Krm, corpus: Path) -> None:
    found = krm("evaluate", "--data", corpus, "--json").object

    said = krm("evaluate", "--data", corpus)

    assert said.code == 0
    rows = {row.split()[0]: row.split()[1:] for row in said.out.splitlines() if row}
    low, high = found["intervals"]["type_accuracy"]
    assert rows["type_accuracy"] == [f"{found['type_accuracy']:.3f}", f"{low:.3f}–{high:.3f}"]
    assert rows["danger.recall"][-1] == str(found["danger"]["yes"])
    assert rows["danger.false_alarms"][-1] == str(found["danger"]["no"])
    assert set(rows) > {*found["intervals"], *found["by_length"], *found["by_language"]}
    assert rows["150+"] == ["0", *"––––––––"]
    assert max(map(len, said.out.splitlines())) <= 80


def other_form(folder: Path) -> tuple[Path, Path]:
    """A contact form with a category of its own in the place of a shipped one, and mails labelled with it."""
    form = folder / "form.toml"
    form.write_text(SHIPPED.read_text("utf-8").replace('"organisation.telefon"', '"organisation.leitung"'), "utf-8")
    mails = written_corpus(folder / "labelled.jsonl", tiny.examples())
    mails.write_text(mails.read_text("utf-8").replace('"organisation.telefon"', '"organisation.leitung"'), "utf-8")
    return form, mails


def test_another_form_and_other_mails_make_another_model(krm: Krm, tmp_path: Path) -> None:
    form, mails = other_form(krm.folder)
    made = ("--taxonomy", form, "--train", mails)

    measured = krm("evaluate", "--data", mails, *made, "--json", XDG_CACHE_HOME=str(tmp_path))
    judged = krm("classify", "--jsonl", lines(tmp_path, {"body": PHONE}), *made, "--json", XDG_CACHE_HOME=str(tmp_path))

    assert (measured.code, judged.code) == (0, 0)
    assert measured.object["first_in_3"] > 0.8
    assert judged.object["vorschlag"][0] == "organisation.leitung"
    assert "training" in measured.err
    assert judged.err == ""  # the model lies in the cache
    assert len(list(tmp_path.rglob("model-*.krm"))) == 1


def test_the_form_that_was_named_says_what_is_recorded(krm: Krm, corpus: Path, tmp_path: Path) -> None:
    form = krm.folder / "form.toml"
    shipped_form = SHIPPED.read_text("utf-8").replace("\nkrm = false", "")
    form.write_text(shipped_form.replace("[[art]]\n", "[[art]]\nkrm = false\n"), "utf-8")
    made = ("--taxonomy", form, "--train", corpus, "--json")

    judged = krm("classify", "--jsonl", lines(tmp_path, {"body": PHONE}), *made, XDG_CACHE_HOME=str(tmp_path))
    measured = krm("evaluate", "--data", corpus, *made, XDG_CACHE_HOME=str(tmp_path))

    assert judged.object["vorschlag"] == []
    assert measured.object["any_in_proposed"] == 0
    assert measured.object["first_in_3"] > 0.8


def test_labels_are_those_of_the_form_that_was_named(krm: Krm, corpus: Path) -> None:
    form, mails = other_form(krm.folder)

    for words in (("--data", mails), ("--data", corpus, "--taxonomy", form)):
        said = krm("evaluate", *words)
        assert (said.code, said.out) == (1, "")
        assert "line 1: kategorien has no " in said.err


def test_mails_to_learn_from_may_lie_in_several_files(krm: Krm, tmp_path: Path) -> None:
    odd, even = (
        written_corpus(tmp_path / f"{n}.jsonl", tuple(e for i, e in enumerate(tiny.examples()) if i % 2 == n))
        for n in (0, 1)
    )

    said = krm("evaluate", "--data", odd, "--train", odd, "--train", even, XDG_CACHE_HOME=str(tmp_path))

    assert said.code == 0
    assert f"on {len(tiny.examples())} mails" in said.err


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("classify", "--jsonl", "labelled.jsonl", "--train", "empty"), id="classify"),
        pytest.param(("evaluate", "--data", "labelled.jsonl", "--train", "empty"), id="evaluate"),
        pytest.param(("train", "--data", "empty"), id="train"),
    ],
)
def test_a_folder_without_mails_to_learn_from_does_not_mean_the_shipped_ones(krm: Krm, words: tuple[str, ...]) -> None:
    written_corpus(krm.folder / "labelled.jsonl", tiny.examples())
    (krm.folder / "empty").mkdir()

    said = krm(*words)

    assert (said.code, said.out) == (1, "")
    assert said.err == "krm: there are no labelled mails in empty\n"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("classify", "--jsonl", "mails.jsonl"), id="classify"),
        pytest.param(("evaluate", "--data", "mails.jsonl"), id="evaluate"),
    ],
)
def test_a_form_that_is_none_is_a_fault_wherever_it_is_named(krm: Krm, words: tuple[str, ...]) -> None:
    lines(krm.folder, {"body": PHONE})
    (krm.folder / "form.toml").write_text("[[art]]\n")

    said = krm(*words, "--taxonomy", "form.toml")

    assert (said.code, said.out) == (1, "")
    assert "form.toml" in said.err


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"art": "ärger"}, "line 1: art has no 'ärger'", id="a type that is none"),
        pytest.param({"kategorien": ["a.b"]}, "line 1: kategorien has no 'a.b'", id="a category that is none"),
        pytest.param({"rechtsbehelf": "ja"}, "line 1: wrong kind of value in rechtsbehelf", id="a word for yes"),
        pytest.param({"dringend": "sehr"}, "line 1: dringend has no 'sehr'", id="an urgency that is none"),
    ],
)
def test_wrong_labels_are_a_fault_with_their_line(
    krm: Krm, tmp_path: Path, change: dict[str, object], why: str
) -> None:
    path = written_corpus(tmp_path / "wrong.jsonl", tiny.examples()[:1])
    path.write_text(json.dumps(json.loads(path.read_text()) | change), encoding="utf-8")

    said = krm("evaluate", "--data", path, "--json")

    assert (said.code, said.out) == (1, "")
    assert why in said.err


@pytest.mark.parametrize("content", [b"", b"\n\n"])
def test_no_labelled_mail_is_nothing_to_measure_with(krm: Krm, content: bytes) -> None:
    (krm.folder / "empty.jsonl").write_bytes(content)

    said = krm("evaluate", "--data", "empty.jsonl")

    assert said.code == 1
    assert "no labelled mails" in said.err


def test_a_bad_line_costs_itself_and_the_exit_code_and_no_other_line(krm: Krm) -> None:
    given = b'{"id": 1, "body": "gut"}\n{\n{"id": NaN}\n{"id": 4, "body": "auch gut"}\n'

    said = krm("classify", "--jsonl", "-", "--json", given=given)

    assert said.code == 1
    assert [o["id"] for o in said.objects] == [1, 4]
    assert "line 2: no JSON" in said.err
    assert "line 3: no JSON" in said.err


def test_where_nothing_can_be_trained_rules_alone_classify_and_say_so(
    krm: Krm, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "mails.jsonl"
    broken.write_text("[" * 200_000)
    monkeypatch.setattr("classify.examples.shipped", lambda: (broken,))
    rows = lines(krm.folder, {"body": "Hiermit lege ich Widerspruch gegen den Bescheid ein."})

    said = krm("classify", "--jsonl", rows, "--json", XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert said.code == 0
    assert said.object["rechtsbehelf"]["ja"]
    assert "rules alone judge" in said.err
    assert "mails.jsonl, line 1: no JSON" in said.err


def test_the_test_part_of_a_folder_is_never_learned_from(krm: Krm, tmp_path: Path) -> None:
    folder = tmp_path / "mails"
    folder.mkdir()
    mails = written_corpus(folder / "mails.jsonl", tiny.examples()[:20])
    exam = written_corpus(folder / "test-1.jsonl", tiny.examples()[20:])

    said = krm("train", "--data", folder, "--json", XDG_CACHE_HOME=str(tmp_path / "cache"))
    named = krm("train", "--data", mails, "--data", exam, "--json", XDG_CACHE_HOME=str(tmp_path / "cache"))

    assert said.object["examples"] == 20
    assert named.object["examples"] == len(tiny.examples())


def test_measuring_on_mails_that_were_learned_from_is_said(krm: Krm, tmp_path: Path) -> None:
    known = written_corpus(tmp_path / "known.jsonl", tiny.examples()[:20])
    other = written_corpus(tmp_path / "other.jsonl", tiny.examples()[20:])

    same = krm("evaluate", "--data", known, "--train", known, "--json", XDG_CACHE_HOME=str(tmp_path))
    fair = krm("evaluate", "--data", other, "--train", known, "--json", XDG_CACHE_HOME=str(tmp_path))

    assert "20 of these 20 mails were learned from" in same.err
    assert "learned from" not in fair.err
