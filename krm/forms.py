"""The contact form that a colleague's mail carries: as a file, in the mail's own wording, or drafted from their words.

Which form it is and what could not be read is put before the officer; nothing here decides anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from classify.anlage3 import Anlage3
from classify.contact_form import ARRIVED, ORAL, SETTLED, ContactForm
from classify.form_drafting import drafted
from classify.form_reading import ADDRESS, Filled, of_fields, of_text
from ingest import dates, documents, newtext
from ingest.message import Forwarded, Message
from ingest.office import Office
from notify.deadlines import BERLIN, local_day
from store.case import Form

Ocr = Callable[[bytes], str]
"""A picture's or scanned PDF's bytes -> the text seen in it, "" if none."""

FROM_FILE = "Die Angaben stammen aus dem Kontaktformular „{}“. Bitte prüfen Sie sie."
FROM_MAIL = "Die Angaben stammen aus dem Kontaktformular in der Nachricht. Bitte prüfen Sie sie."
FROM_SCAN = "„{}“ ist ein Scan. Beim Lesen können Fehler entstanden sein."
DRAFTED = (
    "Das Kontaktformular im Anhang hat das Programm aus der Nachricht ausgefüllt. "
    "Kam die Reaktion auf anderem Weg, antworten Sie auch mit „Form: …“."
)
NAMELESS = "Wer sich gemeldet hat, steht nicht eindeutig in der Nachricht."
MORE = (
    "In der Nachricht sind {} Kontaktformulare. Übernommen ist nur das erste. Nicht übernommen: {}. "
    "Bitte lassen Sie sich jedes davon mit einer eigenen Nachricht schicken."
)
UNREAD = (
    "Der Anhang „{}“ ist nicht gelesen. Bitte sehen Sie ihn selbst an. Ein Kontaktformular darin ist nicht erfasst."
)
FUTURE = f"Das {ARRIVED} {{:%d.%m.%Y}} liegt in der Zukunft. Es gilt der Tag, an dem die Nachricht kam."
LONG_AGO = f"Das {ARRIVED} {{:%d.%m.%Y}} liegt mehr als ein Jahr zurück. Es gilt der Tag, an dem die Nachricht kam."
CORRECT_IT = "Mit „Eingang: …“ und dem Tag ändern Sie es."
WRITTEN_SETTLED = f"„{SETTLED}“ ist angekreuzt. Nur mündliche und telefonische Reaktionen brauchen dann keinen Vorgang."
OURS = "Die E-Mail-Adresse im Formular ist eine des Hauses. Dorthin geht keine Eingangsbestätigung."
IN_THE_MAIL = "im Text der Nachricht"
FARTHEST = timedelta(days=366)
FEWEST_WORDS = 4  # beside greeting, closing and name: fewer say nothing of what happened


@dataclass(frozen=True, slots=True)
class Handed:
    """A form as a mail carries it. `words` are the reaction's text, `whole` everything said in form, mail and files.

    `form` is None where the mail has files that could not be read and no form was found; `hints` say so.
    """

    form: Form | None
    words: str
    whole: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _File:
    """A file of the mail, read: the form in it, else its text; `scan` if both were seen by OCR."""

    name: str
    filled: Filled | None = None
    text: str = ""
    scan: bool = False
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Reader:
    """What all forms of one mail are read with; `came` is when it came."""

    taxonomy: Anlage3
    office: Office
    came: datetime
    ours: Callable[[str], bool]  # whether an address is the house's
    ocr: Ocr | None = None

    def day(self, text: str) -> date | None:
        return dates.day(text, local_day(self.came), past=True)

    def of_text(self, text: str) -> Filled | None:
        found = of_text(text, self.taxonomy, self.day)
        return None if found is None or found.form.empty else found

    def file(self, file: documents.File) -> _File:
        """Never raises Unreadable: what cannot be read is `unread`."""
        read = _File(file.name)
        try:
            fields = of_fields(documents.fields_of(file), self.taxonomy, self.day)
            if fields is not None:
                return read if fields.form.empty else replace(read, filled=fields)
            text = documents.text_of(file)
        except documents.Unreadable as fault:
            text = self._seen(file, str(fault))
            if not text:
                return replace(read, unread=str(fault) not in documents.NOTHING_IN_IT)
            read = replace(read, scan=True)
        return replace(read, filled=self.of_text(text), text=text)

    def _seen(self, file: documents.File, why: str) -> str:
        if self.ocr is None or why != documents.SCAN:
            return ""
        try:
            return self.ocr(file.content).strip()
        except documents.Unreadable:
            return ""  # as if nobody could: it is named as unread


def handed(reader: Reader, message: Message, inner: Forwarded | None, raw: bytes, *, drafts: bool) -> Handed | None:
    """What a colleague's mail hands in; None where it is a mail like any other.

    `inner` is the mail within it. `drafts`: the words are a colleague's own, and a form may be drafted from them.
    """
    hanging = [f for f in documents.attachments(raw) if not f.inline] if message.attachments else []
    files = [reader.file(f) for f in hanging]
    own = inner.text if inner else message.new_text
    written = reader.of_text(own) or (None if inner else reader.of_text(message.text))
    forms = [f for f in (*files, _File("", written)) if f.filled]
    said = "" if written else _said(own, inner)
    if forms:
        return _handed(reader, _different(forms), said, [f for f in files if not f.filled])
    if drafts and (form := drafted(own, _surnames(reader.office))):
        hints = (DRAFTED, *(() if form.name else (NAMELESS,)), *_unread(files))
        return Handed(Form(form, reader.came, written=False), own, own, hints)
    return Handed(None, own, own, _unread(files)) if drafts and _unread(files) else None


def _handed(reader: Reader, forms: Sequence[_File], said: str, others: Sequence[_File]) -> Handed:
    first, *more = forms
    texts = [file.text for file in others]
    if first.filled is None:
        raise ValueError("no form was read")
    form, problems = first.filled.form, first.filled.problems
    words = next((text for text in (form.words, said, "\n\n".join(texts)) if text.strip()), "")
    hints = [FROM_FILE.format(first.name) if first.name else FROM_MAIL]
    hints += [FROM_SCAN.format(first.name)] if first.scan else []
    hints += [MORE.format(len(forms), ", ".join(map(_called, more)))] if more else []
    hints += [*_unread(others), *problems, *_checked(reader, form)]
    whole = "\n\n".join(dict.fromkeys(text for text in (form.words, said, *texts) if text.strip()))
    left_out = tuple(file.name or IN_THE_MAIL for file in more)
    return Handed(Form(form, reader.came, left_out=left_out), words, whole, tuple(hints))


def _called(file: _File) -> str:
    """A form as the officer is told of it: the file, and whom it names."""
    name = file.filled.form.name if file.filled else ""
    return f"{file.name or IN_THE_MAIL}{f' ({name})' if name else ''}"


def _checked(reader: Reader, form: ContactForm) -> list[str]:
    day, came = form.arrived, local_day(reader.came)
    rows = (
        (day is not None and day > came, f"{FUTURE.format(day or came)} {CORRECT_IT}"),
        (day is not None and day < came - FARTHEST, f"{LONG_AGO.format(day or came)} {CORRECT_IT}"),
        (form.settled and form.form not in ORAL, WRITTEN_SETTLED),
        (bool(form.email) and reader.ours(form.email.casefold()), OURS),
    )
    return [words for held, words in rows if held]


def arrived(form: Form) -> datetime:
    """When the reaction came to the house: the form's day, if it can be true, else when its mail came (GA 3.2.3)."""
    day, came = form.content.arrived, local_day(form.came)
    if day is None or not came - FARTHEST <= day < came:
        return form.came
    return datetime.combine(day, time(12), tzinfo=BERLIN)


