# Every target works from a fresh clone; `make setup` does nothing when .venv is current.
PYTHON ?= python3
BIN := .venv/bin
PARALLEL := --numprocesses auto --maxprocesses 4 --dist loadfile  # each worker starts its own servers

.PHONY: help setup demo test test-faults check format bench-quick bench-model
.DEFAULT_GOAL := help

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: .venv/.current  ## make .venv with .venv/bin/krm

.venv/.current: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "krm-bot needs Python 3.11 or newer; call: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[demo,postgres,dev]'
	@touch $@

demo: setup  ## a whole synthetic office with web mail on this machine (ARGS=--once ends after the example)
	$(BIN)/python -m demo $(ARGS)

test: setup  ## the test suite, without root and without system packages
	$(BIN)/pytest $(PARALLEL) $(ARGS)

test-faults: setup  ## everything broken on purpose, with tables: kills at every step, servers, database, odd mails (long)
	$(BIN)/python -m tests.faults
	KRM_FULL=1 $(BIN)/pytest -s tests/faults tests/fuzz
	$(BIN)/krm simulate --faults --seeds 100 --months 1

check: setup  ## everything CI checks: format, lint, types, arrows, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest $(PARALLEL) $(ARGS)

format: setup  ## bring the code into shape
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench-quick: setup  ## 3,000 mails the whole way against the floor of fetching and parsing
	$(BIN)/python -m bench.quick $(ARGS)

bench-model: setup  ## the model against simple ways to do the same, and what it costs
	$(BIN)/python -m bench.model $(ARGS)
