# Everything the project does, by name.  `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
UNFINISHED := .venv/.unfinished
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PYTEST := $(BIN)/python -m pytest
# Files are shared out over two processes; what a file starts (a server, an installation) it starts once.
TWO := -n 2 --dist loadfile
PAGES := node_modules/.package-lock.json

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup check test test-all demo run bench bench-pages bench-register bench-rules screenshots mutants lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1\t/' | expand -t 16

setup: $(STAMP) $(PAGES) ## the locked dependencies in .venv and node_modules, the wanjia command, fonts, Chromium for the tests
	@sh operations/set_up.sh fonts
	@sh operations/set_up.sh browser

# A set-up that was interrupted leaves its mark and is begun anew; one that is only older than the lock is brought up to date.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "需要 Python 3.11 或更新的版本。装好后再试，或指明用哪一个：make PYTHON=python3.12 $(or $(MAKECMDGOALS),setup)" >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "这个 Python 缺少 venv。Debian / Ubuntu 请先安装 python3-venv，再试一次。" >&2; exit 2; }
	@if [ -e $(UNFINISHED) ] || [ ! -e $(STAMP) ]; then $(PYTHON) -m venv --clear .venv; fi
	@touch $(UNFINISHED)
	$(PIP) install -r requirements.lock
	$(PIP) install --no-deps -e .
	@touch $(STAMP)
	@rm $(UNFINISHED)

# Where npm is missing this remarks on it and makes nothing, so that it is tried again the next time.
$(PAGES): package-lock.json package.json
	@sh operations/set_up.sh pages

check: $(STAMP) ## format, lint, types, walls between the rooms, generated documents fresh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(PYTEST) -q tests/test_walls.py tests/test_habits.py
	$(BIN)/wanjia docs --check

test: $(STAMP) $(PAGES) ## the tests a change must pass, under ten minutes
	@sh operations/set_up.sh fonts
	$(PYTEST) $(TWO) -m "not slow and not postgres and not browser"

test-all: $(STAMP) $(PAGES) ## every test: also PostgreSQL, the slow ones, the browser and the whole demo
	@sh operations/set_up.sh browser needed
	$(PYTEST) $(TWO)

demo: $(STAMP) $(PAGES) ## a survey sheet becomes households helped, on a real server, in a few minutes
	@sh operations/set_up.sh fonts
	$(BIN)/wanjia demo

run: $(STAMP) $(PAGES) ## the whole system in the foreground, until Ctrl-C
	@sh operations/set_up.sh fonts
	$(BIN)/wanjia run

bench: $(STAMP) ## measure, and write docs/benchmarks.md
	$(BIN)/wanjia bench

bench-pages: $(STAMP) ## measure the pages with ten thousand households on record, and write docs/benchmarks.md
	$(BIN)/wanjia bench-pages

bench-register: $(STAMP) ## measure the register on a synthetic province, and write docs/benchmarks.md
	$(BIN)/wanjia bench-register

bench-rules: $(STAMP) ## measure the rules alone, and write docs/benchmarks.md
	$(BIN)/wanjia bench-rules

screenshots: $(STAMP) $(PAGES) ## pictures of every page of the console, for the eye, into docs/console
	@sh operations/set_up.sh browser needed
	$(BIN)/python -m operations.pictures

mutants: $(STAMP) ## change the rules in small ways, one by one, and see which change no test notices (an hour)
	$(BIN)/mutmut run
	$(BIN)/mutmut results

# uv is used here alone, from a folder that is thrown away, so that set-up needs nothing but pip.
lock: ## resolve the dependencies anew into requirements.lock
	@set -eu; away=$$(mktemp -d); trap 'rm -rf "$$away"' EXIT; \
	$(PYTHON) -m venv "$$away"; "$$away/bin/pip" install --quiet --disable-pip-version-check uv; \
	index=$${PIP_INDEX_URL:-$$("$$away/bin/pip" config get global.index-url 2>/dev/null || true)}; \
	"$$away/bin/uv" pip compile pyproject.toml --extra embedded --extra dev --universal --python-version 3.11 \
	  $${index:+--default-index "$$index"} --no-emit-index-url --no-annotate --no-header --quiet -o requirements.lock
	@git --no-pager diff --stat requirements.lock 2>/dev/null || true

clean: ## remove what can be made again; the data in var/ stays
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis dist
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +
