"""The office harness: stories in the office's words. A mail arrives, time passes, somebody replies, letters are read.

Everything is the real code on a real database; only mailbox, SMTP and judgement are in memory unless a story brings
real ones. At the end every letter must have been looked at: one nobody expected fails the story.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from email.utils import make_msgid
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from lxml import html as markup

from classify.anlage3 import shipped
from classify.coding import Evidence, Scored, Suggestion, Text, Urgency
from ingest.authenticity import Policy, Trust
from ingest.office import Area, Office, Person, Unit
from ingest.postbox import Folders
from krm import flow
from krm.bot import Bot, Rhythm, Tally
from notify.deadlines import BERLIN
from notify.telling import Teller
from notify.workdays import Workdays
from store.database import Database
from store.keys import KeyRing
from tests.servers.fakes import FakeMailbox, FakeSender

KRM = "krm@jobcenter.example"
OFFICER = Person("officer", "Sabine Meier", "meier@jobcenter.example", "0381 111")
DEPUTY = Person("deputy", "Jan Petersen", "petersen@jobcenter.example", "0381 112")
LEAD_514 = Person("tl-514", "Ute Krause", "krause@jobcenter.example", "0381 514")
LEAD_515 = Person("tl-515", "Olaf Brandt", "brandt@jobcenter.example", "0381 515")
LEAD_602 = Person("tl-602", "Heike Sommerfeld", "sommerfeld@jobcenter.example", "0381 602")
HEAD_5 = Person("bl-5", "Rolf Steinhagen", "steinhagen@jobcenter.example", "0381 500")
HEAD_6 = Person("bl-6", "Ines Vogelsang", "vogelsang@jobcenter.example", "0381 600")
MANAGER = Person("gf", "Karin Ahrens", "ahrens@jobcenter.example", "0381 100")
FRONT_OFFICE = Person("vorzimmer", "Vorzimmer Geschäftsführung", "vorzimmer@jobcenter.example", "0381 101")
LEGAL_OFFICE = Person("widerspruch", "Rechtsbehelfsstelle", "widerspruch@jobcenter.example", "0381 700")
SECURITY = Person("sicherheit", "Sicherheitsdienst", "sicherheit@jobcenter.example", "0381 110")
CITIZEN = "erika.muster@mail.example"

OFFICE = Office(
    name="Hanse-Jobcenter Rostock",
    address=KRM,
    officer=OFFICER,
    deputy=DEPUTY,
    management=(MANAGER,),
    front_office=FRONT_OFFICE,
    legal_office=LEGAL_OFFICE,
    security=SECURITY,
    areas=(Area("5", "Leistung", HEAD_5), Area("6", "Markt und Integration", HEAD_6)),
    units=(
        Unit("514", "Team 514 Leistung", "5", LEAD_514, categories=("grundsicherung.", "kommunal.")),
        Unit("515", "Team 515 Eingangszone", "5", LEAD_515, categories=("eingangszone.", "organisation.")),
        Unit("602", "Team 602 Vermittlung", "6", LEAD_602, categories=("arbeitsvermittlung.", "mitarbeiter.")),
    ),
    domains=("jobcenter.example",),
    listed=("scanner@jobcenter.example",),
    privacy_url="https://jobcenter.example/datenschutz",
)

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=BERLIN)


def judged(
    type_id: str = "beschwerde",
    categories: Sequence[str] = ("organisation.wartezeit",),
    **fields: Any,
) -> Suggestion:
    """A suggestion as the model would make it: sure, complete, with evidence."""
    form = shipped()
    others = [t.id for t in form.types if t.id != type_id]
    rest = [c.id for c in form.categories if c.id not in categories]
    standard = Suggestion(
        types=(Scored(type_id, 0.81), *(Scored(t, 0.19 / len(others)) for t in others)),
        categories=(*(Scored(c, 0.7) for c in categories), *(Scored(c, 0.01) for c in rest)),
        proposed=tuple(categories) if form.type(type_id).krm else (),
        customer_group="an",
        remedy=False,
        remedy_p=0.02,
        urgency=Urgency.NONE,
        evidence=(Evidence(type_id, ("zwei Stunden",)), *(Evidence(c, ("gewartet",)) for c in categories)),
        unit="515",
        model="test",
    )
    return replace(standard, **fields)


@dataclass(frozen=True, slots=True)
class Received:
    """A letter of ours as it came to somebody."""

    to: str
    content: bytes

    @property
    def mail(self) -> EmailMessage:
        return message_from_bytes(self.content, policy=default)  # type: ignore[return-value]

    @property
    def duty(self) -> str:
        return str(self.mail["X-KRM-Letter"])

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        return str(body.get_content()).replace("\r\n", "\n") if body else ""

    def buttons(self) -> dict[str, str]:
        """Label -> `mailto:` link."""
        links = markup.fromstring(self.html).iter("a")
        return {
            " ".join(a.text_content().split()): a.get("href") for a in links if a.get("href", "").startswith("mailto")
        }


@dataclass
class Story:
    """One office with its mailbox. `now` is its clock; nothing passes unless the story says so."""

    database: Database
    mailbox: Any = field(default_factory=FakeMailbox)
    post: Any = field(default_factory=FakeSender)
    office: Office = OFFICE
    trust: Trust = field(default_factory=lambda: Trust(Policy.CLOSED_NETWORK))
    rhythm: Rhythm = field(default_factory=Rhythm)
    now: datetime = MONDAY
    sent: Callable[[], Sequence[tuple[tuple[str, ...], bytes]]] | None = None
    judgements: dict[str, Suggestion] = field(default_factory=dict)
    suggestion: Suggestion = field(default_factory=judged)
    entries: bool = False  # the form at confirmation, which every story that confirms would have to read
    reports: bool = False  # the monthly report, which every story that lasts into a new month would have to read
    _read: int = 0
    _unread: list[Received] = field(default_factory=list)
    _chance: random.Random = field(default_factory=lambda: random.Random(7))
    _stamp: int = 0

    def __post_init__(self) -> None:
        form = shipped()
        self.bot = Bot(
            database=self.database,
            mailbox=self.mailbox,
            post=self.post,
            office=self.office,
            taxonomy=form,
            teller=Teller(self.office, form, Workdays()),
            keys=KeyRing({"k1": b"a key for stories, of no use elsewhere"}, "k1"),
            trust=self.trust,
            folders=Folders(),
            suggest=self._suggest,
            now=self._tick,
            choose=self._chance.choice,
            rhythm=self.rhythm,
        )

    def arrives(self, body: str, *, sender: str = CITIZEN, subject: str = "Beschwerde", **headers: str) -> str:
        """Somebody's mail comes in; gives its Message-ID."""
        html = headers.pop("html", "")
        mail = EmailMessage(policy=SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, KRM, subject
        mail["Message-ID"] = headers.pop("message_id", "") or make_msgid(domain="mail.example")
        for name, value in headers.items():
            mail[name.replace("_", "-")] = value
        if html:
            mail.set_content(html, subtype="html")
        else:
            mail.set_content(body)
        self.raw_arrives(mail.as_bytes())
        return str(mail["Message-ID"])

    def raw_arrives(self, raw: bytes) -> None:
        self.mailbox.put(raw, self.now)

    def passes(self) -> Tally:
        """The bot makes one pass."""
        tally = flow.once(self.bot)
        self._collect()
        return tally

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def until(self, local: str) -> None:
        """The clock is put forward, e.g. `2026-11-26 07:30`."""
        self.now = datetime.fromisoformat(local).replace(tzinfo=BERLIN)

    def letter(self, to: str | Person, duty: str) -> Received:
        """The next letter of this kind to this person: there must be one."""
        address = to if isinstance(to, str) else to.address
        found = next((r for r in self._unread if r.to == address and r.duty == duty), None)
        there = [(r.to, r.duty) for r in self._unread]
        assert found is not None, f"no {duty} to {address}, only {there}"
        self._unread.remove(found)
        return found

    def rest(self) -> list[Received]:
        """Everything that went out and was not looked at one by one; it is read now."""
        letters, self._unread = self._unread, []
        return letters

    def nothing_went_out(self) -> None:
        assert not self._unread, f"unexpected: {[(r.to, r.duty, r.text) for r in self._unread]}"

    def replies(self, letter: Received, body: str, *, sender: str = "", quote: bool = True, **headers: str) -> None:
        """The recipient answers in their mail program."""
        quoted = "\n".join(f"> {line}" for line in letter.text.splitlines())
        whole = (
            f"{body}\n\nAm {self.now:%d.%m.%Y} um {self.now:%H:%M} schrieb KRM <{KRM}>:\n{quoted}" if quote else body
        )
        headers.setdefault("In_Reply_To", str(letter.mail["Message-ID"]))
        self.arrives(whole, sender=sender or letter.to, subject=f"AW: {letter.subject}", **headers)

    def presses(self, letter: Received, label: str, *, sender: str = "") -> None:
        """The recipient clicks a button and sends what opens: a new mail without In-Reply-To."""
        link = urlsplit(letter.buttons()[label])
        fields = {k: v[0] for k, v in parse_qs(link.query).items()}
        assert unquote(link.path) == KRM
        self.arrives(fields["body"].replace("\r\n", "\n"), sender=sender or letter.to, subject=fields["subject"])

    def folder(self, name: str) -> list[bytes]:
        found: list[bytes] = self.mailbox.contents(name)
        return found

    def _collect(self) -> None:
        sent = self.sent() if self.sent else [(p.recipients, p.content) for p in self.post.sent]
        for recipients, content in list(sent)[self._read :]:
            letters = [Received(r, content) for r in recipients]
            wanted = {"report": self.reports, "entry": self.entries}
            self._unread += [x for x in letters if wanted.get(x.duty, True)]
        self._read = len(sent)

    def _suggest(self, texts: Sequence[Text]) -> Sequence[Suggestion]:
        return [self.judgements.get(t.subject, self.suggestion) for t in texts]

    def _tick(self) -> datetime:
        """Time stands still in a story, but no two facts share a moment."""
        self._stamp += 1
        return self.now + timedelta(microseconds=self._stamp)
