import json
from pathlib import Path

import pytest

from classify import anlage3, examples
from classify.coding import Urgency
from classify.examples import CorpusError

GOOD = {
    "id": "a-1",
    "writer": "a",
    "lang": "de",
    "from_name": "Eva",
    "subject": "Lob",
    "body": "Danke!",
    "art": "lob",
    "kategorien": ["mitarbeiter.engagement"],
    "kundengruppe": "an",
    "rechtsbehelf": False,
    "dringend": "not",
}


def _file(folder: Path, *lines: object, name: str = "mails.jsonl") -> Path:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_a_line_becomes_an_example_with_its_text(tmp_path: Path) -> None:
    (found,) = examples.read([_file(tmp_path, GOOD, "")], anlage3.shipped())
    assert (found.type, found.categories, found.urgency) == ("lob", ("mitarbeiter.engagement",), Urgency.NEED)
    assert (found.text.id, found.text.subject, found.text.from_name, found.text.body) == ("a-1", "Lob", "Eva", "Danke!")


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(examples.read([path], anlage3.shipped())) == 1


def test_keys_nobody_knows_are_fine(tmp_path: Path) -> None:
    assert len(examples.read([_file(tmp_path, GOOD | {"note": 1})], anlage3.shipped())) == 1


FAULTS: dict[str, tuple[object, str]] = {
    "no JSON": ("{", "no JSON"),
    "a list": ([1], "not a JSON object"),
    "a label missing": ({k: v for k, v in GOOD.items() if k not in ("art", "lang")}, "missing art"),
    "an unknown type": (GOOD | {"art": "ticket"}, "art has no 'ticket'"),
    "an unknown category": (GOOD | {"kategorien": ["x.y"]}, "kategorien has no 'x.y'"),
    "an unknown customer group": (GOOD | {"kundengruppe": "zz"}, "kundengruppe has no 'zz'"),
    "an unknown urgency": (GOOD | {"dringend": "sehr"}, "dringend has no 'sehr'"),
    "a number for a body": (GOOD | {"body": 5}, "wrong kind of value in body"),
    "a word for yes or no": (GOOD | {"rechtsbehelf": "ja"}, "wrong kind of value in rechtsbehelf"),
    "a word for the categories": (GOOD | {"kategorien": "lob"}, "wrong kind of value in kategorien"),
    "four categories": (
        GOOD | {"kategorien": ["mitarbeiter.engagement", "organisation.telefon", "organisation.empfang", "x.y"]},
        "kategorien has more than 3",
    ),
    "a category twice": (
        GOOD | {"kategorien": ["organisation.telefon"] * 2},
        "kategorien has more than 3, or one twice",
    ),
    "brackets without end": ("[" * 200_000, "no JSON that can be read"),
    "a number of 10,000 digits": ('{"id": ' + "9" * 10_000 + "}", "no JSON that can be read"),
    "an id used twice": (GOOD, "id 'a-1' is already used in"),
}


@pytest.mark.parametrize(("line", "fault"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_named_with_file_and_line(tmp_path: Path, line: object, fault: str) -> None:
    path = _file(tmp_path, GOOD, line)
    with pytest.raises(CorpusError) as raised:
        examples.read([path], anlage3.shipped())
    assert f"{path}, line 2: {fault}" in str(raised.value)


def test_a_fault_never_shows_the_mail(tmp_path: Path) -> None:
    path = _file(tmp_path, GOOD | {"body": "Frau Meyer, Tel. 0391", "art": "x"})
    with pytest.raises(CorpusError) as raised:
        examples.read([path], anlage3.shipped())
    assert "Meyer" not in str(raised.value)


def test_a_missing_file_and_a_foreign_encoding_are_faults_too(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="No such file"):
        examples.read([tmp_path / "away.jsonl"], anlage3.shipped())
    latin = tmp_path / "latin.jsonl"
    latin.write_bytes('{"id": "ü"}'.encode("latin-1"))
    with pytest.raises(CorpusError, match="not UTF-8"):
        examples.read([latin], anlage3.shipped())


def test_the_shipped_corpus_can_be_read() -> None:
    found = examples.read(examples.shipped(), anlage3.shipped())
    assert len(found) >= 200
    assert {e.type for e in found} == {t.id for t in anlage3.shipped().types}
