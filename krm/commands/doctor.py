"""`krm doctor`: everything the bot needs, with a remedy for each fault."""

import os

import click

from krm import settings
from krm.assembly import clock
from krm.commands.common import CONFIG, JSON, Fault, config, example, prose, say
from krm.doctor import Finding, examine


@click.command(epilog=example("krm doctor"))
@JSON
@CONFIG
def doctor(as_json: bool) -> None:
    """Check everything the bot needs, with a remedy for each fault."""
    findings = examine(settings.find(config()), os.environ, clock())
    for finding in findings:
        say(finding.as_dict() if as_json else in_words(finding))
    if not all(f.ok for f in findings):
        raise Fault("the doctor found faults")


def in_words(finding: Finding) -> str:
    """A line for people: what is well, what is not, and what to do."""
    mark = "–" if finding.info else ("✓" if finding.ok else "✗")
    what = prose(f"{mark} {finding.area}: {finding.what}", "  ")
    return f"{what}\n{prose(f'    → {finding.remedy}', '      ')}" if finding.remedy else what
