"""The command line as tests call it: in this process where that is enough, else as a process of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from krm.cli import main

KRM = (sys.executable, "-m", "krm")
ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds after which a process that does not end is ended."""


@dataclass(frozen=True, slots=True)
class Said:
    """How a call ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The lines of JSON on standard output, each an object; every byte must be ASCII."""
        assert self.out.isascii()
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def object(self) -> dict[str, Any]:
        (only,) = self.objects
        return only


@dataclass(frozen=True, slots=True)
class Krm:
    """`krm` in a folder of its own, with a cache of its own and nobody's settings."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, *words: str | Path, given: str | bytes | None = None, **environment: str) -> Said:
        runner = CliRunner(env={**self.environment, **environment})
        result = runner.invoke(main, [str(word) for word in words], input=given, catch_exceptions=False)
        return Said(result.exit_code, result.stdout, result.stderr)

    def start(self, *words: str | Path, **environment: str) -> "subprocess.Popen[str]":
        """A process of its own, ended if it is still there after a minute; what it prints is read as UTF-8."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KRM_", "LC_", "LANG", "PYTHON"))}
        process = subprocess.Popen(
            [*KRM, *words],
            cwd=self.folder,
            env={**kept, **self.environment, "PYTHONPATH": str(ROOT), **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="surrogateescape",
        )
        watch = threading.Timer(PATIENCE, process.kill)
        watch.daemon = True
        watch.start()
        return process

    def ends(self, *words: str | Path, **environment: str) -> Said:
        """A process of its own, to its end."""
        process = self.start(*words, **environment)
        out, err = process.communicate()
        return Said(process.returncode, out, err)
