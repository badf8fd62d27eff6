# Seven words: run, test, check, bench, package, lock, translations, and three long tests: torture, corpus, e2e.
# CONTRIBUTING.md says more.
# All of them set up what they need first, and are quick when that is done.

PYTHON3 ?= python3
BIN := .venv/bin

.PHONY: run test check bench torture corpus e2e package lock translations setup-run setup-test setup-package
.DEFAULT_GOAL := run

# The window; without a display the same job in the terminal.
run: setup-run
	@if [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" = Darwin ]; then \
		exec $(BIN)/visita; \
	else \
		echo 'No display: running the same job in the terminal on the demo photos.'; \
		exec $(BIN)/visita demo; \
	fi

# All tests; no screen, no network, no GPU. ARGS goes to pytest: make test ARGS='tests/cli -x'
test: setup-test
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(ARGS)

check: setup-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache --no-logo

# Speeds, printed: indexing against mere decoding, and queries in a large library.
bench: setup-run
	@$(BIN)/python -m tests.bench $(ARGS)

# Installers for this system, in dist/, and a trial run of each.
package: setup-package
	@.venv-package/bin/python packaging/installer $(ARGS)

# Indexers and index owners are killed, files damaged, disks filled: 500 rounds, and a table.
torture: setup-test
	@$(BIN)/python -m tests.torture $(ARGS)

# The test images of Pillow and pillow-heif (downloaded once), and damaged copies: a table.
corpus: setup-test
	@$(BIN)/python -m tests.corpus $(ARGS)

# The real window on a virtual screen, driven by keys and mouse; pictures of every step.
e2e: setup-test
	@$(BIN)/python -m tests.end_to_end $(ARGS)

# The lock files; UPGRADE=1 takes the newest versions that pyproject.toml allows.
lock: setup-test
	@$(BIN)/python packaging/lock.py $(if $(UPGRADE),--upgrade)

# What is new in the window goes into the .ts files, and they are compiled; 1 if anything is left.
translations: setup-run
	@$(BIN)/python packaging/translations.py

setup-run:
	@$(PYTHON3) packaging/setup_environment.py run

setup-test:
	@$(PYTHON3) packaging/setup_environment.py test

setup-package:
	@$(PYTHON3) packaging/setup_environment.py package
