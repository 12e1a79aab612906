#!/bin/sh
# The bars of the regression suites, one row each: line, required, measured, verdict. Exit code =
# verdict. --quick shortens the runs, --only 4,7 picks bars. Called by `./dev accept hil`.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/accept/hil.py "$@"
