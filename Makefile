# `make demo` and `make test` are all that a newcomer needs; `make help` lists the rest, CONTRIBUTING.md explains it.
PYTHON ?= python3
BIN := .venv/bin
JOBS ?= 2

PAGES := $(shell find web/src -type f) $(wildcard web/*.json web/*.mjs)

.PHONY: help demo install dev pages audit format lint web test test-pythons test-fast test-tools docs build bench clean

help: ## list what can be made
	@awk -F ': .*## ' '/^[a-z-]+:.* ## / {printf "%-14s%s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: install ## build the example graph, its page and its report in kg-demo/
	$(BIN)/kg demo

install: .venv/installed ## make .venv with the software
dev: .venv/installed-dev ## make .venv with all that lint and tests need too

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; call make PYTHON=python3.x")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

# The installation builds the pages too; where the system has no Node.js 20 or newer, pip fetches one for it.
.venv/installed: pyproject.toml $(PAGES) | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[report,resolve]'
	touch $@

.venv/installed-dev: pyproject.toml $(PAGES) | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[dev]'
	touch $@ .venv/installed

pages: dev ## build the pages of kg view and kg serve again
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python hatch_build.py

web: dev ## check types, form and tests of what runs in the browser
	cd web && export PATH="$(CURDIR)/$(BIN):$$PATH" && { [ -d node_modules/vitest ] || npm ci --silent --ignore-scripts; } && \
		npm run --silent build && npm run --silent check && npm test --silent

format: dev ## put Python and, where prettier is there, web/ into form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	@if [ -x web/node_modules/.bin/prettier ]; then cd web && PATH="$(CURDIR)/$(BIN):$$PATH" npm run --silent format; \
		else echo "web/ is left as it is: make web brings prettier."; fi

lint: dev ## check form, types, layers and what bandit reports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tests.audit

# Known faults of the packages that are installed here; asks PyPI, so it is no part of lint. What cannot be asked fails.
audit: dev ## ask PyPI for known faults of installed packages
	$(BIN)/pip install --quiet 'pip-audit>=2.9'
	$(BIN)/pip-audit --local --skip-editable --strict

test: lint web test-pythons ## run lint and all tests
	$(BIN)/pytest -n $(JOBS) --dist worksteal

test-pythons: dev ## try the oldest and the newest supported Python that are here
	$(BIN)/python -m tests.pythons

test-fast: dev ## run the tests that take under a minute
	$(BIN)/pytest -n $(JOBS) -m 'not slow'

# What tests need besides Python: a browser, an office suite, fonts that can draw Chinese and that are as wide as Word's, a second SPARQL
# engine. Needs root (Debian, Ubuntu).
test-tools: ## bring the programs that some tests use (Debian, as root)
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		chromium fonts-noto-cjk fonts-liberation libreoffice-writer-nogui libreoffice-calc-nogui libreoffice-impress-nogui \
		poppler-utils virtuoso-opensource-7

docs: dev ## write docs/ontology.html, a page of all terms
	$(BIN)/pylode ontology/innovation.ttl --outputfile docs/ontology.html

# Without isolation, as .venv has what the build needs: nothing but the pages' own packages is fetched.
build: dev ## build the wheel and the sdist into dist/
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m build --no-isolation --sdist --wheel

bench: dev ## print measurements as ratios to a peer
	$(BIN)/python -m bench

clean: ## remove all that make has made, .venv too
	rm -rf .venv .venv-3.* build dist .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache kg-demo \
		web/dist web/node_modules docs/ontology.html
