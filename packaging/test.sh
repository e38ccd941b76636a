#!/usr/bin/env bash
# Checks everything: the same set-up as run.sh with the development tools, then style, contracts, types and tests.
# Stops at the first step that fails.
set -euo pipefail
# shellcheck source=packaging/setup.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/setup.sh"

# step TITLE COMMAND...: runs one check under a headline.
step() {
  printf '\n=== %s\n' "$1"
  shift
  "$@" || die "failed after ${SECONDS} s: $*"
}

covered() {
  "$venv/bin/coverage" report --skip-covered --include="$1/*" --fail-under="$2"
}

# The end-to-end tests start an X server and a window manager of their own and move a real pointer.
tools() {
  local each
  for each in Xvfb openbox xdotool import; do
    if ! command -v "$each" >/dev/null; then
      system_packages "tools that the end-to-end tests need" xvfb openbox xdotool imagemagick
      return
    fi
  done
}

set_up "$all_extras"
qt_libraries
tools
cd -- "$root"
PATH=$venv/bin:$PATH
step "ruff check" ruff check .
step "ruff format" ruff format --check .
step "import contracts" lint-imports --no-cache  # a stale one has hidden a broken contract
step "mypy --strict" mypy
step "tests" pytest -q --cov --cov-report= "$@"
step "coverage of the core, by branch" covered f2v_core 90
step "coverage of the app, by branch" covered f2v_app 80
printf '\n=== all good after %d min %d s\n' $((SECONDS / 60)) $((SECONDS % 60))
