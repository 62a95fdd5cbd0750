# Every recipe sets up what it needs: Python 3.11+ and pip are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=
READY := $(VENV)/.ready

.PHONY: demo test check unit wheel golden eval screens lock clean

## demo: serve the replay from loopback and run the whole way against it (ARGS="--once --out out")
demo: $(READY)
	@$(BIN)/newsdigest demo $(ARGS)

## test: everything CI runs: check, then the tests on both databases, the wheel included
test: check unit

## check: lint, format, types, the order of the layers, the lock file
check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@! grep -nE 'https?://' requirements.lock || (echo "requirements.lock names a host" && exit 1)

## unit: the tests, two side by side; then those that look at the clock, alone. With ARGS: pytest with these
unit: $(READY)
ifeq ($(strip $(ARGS)),)
	$(BIN)/pytest -n 2 --dist loadfile -m "not long and not timing"
	$(BIN)/pytest -m timing
else
	$(BIN)/pytest $(ARGS)
endif

## golden: refresh the golden files after you have read the difference
golden: $(READY)
	$(BIN)/pytest --snapshot-update $(ARGS)

## eval: score a stage on labelled data (ARGS="clusters FILE")
eval: $(READY)
	$(BIN)/python -m tests.evals $(ARGS)

## lock: resolve the dependencies again
lock: $(READY)
	$(BIN)/uv lock --upgrade
	$(BIN)/uv export -q --format requirements-txt --no-emit-project --all-groups -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || { command -v uv >/dev/null && ln -sf "$$(command -v uv)" $(BIN)/uv; } || $(BIN)/python -m pip install -q uv
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --require-hashes -r requirements.lock
	@VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install -q --no-deps -e .
	@touch $(READY)

## clean: remove what was built
clean:
	rm -rf $(VENV) dist build out
