# Everything one runs while trying out Shopadmin or working on it. `make` alone lists the targets.

PORT ?= 8000
PYTHON ?= python3
TEST_DATABASE_URL ?= postgres://postgres@127.0.0.1:5432/shopadmin
REQUIRE_POSTGRES ?= 0
REQUIRE_CHROMIUM ?= 0
REQUIRE_PGBOUNCER ?= 0
# The first that is there: without windows it takes a third of the processor.
CHROMIUM ?= $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || \
	command -v google-chrome)
export CHROMIUM
# pytest rewrites each test it reads: once for all runs, also where the machine asks Python to keep nothing.
unexport PYTHONDONTWRITEBYTECODE
PGBOUNCER ?= $(shell command -v pgbouncer || command -v /usr/sbin/pgbouncer)

VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
WEB := $(BIN)/gunicorn --config python:shopadmin.web_server --bind 127.0.0.1:$(PORT) --workers 2 \
	--graceful-timeout 5 --log-level warning shopadmin.wsgi
# Each worker begins with one half, so that what a file sets up is set up once; who is done first takes over.
PYTEST := $(BIN)/pytest -n 2 --dist worksteal
POSTGRES_ANSWERS := $(BIN)/python -c "import psycopg, sys; psycopg.connect(*sys.argv[1:], dbname='postgres', \
	connect_timeout=3)" "$(TEST_DATABASE_URL)"
SIZE ?= 100k
BENCH ?=
FAULTS ?=
KEYWORDS := -k gettext_noop -k gettext_lazy -k ngettext_lazy:1,2 -k pgettext_lazy:1c,2 -k npgettext_lazy:1c,2,3

LATEST := var/latest

.PHONY: help demo test test-sqlite test-postgres latest check lint bench axe faults style screenshots messages lock
.NOTPARALLEL:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

# --- The virtual environment: made once, brought up to date when a lock changes

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

# A third of what it brings is ever imported, and compiled then.
$(VENV)/installed-dev: requirements-dev.lock | $(BIN)/python
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/installed

# --- Trying it out

demo: export SITE_URL ?= http://localhost:$(PORT)
demo: export REQUIRE_STAFF_MFA ?= 0
demo: $(VENV)/installed ## a filled shop on localhost, PORT=8000
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) demo --unless-filled
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@$(MANAGE) worker & worker=$$!; \
	$(WEB) & web=$$!; \
	trap 'kill $$worker $$web 2>/dev/null; wait; exit 0' INT TERM; \
	while kill -0 $$worker 2>/dev/null && kill -0 $$web 2>/dev/null; do sleep 1; done; \
	kill $$worker $$web 2>/dev/null; wait; exit 1

# --- Working on it

# Each run of pytest ends in its own line of what passed.
test: $(VENV)/installed-dev lint test-sqlite test-postgres ## everything: SQLite with the browser, then PostgreSQL

test-sqlite:
	@echo "SQLite, $(if $(CHROMIUM),the walks in the browser without scripts,without a browser)"
ifeq ($(CHROMIUM),)
	@echo "Browser tests: not run, because no Chromium was found (CHROMIUM names one)."; test $(REQUIRE_CHROMIUM) != 1
endif
	@env -u DATABASE_URL $(PYTEST) $(if $(CHROMIUM),,--ignore tests/browser)

test-postgres:
ifeq ($(PGBOUNCER),)
	@echo "Tests behind a pooler: not run, because no pgbouncer was found."; test $(REQUIRE_PGBOUNCER) != 1
endif
	@reason=$$($(POSTGRES_ANSWERS) 2>&1 | grep -m 1 Error:); \
	if [ -n "$$reason" ]; then \
		echo "PostgreSQL: not run, because $$reason"; test $(REQUIRE_POSTGRES) != 1; \
	else \
		echo "PostgreSQL, $(if $(CHROMIUM),the browser with scripts,without a browser)"; \
		DATABASE_URL="$(TEST_DATABASE_URL)" $(PYTEST) $(if $(CHROMIUM),,--ignore tests/browser); \
	fi

# By hand and never in CI, which must not break when others release something.
latest: ## the tests on the newest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear $(LATEST)
	$(LATEST)/bin/python -m pip install -qq --disable-pip-version-check ".[dev]"
	@$(LATEST)/bin/python -m pip freeze | grep -v '^shopadmin' | tee $(LATEST)/versions
	@$(MAKE) --no-print-directory test-sqlite test-postgres VENV=$(LATEST)

check: $(VENV)/installed-dev lint ## the quick half: SQLite, no browser, nothing slow
	@env -u DATABASE_URL $(PYTEST) --ignore tests/browser -m "not slow"

lint: $(VENV)/installed-dev
	@$(BIN)/mypy --no-error-summary & types=$$!; trap 'kill $$types 2>/dev/null || :' EXIT; set -e; \
	$(BIN)/ruff check --quiet .; \
	$(BIN)/ruff format --check --quiet .; \
	$(BIN)/djlint --quiet --lint templates; \
	$(MANAGE) makemigrations --check --dry-run; \
	wait $$types

# BENCH takes the options of `python -m tests.benchmarks --help`, such as BENCH="--parts pages --markdown".
bench: $(VENV)/installed-dev ## how fast it is, with up to SIZE=100k customers (10k, 100k, 1m)
	@TEST_DATABASE_URL="$(TEST_DATABASE_URL)" $(BIN)/python -m tests.benchmarks --up-to $(SIZE) $(BENCH)

# By hand too: three hundred looks of axe take a quarter of an hour. It needs Chromium.
axe: $(VENV)/installed-dev ## every page in both themes and five widths, as axe judges it
	@env -u DATABASE_URL $(PYTEST) tests/browser/every_page_axe.py

# FAULTS names some of its scripts: make faults FAULTS="proxies image".
faults: $(VENV)/installed-dev ## real processes killed and cut off, and what must hold all the same
	@TEST_DATABASE_URL="$(TEST_DATABASE_URL)" $(BIN)/python -m tests.faults $(FAULTS)

style: $(VENV)/installed-dev ## our sizes beside those of code worth reading
	@$(BIN)/python tests/style.py

screenshots: $(VENV)/installed-dev ## docs/screenshots, taken from a fresh demo shop
	@$(BIN)/python tests/screenshots.py

messages: $(VENV)/installed-dev ## collect the texts, and compile the catalogues
	@mkdir -p var
	@$(BIN)/pybabel --quiet extract --mapping babel.cfg $(KEYWORDS) --add-comments Translators: --no-location \
		--project Shopadmin --output var/django.pot .
	@$(BIN)/pybabel --quiet update --domain django --output-dir locale --input-file var/django.pot \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	@$(BIN)/pybabel --quiet compile --domain django --directory locale

lock: ## pin what pyproject.toml asks for, with hashes (needs uv)
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		pyproject.toml --extra s3 --output-file requirements-s3.lock
	uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-header \
		pyproject.toml --extra dev --output-file requirements-dev.lock
