# Everything lives in .venv; the only things this file needs are make and Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run build test lint format lock clean bench-endpoint bench-endpoint-load

run: build ## build the graph if anything changed, then serve it on 127.0.0.1
	$(BIN)/phancong serve --port $(PORT)

build: .venv/run.stamp ## build, validate and publish a release in releases/
	$(BIN)/phancong build

test: .venv/dev.stamp conformance-tools ## lint, type-check and run all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest --numprocesses 2 --dist loadfile

# What harvests and checks our catalogue as others do: CKAN's parser (AGPL) and mlcroissant. A tool beside the project,
# never a part of it, so it has an environment of its own; without it the tests that need it are skipped.
.PHONY: conformance-tools
conformance-tools: ## install the tools of others that tests run against a release, once
	@$(MAKE) --no-print-directory .venv-conformance/stamp || \
		echo "conformance tools could not be installed: the tests that need them are skipped"

.venv-conformance/stamp: requirements/conformance.txt
	$(PYTHON) -m venv .venv-conformance
	.venv-conformance/bin/pip install --quiet --disable-pip-version-check --require-hashes -r $<
	.venv-conformance/bin/python -c 'import ckan.logic.action.create, ckan.logic.action.delete, ckanext.dcat.processors, mlcroissant'
	touch $@

lint: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy

format: .venv/dev.stamp
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# pip-tools writes the lock files; neither an index nor a path of this machine gets into them.
LOCK := $(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
lock: .venv/dev.stamp ## renew requirements/*.txt from pyproject.toml
	$(BIN)/pip install --quiet pip-tools
	$(LOCK) --extra build -o requirements/run.txt pyproject.toml
	$(LOCK) --extra build --extra dev -o requirements/dev.txt pyproject.toml
	$(LOCK) -o requirements/conformance.txt requirements/conformance.in

bench-endpoint: .venv/dev.stamp build ## the endpoint against two others over HTTP
	$(BIN)/python bench/endpoint.py

bench-endpoint-load: .venv/dev.stamp build ## hostile queries, and a result of a million rows
	$(BIN)/python bench/endpoint_load.py

clean: ## remove the environment, caches and releases
	rm -rf .venv .venv-conformance releases build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/run.stamp: requirements/run.txt pyproject.toml | .venv
	$(call install,requirements/run.txt)
	touch $@

.venv/dev.stamp: requirements/dev.txt pyproject.toml | .venv
	$(call install,requirements/dev.txt)
	touch .venv/run.stamp $@

.venv:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "phancong needs Python 3.11 or newer; set PYTHON=…")'
	$(PYTHON) -m venv .venv

define install
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
endef
