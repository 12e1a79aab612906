#!/bin/sh
# The bars of a kiln that tells the truth, one row each: line, required, measured, verdict. Exit code =
# verdict. --quick shortens the runs. Called by `./dev accept kiln`.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/accept/kiln.py "$@"
