# Everything a fresh machine with Python 3.11 needs is set up by the targets themselves.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PORT ?= 8080
VSCODE := editors/vscode
# Where the machine forbids it, each of the hundred processes of the tests would compile the same modules again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: setup run test explore check format lint types security audit sbom docs articles docs-fresh bench lock languagetool vscode clean

setup: .venv/installed  ## the environment in .venv, with the command at .venv/bin/copydesk

.venv/installed: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

languagetool: setup  ## LanguageTool 6.8 into the user's cache, when it is missing
	@$(BIN)/copydesk languagetool install || \
		echo "LanguageTool could not be installed: the embedded engine works alone."

run: setup languagetool  ## the service on http://127.0.0.1:8080
	$(BIN)/copydesk serve --port $(PORT)

test: setup languagetool  ## all tests
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

explore: setup languagetool  ## the property tests, each with a thousand new examples
	$(BIN)/python -m pytest --numprocesses auto --hypothesis-profile explore -m hypothesis

check: setup format lint types security docs-fresh test  ## what CI runs

format: setup
	$(BIN)/ruff format --check .

lint: setup
	$(BIN)/ruff check .

types: setup
	$(BIN)/mypy

security: setup  ## faults that bandit knows
	$(BIN)/bandit --quiet --configfile pyproject.toml --recursive service

audit: setup  ## known faults of what is installed with the service; asks the index it knows, and fails where it cannot
	$(BIN)/pip-audit --strict --requirement requirements.lock --require-hashes --disable-pip --progress-spinner off

sbom: setup  ## dist/sbom.json: what is installed with the service (CycloneDX)
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements --pyproject pyproject.toml --output-reproducible -o dist/sbom.json requirements.lock

docs: setup  ## writes the generated pages
	$(BIN)/copydesk rules reference > docs/rules.md

articles: setup  ## writes the expected findings of tests/articles; read the difference
	PYTHONPATH=. $(BIN)/python tests/test_articles.py

docs-fresh: setup
	@$(BIN)/copydesk rules reference | cmp - docs/rules.md || { echo "docs/rules.md is stale: make docs"; exit 1; }

vscode: $(VSCODE)/node_modules/.package-lock.json  ## dist/copydesk.vsix: the extension for VS Code; needs npm
	mkdir -p dist
	cd $(VSCODE) && npm run --silent package -- --out $(CURDIR)/dist/copydesk.vsix

# No scripts of packages are run: the bundler's binary is a package of its own.
$(VSCODE)/node_modules/.package-lock.json: $(VSCODE)/package-lock.json
	cd $(VSCODE) && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

bench: setup languagetool .venv/benched  ## measures, and writes docs/benchmarks.md
	$(BIN)/python -m benchmarks

.venv/benched: requirements-bench.lock .venv/installed
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	touch $@

lock: setup  ## pins the newest versions that pyproject.toml allows
	$(BIN)/uv pip compile pyproject.toml $(RUN) $(LOCK) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml $(RUN) --extra dev $(LOCK) -o requirements-dev.lock
	$(BIN)/uv pip compile pyproject.toml $(RUN) --extra dev --extra bench $(LOCK) -o requirements-bench.lock
	printf 'setuptools>=80\nwheel\n' | $(BIN)/uv pip compile - $(LOCK) -o requirements-build.lock

RUN := --extra languages --extra languagetool --extra syntax --extra documents --extra bitext --extra lsp --extra redis \
	--extra postgres --extra otel
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links

clean:
	rm -rf .venv build dist *.egg-info service/*.egg-info $(VSCODE)/dist $(VSCODE)/node_modules
