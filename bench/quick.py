"""`make bench-quick`: 3,000 mails the whole way, against the floor of fetching and parsing them, in one run."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bench import checking, mailboxes, office, process, sink, synthetic
from ingest.postbox import Folders
from krm import sealing, settings
from store.database import Database
from tests.servers import Missing
from tests.servers import dovecot as dovecots

RESULTS = Path(__file__).with_name("results.json")
GOAL = 6


@dataclass(slots=True)
class Phases:
    """Seconds of each step, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        print(f"{name} …", file=sys.stderr, flush=True)
        begun = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - begun, 2)


def measure(count: int, profile: str = "") -> dict[str, Any]:
    """The whole bench; what is written to results.json. Raises Missing where there is no Dovecot."""
    phases = Phases()
    place = process.disk_for_database()
    with (
        dovecots.running() as server,
        sink.running() as smtp,
        tempfile.TemporaryDirectory(prefix="krm-bench-", dir=place) as folder,
    ):
        with phases.step("model"):
            process.run("bench.whole", "train")
        ours, before, after = (server.make_user() for _ in range(3))
        with phases.step("mails"):
            begins = datetime.now(UTC) - timedelta(seconds=count)
            ids = mailboxes.fill((ours, before, after), synthetic.mails(count, begins), begins)
        krm_toml = office.set_up(Path(folder), ours, smtp.port)
        floors = []
        with phases.step("floor"):
            floors.append(process.run("bench.floor", server.port, before.name, office.GROUP))
        with phases.step("whole way"):
            whole = process.run("bench.whole", "pass", krm_toml, *([profile] if profile else []))
        with phases.step("floor again"):
            floors.append(process.run("bench.floor", server.port, after.name, office.GROUP))
        with phases.step("check"), closing(_records(krm_toml)) as database:
            folders = mailboxes.message_ids(ours)
            found = checking.check(ids, checking.read(database), smtp.close(), folders, Folders().sent)
        disk = {"in_memory": process.in_memory(Path(folder)), "commit_ms": round(process.commit_ms(Path(folder)), 2)}
    return (
        _figures(count, floors, whole)
        | asdict(found)
        | {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "mails": count,
            "group_mails": office.GROUP,
            "seconds": phases.seconds,
            "by_door": whole["by_door"],
            "tally": whole["tally"],
            "disk": disk,
            "machine": process.machine(),
        }
    )


def _records(krm_toml: Path) -> Database:
    chosen = settings.load(krm_toml, {})
    return sealing.database(chosen.database_url, chosen.keys, encryption=chosen.encryption)


def _figures(count: int, floors: Sequence[dict[str, Any]], whole: dict[str, Any]) -> dict[str, Any]:
    floor = len(floors) * count / sum(f["seconds"] for f in floors)
    ours = count / whole["seconds"]
    return {
        "mails_per_s": round(ours, 1),
        "floor_mails_per_s": round(floor, 1),
        "ratio": round(floor / ours, 2),
        "peak_rss_mb": round(whole["peak_rss_mb"], 1),
        "floor_peak_rss_mb": round(max(f["peak_rss_mb"] for f in floors), 1),
        "loading_s": round(whole["loading"], 2),
        "cpu_ms_per_mail": round(1000 * whole["cpu_seconds"] / count, 2),
        "floor_cpu_ms_per_mail": round(1000 * sum(f["cpu_seconds"] for f in floors) / len(floors) / count, 2),
    }


def table(figures: dict[str, Any]) -> str:
    """What is printed."""
    rows = [
        ("mails", f"{figures['mails']}"),
        ("whole way", f"{figures['mails_per_s']} mails/s"),
        ("floor (fetch and parse)", f"{figures['floor_mails_per_s']} mails/s"),
        ("ratio", f"{figures['ratio']} (at most {GOAL})"),
        (
            "processor time a mail",
            f"{figures['cpu_ms_per_mail']} ms (floor {figures['floor_cpu_ms_per_mail']} ms), without the servers",
        ),
        ("peak memory", f"{figures['peak_rss_mb']} MB (floor {figures['floor_peak_rss_mb']} MB)"),
        ("lost, doubled", f"{figures['lost']}, {figures['doubled']}"),
        ("intakes, related, put aside", f"{figures['intakes']}, {figures['related']}, {figures['put_aside']}"),
        ("letters sent", f"{figures['letters']}"),
        ("a commit on this disk", f"{figures['disk']['commit_ms']} ms"),
        *((f"  {door}", f"{seconds:.2f} s") for door, seconds in figures["by_door"].items()),
    ]
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {value}" for name, value in rows)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.quick", description=__doc__)
    parser.add_argument("--mails", type=int, default=3000, help="how many (default: %(default)s)")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the figures are written")
    parser.add_argument("--profile", default="", help="profile the whole way into this file (slower)")
    chosen = parser.parse_args(arguments)
    try:
        figures = measure(chosen.mails, chosen.profile)
    except Missing as why:
        print(f"bench-quick needs a real Dovecot: {why}", file=sys.stderr)
        return 1
    chosen.results.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(table(figures))
    return 1 if figures["lost"] or figures["doubled"] else 0


if __name__ == "__main__":
    sys.exit(main())
