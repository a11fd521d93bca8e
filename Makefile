# Working Carers. A machine needs Python 3.11 or later and make; everything else goes into .venv.

PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$name" && break; done)
BIN := .venv/bin
RUN := .venv/.run
DEV := .venv/.dev
UV := .venv/.uv/bin/uv
COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --upgrade --no-emit-index-url --no-emit-find-links --no-header

.PHONY: help run test check bench requirements bom clean
.DEFAULT_GOAL := help

help: ## tell what can be done
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1	/' | expand -t 22

run: $(RUN) ## start everything on this machine; Ctrl-C stops it
	@exec $(BIN)/carers up

test: $(DEV) ## run every test that this machine allows, and say what was skipped
	@$(BIN)/python .ci/parts.py $(PARTS)

check: $(DEV) ## lint, types, import rules, generated documents, deployment files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry .
	$(BIN)/python -m shared.contracts.generate --check
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml

bench: $(DEV) ## measure, as ratios in one run
	@$(BIN)/python -m bench

requirements: $(UV) ## resolve the exact versions anew from pyproject.toml and requirements/dev.in
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) requirements/dev.in -o requirements/dev.txt

bom: $(DEV) ## print what the default set is made of, as CycloneDX
	@$(BIN)/cyclonedx-py requirements requirements/run.txt

clean: ## take away what was built; what was recorded in var/ stays
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUN): requirements/run.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Working Carers needs Python 3.11 or later. Install it, or name it: make run PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment in .venv (once, about half a minute) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { rm -rf .venv; echo "Python's venv module is missing. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/run.txt -e .
	@touch $@

$(DEV): $(RUN) requirements/dev.txt
	@echo "Installing what tests and checks need (once) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements/dev.txt
	@touch $@

$(UV): | $(RUN)
	@$(BIN)/python -m venv .venv/.uv
	@.venv/.uv/bin/python -m pip install --quiet --disable-pip-version-check uv
