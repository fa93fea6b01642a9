PYTHON ?= python3.11
BIN := .venv/bin
LT_HOME := $(shell $(BIN)/copydesk languagetool where 2>/dev/null)

.PHONY: setup
setup: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv || python3 -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
