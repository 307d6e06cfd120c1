"""The whole bot as a process that is killed at every numbered step, beside real servers, and what must then hold.

The product knows nothing of it: `child` wraps the doors of the libraries (commits, IMAP commands, SMTP verbs).
`make test-faults` runs every point and prints the table of docs/reliability.md; the suite runs every few.
"""
