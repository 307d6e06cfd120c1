"""The tables. They name no schema (one schema per office is the database's business) and default no time."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from store.columns import Moment, Personal, PersonalBytes, PersonalJson

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(16)  # E-7K2F
CODE = String(80)  # ids of anlage3.toml, duties, roles, folders

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("checksum", String(64), nullable=False, unique=True),  # SHA-256 of the bytes, of the place if too big
    Column("size", Integer, nullable=False),
    Column("arrived", Moment, nullable=False),
    Column("taken_in", Moment, nullable=False),
    Column("message_id", Personal("mails.message_id")),
    Column("message_id_hash", String(20), index=True),
    Column("state", CODE, nullable=False, index=True),
    Column("reason", CODE, nullable=False),  # which rule decided, or what could not be read
    Column("sender_hash", String(20), index=True),
    Column("tries", Integer, nullable=False),
    Column("decided", Moment),
    Column("in_digest", Moment),
)

mail_contents = Table(  # apart from `mails`, whose rows change often: these never do; none for a mail over the limit
    "mail_contents",
    metadata,
    Column("mail", ForeignKey("mails.id"), primary_key=True, autoincrement=False),
    Column("content", PersonalBytes("mail_contents.content"), nullable=False),
)

sightings = Table(
    "sightings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("folder", CODE, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),  # unsigned 32 bits (RFC 3501 2.3.1.1)
    Column("uid", BigInteger, nullable=False),
    Column("mail", ForeignKey("mails.id"), nullable=False, index=True),
    Column("seen", Moment, nullable=False),
    Column("target", CODE),  # folder it is to be filed into, None until decided
    Column("filed", Moment),
    UniqueConstraint("folder", "uidvalidity", "uid"),
)

cases = Table(
    "cases",
    metadata,
    Column("id", ID, primary_key=True),
    Column("year", Integer),
    Column("sequence", Integer),
    Column("state", CODE, nullable=False, index=True),
    Column("arrived", Moment, nullable=False),
    Column("outside", Personal("cases.outside"), nullable=False),
    Column("joined_to", String(20), nullable=False),
    Column("remedy", Boolean),
    Column("authority", Boolean, nullable=False),
    Column("application", Personal("cases.application"), nullable=False),
    Column("answer_way", CODE, nullable=False),
    UniqueConstraint("year", "sequence"),
)

numbers = Table(
    "numbers",
    metadata,
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
)

reactions = Table(
    "reactions",
    metadata,
    Column("mail", ForeignKey("mails.id"), primary_key=True, autoincrement=False),  # a mail is one reaction at most
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("arrived", Moment, nullable=False),
    Column("kind", CODE, nullable=False),
    Column("source", CODE, nullable=False),
    Column("sender_name", Personal("reactions.sender_name"), nullable=False),
    Column("sender_address", Personal("reactions.sender_address"), nullable=False),
    Column("sender_hash", String(20), nullable=False, index=True),
    Column("text_hash", String(20), nullable=False, index=True),
    Column("subject", Personal("reactions.subject"), nullable=False),
    Column("text", Personal("reactions.text"), nullable=False),
    Column("new_text", Personal("reactions.new_text"), nullable=False),
    Column("attachments", PersonalJson("reactions.attachments"), nullable=False),
    Column("hints", PersonalJson("reactions.hints"), nullable=False),
    Column("suggestion", PersonalJson("reactions.suggestion")),
    Column("coding", PersonalJson("reactions.coding")),
    Column("confirmed_by", CODE, nullable=False),
    Column("confirmed_at", Moment),
    Column("acknowledged", Moment),
    Column("outside", Personal("reactions.outside"), nullable=False),
    Column("brought_name", Personal("reactions.brought_name"), nullable=False),
    Column("brought_address", Personal("reactions.brought_address"), nullable=False),
    Column("form", PersonalJson("reactions.form")),
)

concerns = Table(
    "concerns",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("category", CODE, nullable=False),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("unit", CODE, nullable=False),
    Column("person", CODE, nullable=False),
    Column("since", Moment, nullable=False),
    Column("part", Boolean, nullable=False),
)

clocks = Table(
    "clocks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("kind", CODE, nullable=False),
    Column("day", Date, nullable=False),
    Column("set_at", Moment, nullable=False),
)

stages = Table(
    "stages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("level", Integer, nullable=False),
    Column("since", Moment, nullable=False),
    Column("by", CODE, nullable=False),
    Column("reason", Personal("stages.reason"), nullable=False),
    Column("outcome", Personal("stages.outcome"), nullable=False),
    Column("ended", Moment),
)

marks = Table(
    "marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("said", CODE, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", CODE, nullable=False),
    Column("reaction", Integer, nullable=False),
    Column("mail", Integer, nullable=False),
    Column("day", Date),
    Column("about", CODE, nullable=False),
    Column("text", Personal("marks.text"), nullable=False),
    Column("of", Integer, nullable=False),
)

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("by", CODE, nullable=False),
    Column("text", Personal("notes.text"), nullable=False),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("subject", CODE, nullable=False),  # case id or "office", never null: it is part of the key
    Column("duty", CODE, nullable=False),
    Column("occurrence", CODE, nullable=False),
    Column("recipient", CODE, nullable=False),  # person id or "citizen"
    Column("state", CODE, nullable=False),
    Column("planned", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("told", PersonalJson("letters.told"), nullable=False),  # what cannot be read from the Case again
    Column("token", String(20), nullable=False, unique=True),
    Column("key_id", CODE, nullable=False),
    Column("expires", Date, nullable=False),
    Column("message_id", String(255), nullable=False, index=True),
    Column("address", Personal("letters.address"), nullable=False),
    Column("claimed", Moment),
    Column("transmitting", Moment),
    Column("settled", Moment),
    Column("tries", Integer, nullable=False),
    Column("reply_code", CODE, nullable=False),
    Column("filed", Moment),  # appended to the Sent folder
    Column("returned", Moment),  # sent, and came back as undeliverable
    UniqueConstraint("subject", "duty", "occurrence", "recipient"),
)

letter_contents = Table(  # stored at the claim, kept; apart from `letters` for the same reason
    "letter_contents",
    metadata,
    Column("letter", ForeignKey("letters.id"), primary_key=True, autoincrement=False),
    Column("content", PersonalBytes("letter_contents.content"), nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("chain", CODE, nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("role", CODE, nullable=False),
    Column("person", CODE, nullable=False),
    Column("action", CODE, nullable=False),
    Column("refs", String(500), nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("chain", "position"),
)

anchors = Table(
    "anchors",
    metadata,
    Column("day", Date, primary_key=True),
    Column("entries", Integer, nullable=False),
    Column("last", Integer, nullable=False),  # id of the last entry in it
    Column("digest", String(64), nullable=False),
)

seals = Table(  # the keys with which something here is sealed, see `store.vault`
    "seals",
    metadata,
    Column("key_id", CODE, primary_key=True),
    Column("probe", String(200), nullable=False),  # shows that a key of this id is the same one
    Column("whole", Boolean, nullable=False),  # nothing here is unsealed or sealed with an older key
)

conditions = Table(
    "conditions",
    metadata,
    Column("name", CODE, primary_key=True),  # "mailbox-away", "absent:<person>"
    Column("since", Moment, nullable=False),
    Column("told", Moment),
)

model_uses = Table(  # which model judges from when on; rows are added only, the newest holds
    "model_uses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("model", CODE, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", CODE, nullable=False),  # person id, "" where a night's learning did it
)

holds = Table(  # who forbade to erase a Case, and why: gone with the Case
    "holds",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False, index=True),
    Column("since", Moment, nullable=False),
    Column("by", CODE, nullable=False),
    Column("reason", Personal("holds.reason"), nullable=False),
    Column("released", Moment),
    Column("released_by", CODE, nullable=False),
)

deletions = Table(  # what is left of a deleted Case: its number stays taken (GA 3.8). No foreign key: the Case is gone
    "deletions",
    metadata,
    Column("subject", CODE, primary_key=True),  # case id, "mail:12", "letter:7"; of the last two only while begun
    Column("kept_as", CODE, nullable=False),
    Column("year", Integer),
    Column("sequence", Integer),
    Column("arrived", Moment, nullable=False),
    Column("since", Date, nullable=False),  # the day its period began
    Column("handed_over", Boolean, nullable=False),
    Column("offered", Moment),  # to the archive
    Column("begun", Moment),  # from here on it goes, whatever breaks in between
    Column("by", CODE, nullable=False),  # who said so, "" for what goes by itself
    Column("done", Moment),
)

Index("ix_cases_state_arrived", cases.c.state, cases.c.arrived)
NOT_DONE = deletions.c.done.is_(None)
Index("ix_deletions_not_done", deletions.c.subject, sqlite_where=NOT_DONE, postgresql_where=NOT_DONE)
Index("ix_letters_state_not_before", letters.c.state, letters.c.not_before)
Index("ix_letters_duty_planned", letters.c.duty, letters.c.planned)
LETTERS_LEFT, MAILS_LEFT = letters.c.filed.is_(None), sightings.c.filed.is_(None)  # of all there ever were, the few
Index("ix_letters_not_filed", letters.c.state, letters.c.id, sqlite_where=LETTERS_LEFT, postgresql_where=LETTERS_LEFT)
Index("ix_sightings_not_filed", sightings.c.id, sqlite_where=MAILS_LEFT, postgresql_where=MAILS_LEFT)
