# The two commands of this project are `make run` and `make test`; the rest is for those who build it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin

.PHONY: run test trust lint bench messages permissions clean

run: .venv/run.stamp
	@$(BIN)/python frontend/build.py --production
	@$(BIN)/python tools/messages.py --compile
	@exec $(BIN)/fyrtaarn run

test: .venv/dev.stamp
	@$(BIN)/python frontend/build.py
	@$(BIN)/python tools/messages.py --compile
	@$(BIN)/python tools/test.py

trust: .venv/dev.stamp
	@$(BIN)/python frontend/build.py
	@$(BIN)/python tools/messages.py --compile
	@FYRTAARN_TEST_INPUTS=$${FYRTAARN_TEST_INPUTS:-20} $(BIN)/python -m pytest -q -n0 tests/fuzz
	@FYRTAARN_TEST_RACES=$${FYRTAARN_TEST_RACES:-10000} $(BIN)/python -m pytest -q -n0 tests/races
	@FYRTAARN_TEST_ENTRIES=$${FYRTAARN_TEST_ENTRIES:-200000} FYRTAARN_TEST_KILLS=$${FYRTAARN_TEST_KILLS:-300} $(BIN)/python -m pytest -q -n0 tests/trust

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/dev.stamp
	@for script in bench/*/run.py bench/listings/saved.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

sbom: .venv/dev.stamp
	@$(BIN)/python tools/sbom.py

audit: .venv/dev.stamp
	@$(BIN)/python tools/audit.py

messages: .venv/dev.stamp
	$(BIN)/python tools/messages.py

clean:
	rm -rf .venv frontend/node_modules src/fyrtaarn/foundation/static/vendor

.venv/bin/pip:
	@echo "Making the virtual environment …"
	@$(PYTHON) -c 'import sys; sys.exit("Fyrtårn needs Python 3.11 or newer: set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv .venv

.venv/run.stamp: .venv/bin/pip requirements/run.txt pyproject.toml
	@echo "Installing Python packages (about a minute the first time) …"
	@[ -e .venv/dev.stamp ] || $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

.venv/dev.stamp: .venv/bin/pip requirements/dev.txt pyproject.toml
	@echo "Installing Python packages for the tests (about a minute the first time) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

permissions: .venv/dev.stamp
	FYRTAARN_TEST_WRITE_PERMISSIONS=$(or $(ROOM),all) $(BIN)/python -m pytest -q -n0 --timeout=1500 tests/permissions
	git diff --stat docs/permissions.md
