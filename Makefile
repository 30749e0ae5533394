# Everything here sets itself up first: it makes .venv from the locks, once. Works with GNU Make 3.81 and any POSIX sh.
.POSIX:
.NOTPARALLEL:
.PHONY: help demo test lint bench lock picture clean run-env dev-env
export PYTHON

help: ## Show this list (the default)
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

demo: run-env ## Read the sample articles, ask three questions, print a digest
	@.venv/bin/python -m adapters.terminal.demo

# With bytecode, of which some machines write none: else each of the many processes that tests start compiles everything anew.
test: dev-env ## Run every test
	@PYTHONDONTWRITEBYTECODE= .venv/bin/python -m pytest -q -n auto --dist worksteal $(ARGS)

lint: dev-env ## Check style, types, floors and dependencies
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@.venv/bin/deptry .

bench: dev-env ## Measure reading, feeds, quoting, asking, Slack, Discord and digests
	@./.ci/bench
	@.venv/bin/python -m benchmarks $(ARGS)

lock: dev-env ## Write the locks anew from pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(ARGS) \
		--group dev --output-file requirements-dev.lock pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(ARGS) \
		--group build --constraints requirements-dev.lock --output-file requirements.lock pyproject.toml
	@.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" $(ARGS) \
		--group bench --constraints requirements-dev.lock --output-file requirements-bench.lock

picture: dev-env ## Draw the pictures of the README from real runs (those of Slack and Discord need Chromium)
	@.venv/bin/python -m docs.picture
	@.venv/bin/python -m docs.slack_pictures
	@.venv/bin/python -m docs.discord_pictures

clean: ## Remove .venv and every cache
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-env:
	@./.ci/setup run

dev-env:
	@./.ci/setup dev
