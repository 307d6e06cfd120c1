"""The commands by topic; `krm.cli` loads a topic when one of its commands is called."""
