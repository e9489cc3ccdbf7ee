# What can be made here; `make help` lists it.

PYTHON := .venv/bin/python
# A file of tests stays on one core, with its database server and its browser.
BOTH_CORES := -n 2 --dist loadfile
CODE := $(wildcard voting assemblies bench tests)
.DEFAULT_GOAL := help
.PHONY: help run test quick check fix bench samples screenshots lock clean

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## Set everything up and start the site on http://localhost:8000 (PORT=9000 for another port)
	@sh deploy/setup.sh run
	@exec $(PYTHON) -m assemblies.cli serve

test: ## Set everything up and run every check and every test, on both databases and in a browser
	@sh deploy/setup.sh test
	@$(MAKE) --no-print-directory check
	$(PYTHON) -m pytest -q $(BOTH_CORES) --ignore=tests/journeys --cov --cov-report=term
	$(PYTHON) -m pytest -q $(BOTH_CORES) tests/journeys

quick: ## In seconds: style, types and the core's tests
	@sh deploy/setup.sh quick
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m mypy $(CODE)
	$(PYTHON) -m pytest -q tests/voting

check: ## Style, types, import contracts, templates and house rules, without the tests
	@sh deploy/setup.sh quick
	$(PYTHON) -m ruff format --check $(CODE)
	$(PYTHON) -m ruff check $(CODE)
	$(PYTHON) -m mypy $(CODE)
	.venv/bin/lint-imports --no-logo
	.venv/bin/djlint --lint --quiet templates
	$(PYTHON) -m pytest -q tests/test_house_rules.py tests/test_core_stands_alone.py

fix: ## Format the code and mend what can be mended by itself
	@sh deploy/setup.sh quick
	$(PYTHON) -m ruff check --fix $(CODE)
	$(PYTHON) -m ruff format $(CODE)

bench: ## Measure speed and size; prints a table and writes out/bench.json
	@sh deploy/setup.sh test
	$(PYTHON) -m bench

samples: ## Run one simulated assembly and write everything it prints or exports into out/
	@sh deploy/setup.sh run
	$(PYTHON) -m assemblies.cli samples

screenshots: ## Take the pictures of docs/screenshots/ again
	@sh deploy/setup.sh test
	$(PYTHON) -m tests.journeys.screenshots

lock: ## Write deploy/requirements*.txt again from pyproject.toml
	@sh deploy/setup.sh quick
	sh deploy/lock.sh

clean: ## Remove what can be made again; the data in instance/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage htmlcov out
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
