"""Steps in processes of their own, each of which says one JSON object; what the machine tells of itself."""

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

LIBRARIES = ("imapclient", "mail-parser", "scikit-learn", "sqlalchemy", "jinja2")
MEGABYTE = 1024 * 1024


def run(module: str, *arguments: object) -> dict[str, Any]:
    """What `python -m module arguments` said. Raises CalledProcessError; its stderr goes to ours."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def peak_rss_mb() -> float:
    """The most memory this process ever held, in MB (ru_maxrss: kB on Linux, bytes on macOS).

    Linux hands a parent's peak down to its children, so whoever starts a measured process stays small.
    """
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (MEGABYTE if sys.platform == "darwin" else 1024)


def disk_for_database() -> Path:
    """A directory for temporary files that is no memory, if there is one: a commit must cost what it costs."""
    places = [Path(p) for p in (tempfile.gettempdir(), "/var/tmp", ".")]
    return next((p for p in places if p.is_dir() and os.access(p, os.W_OK) and not in_memory(p)), places[0])


def in_memory(place: Path) -> bool:
    """Whether the file system there is tmpfs or ramfs (Linux; elsewhere nobody says)."""
    mounts = Path("/proc/mounts")
    rows = [line.split()[1:3] for line in mounts.read_text().splitlines()] if mounts.exists() else []
    whole = place.resolve()
    around = [(mount, kind) for mount, kind in rows if whole.is_relative_to(mount)]
    return max(around, key=lambda row: len(row[0]), default=("/", ""))[1] in ("tmpfs", "ramfs")


def commit_ms(place: Path, tries: int = 50) -> float:
    """What it costs there to write 4 kB down for good, in milliseconds: the price of every commit."""
    with tempfile.TemporaryFile(dir=place) as file:
        begun = time.perf_counter()
        for _ in range(tries):
            file.write(bytes(4096))
            file.flush()
            os.fsync(file.fileno())
        return (time.perf_counter() - begun) * 1000 / tries


def machine() -> dict[str, Any]:
    """Processor, cores, system, versions."""
    names = [line.partition(":")[2].strip() for line in _cpuinfo() if line.startswith("model name")]
    return {
        "processor": names[0] if names else platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    } | {name: version(name) for name in LIBRARIES}


def _cpuinfo() -> list[str]:
    told = Path("/proc/cpuinfo")
    return told.read_text().splitlines() if told.exists() else []
