"""A table that is added later is not forgotten by deletion."""

from store import erasing
from store.columns import Personal, PersonalBytes, PersonalJson
from store.tables import letter_contents, letters, mail_contents, mails, metadata, reactions, sightings

HANGING = {
    "cases": set(erasing.PARTS),
    "mails": {mail_contents, reactions, sightings},
    "letters": {letter_contents},
}
"""What hangs on a Case, a mail, a letter, and goes with it."""


def test_everything_that_hangs_on_a_case_a_mail_or_a_letter_goes_with_it() -> None:
    for name, known in HANGING.items():
        pointing = {t for t in metadata.tables.values() for key in t.foreign_keys if key.column.table.name == name}

        assert pointing <= known, f"store/erasing.py does not know of them: {pointing - known}"


def test_nothing_about_people_stands_in_a_table_that_deletion_does_not_reach() -> None:
    kinds = (Personal, PersonalBytes, PersonalJson)
    personal = {t for t in metadata.tables.values() if any(isinstance(c.type, kinds) for c in t.c)}

    assert personal <= {metadata.tables["cases"], mails, letters, *(t for known in HANGING.values() for t in known)}
