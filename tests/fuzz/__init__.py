"""Mails nobody wrote: mutants of `tests/eml/`, each told by its file and a number, and mails built by hypothesis.

`python -m tests.fuzz --mutants 100000` reads as many; `--show FILE SEED` writes one mutant, to be kept in `tests/eml/`.
"""
