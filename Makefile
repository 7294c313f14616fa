# People and CI call the same commands. Each makes .venv on first use; nothing but Python 3.11 or newer is needed.
#
#   make run      backtest the drift strategy on the shipped prices, with pictures
#   make test     the tests
#   make lint     ruff and mypy
#   make docs     the documentation site, into site/
#   make notebooks  run docs/notebooks again and keep what they show
#   make check    lint, wheel, documentation, notebooks and tests: all that CI runs
#   make reference  rebuild results/reference, the run that the README shows
#   make clean    remove .venv and what tools leave behind; results stay

PYTHON ?= python3
VENV ?= .venv
JOBS ?= auto
BIN := $(VENV)/bin
READY := $(VENV)/.newsbt-ready

.PHONY: run test lint wheel docs notebooks check reference clean

run: $(READY)
	$(BIN)/newsbt run drift

test: $(READY)
	$(BIN)/python -m pytest -q -n $(JOBS) --dist worksteal

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

wheel: $(READY)
	$(BIN)/python -m build --wheel --no-isolation --outdir $(VENV)/wheel

docs: $(READY)
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict

notebooks: $(READY)
	$(BIN)/python tests/notebook_runs.py

check: lint wheel docs test
	$(BIN)/python tests/notebook_runs.py --check

reference: $(READY)
	rm -rf results/reference
	$(BIN)/newsbt run drift --name reference

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis build dist site
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "newsbt needs Python 3.11 or newer, and $(PYTHON) is not; name another: make PYTHON=python3.12" >&2; \
	  exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
