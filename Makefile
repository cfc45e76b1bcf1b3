# The everyday commands; `make help` lists them. All that is installed goes into .venv, from lock files with hashes.

# Some machines carry a python3.x that only says it is not installed: take the first one that really runs.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
# -qq: errors still come through, warnings about the settings of someone's pip do not.
INSTALL := $(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes

HOST ?= 127.0.0.1
PORT ?= 8000
# Extra words for pytest, such as `make test PYTEST_ARGS="-n 2 -m 'not slow'"`.
PYTEST_ARGS ?=

.DEFAULT_GOAL := help
.PHONY: run setup test coverage mutants check format system bench bench-routing bench-scale bench-pages bench-load bench-migration reliability screens lock clean help

run: setup ## start de dienst met demogegevens op http://127.0.0.1:8000 (HOST=, PORT=)
	@UITVOERINGSSCAN_ENVIRONMENT="$${UITVOERINGSSCAN_ENVIRONMENT:-demo}" \
	UITVOERINGSSCAN_DATABASE_URL="$${UITVOERINGSSCAN_DATABASE_URL:-sqlite:///var/uitvoeringsscan.sqlite3}" \
	$(BIN)/uitvoeringsscan serve --host $(HOST) --port $(PORT)

setup: $(VENV)/.installed ## installeer alleen wat de dienst nodig heeft; geeft .venv/bin/uitvoeringsscan

test: dev ## draai alle tests (PYTEST_ARGS="-n 2 -m 'not slow'")
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

# The rooms that weigh answers: every line and branch is reached by their own unit tests.
PURE := scoring rubrics assessments
coverage: dev ## toon dat de tests elke tak raken van de kamers die antwoorden wegen
	@$(BIN)/python -m pytest -q $(PURE:%=tests/unit/%) $(PURE:%=--cov=uitvoeringsscan.%) --cov-branch \
		--cov-report=term-missing:skip-covered --cov-fail-under=100 $(PYTEST_ARGS)

mutants: dev ## verander die kamers stukje voor stukje en kijk of een test het merkt (een kwartier; zie docs/scoring.md)
	@$(BIN)/mutmut run && $(BIN)/mutmut results

check: dev ## controleer opmaak, stijl, typen, importregels en templates
	@$(BIN)/ruff format --quiet --check --output-format concise
	@$(BIN)/ruff check --quiet --output-format concise
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports > $(VENV)/lint-imports.txt || { cat $(VENV)/lint-imports.txt; exit 1; }
	@$(BIN)/djlint --quiet --lint src/uitvoeringsscan/presentation/templates

format: dev ## breng alle code in de afgesproken opmaak
	@$(BIN)/ruff check --quiet --fix --exit-zero && $(BIN)/ruff format --quiet

system: ## installeer de systeempakketten voor de tests (Debian of Ubuntu, als root of met sudo)
	@bash .ci/system

bench: setup ## meet de dienst (doorvoer en wachttijden)
	@$(BIN)/python bench/service.py

bench-scale: dev ## meet of elke pagina evenveel kost bij 100.000 scans (SQLite en PostgreSQL)
	@$(BIN)/python -m bench.scale

bench-pages: dev ## meet wat pagina's hun lezers kosten (gewicht, verzoeken, verschuiven, eerste beeld)
	@$(BIN)/python bench/pages.py

bench-load: dev ## meet de avond voor een stemming: 150 leden, 400 behandelaars, 500 lezers (onder zes minuten, PostgreSQL)
	@$(BIN)/python -m bench.load

bench-migration: dev ## meet hoe lang schrijvers op het nieuwste schema wachten bij 100.000 scans (onder vier minuten)
	@$(BIN)/python -m bench.migration

bench-routing: setup ## meet hoe goed de routering organisaties vindt
	@$(BIN)/python bench/routing.py

reliability: dev ## dood servers, workers en database tijdens het werk en tel na (onder tien minuten)
	@$(BIN)/python -m bench.reliability

screens: dev ## maak schermafdrukken van elke pagina in docs/screens
	@$(BIN)/python docs/screens/make.py

lock: ## bereken requirements.lock en dev.lock opnieuw (UPGRADE=--upgrade voor nieuwere versies)
	@$(PYTHON) -m pip install -qq --disable-pip-version-check --upgrade --target .boot uv
	@$(COMPILE) requirements.in -o requirements.lock
	@$(COMPILE) dev.in -c requirements.lock -o dev.lock

clean: ## ruim op wat opnieuw te maken is (de gegevens in var/ blijven staan)
	@rm -rf $(VENV) .boot build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage mutants
	@find src tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## laat dit overzicht zien
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# One lock for every Python from 3.11 on; no index addresses in it, so that it works behind any mirror.
UPGRADE ?=
COMPILE = PYTHONPATH=.boot $(PYTHON) -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)

.PHONY: dev
dev: $(VENV)/.dev

# The package itself is not installed: a .pth file (relative, so that a moved checkout still works) puts src/ on the path.
$(VENV)/.installed: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 of nieuwer is nodig." >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) >/dev/null || { \
		$(PYTHON) -m pip install -qq --disable-pip-version-check --target .boot virtualenv && \
		PYTHONPATH=.boot $(PYTHON) -m virtualenv -q --clear $(VENV); } || { \
		echo "Er is geen virtuele omgeving te maken: installeer venv en pip voor $(PYTHON) (Debian: python3-venv)." >&2; exit 1; }
	@$(INSTALL) -r requirements.lock
	@$(BIN)/python -c 'import pathlib, sysconfig; \
		pathlib.Path(sysconfig.get_path("purelib"), "uitvoeringsscan.pth").write_text("../../../../src\n")'
	@printf '%s\n' '#!/bin/sh' 'exec "$$(dirname "$$(readlink -f "$$0")")/python" -m uitvoeringsscan "$$@"' > $(BIN)/uitvoeringsscan
	@chmod +x $(BIN)/uitvoeringsscan
	@touch $@

$(VENV)/.dev: $(VENV)/.installed dev.lock
	@$(INSTALL) -r dev.lock
	@touch $@
