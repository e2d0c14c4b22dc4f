# Two commands to begin with: `make serve` and `make test`. Both set up what they need; README.md says what must be there before.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Zensical has an environment of its own that sees the packages of the first.
ZENSICAL := .venv-zensical
ZENSICAL_READY := $(ZENSICAL)/.ready
TYPESCRIPT := .cache/typescript
TYPESCRIPT_READY := $(TYPESCRIPT)/.ready
PACKAGES := -c 'import sysconfig; print(sysconfig.get_path("purelib"))'

.DEFAULT_GOAL := help
.PHONY: help serve build offline zensical check links new test types format record schema

help: ## list the commands
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/make \1|\2/' | column -t -s '|'

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(ZENSICAL_READY): $(READY) requirements-zensical.txt
	$(PYTHON) -m venv $(ZENSICAL)
	$(ZENSICAL)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-zensical.txt
	@echo "import site; site.addsitedir('`$(BIN)/python $(PACKAGES)`')" > "`$(ZENSICAL)/bin/python $(PACKAGES)`/main-environment.pth"
	@touch $@

$(TYPESCRIPT_READY):
	npm install --silent --no-audit --no-fund --prefix $(TYPESCRIPT) typescript@5.9.3
	@touch $@

serve: $(READY) ## the site on http://127.0.0.1:8000, new as you edit
	$(BIN)/deepdive serve

build: $(READY) ## the site into site/
	$(BIN)/deepdive build

offline: build ## the site as an archive that works without a server
	$(BIN)/deepdive offline

zensical: $(READY) $(ZENSICAL_READY) ## the site with Zensical, into .cache/zensical/site/
	$(BIN)/deepdive pages .cache/zensical
	$(ZENSICAL)/bin/zensical build --strict --config-file .cache/zensical/mkdocs.yml

check: $(READY) ## validate tables, pages and links
	$(BIN)/python scripts/validate.py

links: $(READY) ## visit every external link too (needs a network)
	$(BIN)/python scripts/validate.py --external

new: $(READY) ## add a tool by answering questions
	$(BIN)/deepdive new

record: $(READY) ## run the examples and record their output
	$(BIN)/deepdive record

schema: $(READY) ## write the JSON Schemas after a change of a model
	$(BIN)/deepdive schema

types: $(TYPESCRIPT_READY) ## check the types of the scripts (needs Node)
	$(TYPESCRIPT)/node_modules/.bin/tsc --noEmit --allowJs --checkJs --strict --target es2022 --module es2022 --moduleResolution bundler --lib es2023,dom,dom.iterable `find overrides/assets/javascripts docs/assets/javascripts -name '*.js'`

format: $(READY) ## format the code
	$(BIN)/ruff format scripts tests
	$(BIN)/ruff check --fix scripts tests

test: $(READY) $(ZENSICAL_READY) ## everything CI runs, browser tests included
	$(BIN)/ruff format --check scripts tests
	$(BIN)/ruff check scripts tests
	$(BIN)/mypy
	$(BIN)/python tests/browser/find_chromium.py
	$(BIN)/python scripts/validate.py
	$(BIN)/pytest
