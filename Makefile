# `make demo` and `make test` are all that a newcomer needs; CONTRIBUTING.md explains the rest.
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

PAGES := $(shell find web/src -type f) $(wildcard web/*.json web/*.mjs)

.PHONY: demo install dev pages audit lint web test test-pythons test-fast test-tools docs bench clean

demo: install
	$(BIN)/kg demo

install: .venv/installed
dev: .venv/installed-dev

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; call make PYTHON=python3.x")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

# The installation builds the pages too; where the system has no Node.js 20 or newer, pip fetches one for it.
.venv/installed: pyproject.toml $(PAGES) | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[report]'
	touch $@

.venv/installed-dev: pyproject.toml $(PAGES) | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@ .venv/installed

# The pages of `kg view` and `kg serve`, alone.
pages: dev
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python hatch_build.py

# Types and tests of what runs in the browser.
web: dev
	cd web && export PATH="$(CURDIR)/$(BIN):$$PATH" && { [ -d node_modules/vitest ] || npm ci --silent --ignore-scripts; } && \
		npm run --silent build && npm run --silent check && npm test --silent

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.audit

# Known faults of the packages that are installed here; asks PyPI, so it is no part of lint. What cannot be asked fails.
audit: dev
	$(BIN)/pip install --quiet 'pip-audit>=2.9'
	$(BIN)/pip-audit --local --skip-editable --strict

test: lint web test-pythons
	$(BIN)/pytest -n $(JOBS)

# The oldest and the newest supported Python, where this machine has them.
test-pythons: dev
	$(BIN)/python -m tests.pythons

test-fast: dev
	$(BIN)/pytest -n $(JOBS) -m 'not slow'

# What tests need besides Python: a browser, an office suite, fonts that can draw Chinese and that are as wide as Word's, a second SPARQL
# engine. Needs root (Debian, Ubuntu).
test-tools:
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		chromium fonts-noto-cjk fonts-liberation libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
		poppler-utils virtuoso-opensource-7

# One HTML page of all terms, from the Turtle.
docs: dev
	$(BIN)/pylode ontology/innovation.ttl --outputfile docs/ontology.html

bench: dev
	$(BIN)/python -m bench

clean:
	rm -rf .venv .venv-3.* build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache kg-demo
