#!/bin/sh
# The bars of seeing the powder and planning ahead, one row each: line, required, measured, verdict. Exit
# code = verdict. --quick shortens the runs, --only 4,7 picks bars. Called by `./dev accept mpc`.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/accept/mpc.py "$@"