def address(form: ContactForm) -> str:
    """The person's e-mail address in lower case, "" if there is none that can be read."""
    return form.email.casefold() if ADDRESS.fullmatch(form.email) else ""


def _different(forms: Sequence[_File]) -> list[_File]:
    """The same form as a file and in the mail is one, though one of them may lack the words."""
    kept: list[_File] = []
    for file in forms:
        if not any(_same(file, other) for other in kept):
            kept.append(file)
    return kept


def _same(one: _File, other: _File) -> bool:
    if one.filled is None or other.filled is None:
        return False
    words = {" ".join(f.form.words.split()) for f in (one.filled, other.filled)} - {""}
    return len(words) < 2 and replace(one.filled.form, words="") == replace(other.filled.form, words="")


def _said(own: str, inner: Forwarded | None) -> str:
    """What the mail itself tells; "" where it is but courtesy and the pointer to what hangs on it."""
    text = own if inner is None else "\n\n".join(filter(None, (own, inner.above)))
    return text.strip() if len(" ".join(newtext.without_courtesies(text)).split()) >= FEWEST_WORDS else ""


def _unread(files: Sequence[_File]) -> tuple[str, ...]:
    return tuple(UNREAD.format(f.name) for f in files if f.unread)


def _surnames(office: Office) -> frozenset[str]:
    named = (*office.staff, *(n for u in office.units for n in u.staff), *(p.name for p in office.people()))
    return frozenset(name.split(",", maxsplit=1)[0].split()[-1] for name in named if name.strip(" ,"))
