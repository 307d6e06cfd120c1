"""Mailbox and Sender in memory: `krm simulate` uses the same; the contract tests run them beside the real servers."""

from krm.simulating.servers import SETTINGS, FakeMailbox, FakeSender, Kept

__all__ = ["SETTINGS", "FakeMailbox", "FakeSender", "Kept"]
