"""Prefixes of replies and forwards."""

import pytest

from ingest.subjects import is_forward, is_reply


@pytest.mark.parametrize(
    "subject",
    ["Re: x", "AW: x", "aw:x", "Antw: x", "SV: x", "R: x", "Odp: x", "Ynt: x", "Отв: x", "Відп: x", "Re[2]: x",
     "RE (3): x", "[EXTERN] AW: x", "AW: WG: x"],
)  # fmt: skip
def test_a_reply_is_told_by_its_prefix(subject: str) -> None:
    assert is_reply(subject)
    assert not is_forward(subject)


@pytest.mark.parametrize(
    "subject", ["WG: x", "Fwd: x", "FW: x", "TR: x", "I: x", "VS: x", "Doorst: x", "PD: x", "[EXT] WG: AW: x"]
)
def test_a_forward_is_told_by_its_prefix(subject: str) -> None:
    assert is_forward(subject)
    assert not is_reply(subject)


@pytest.mark.parametrize("subject", ["", "Beschwerde", "Rechnung: x", "Reise: x", "Wegen AW: x", "Anliegen: WG"])
def test_other_subjects_are_neither(subject: str) -> None:
    assert not is_reply(subject)
    assert not is_forward(subject)
