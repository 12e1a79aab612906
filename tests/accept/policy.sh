#!/bin/sh
# The bars of the learned policy, one row each: line, required, measured, verdict. Exit code = verdict.
# --quick shortens the runs, --only 1,4 picks bars. Called by `./dev accept policy`.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/accept/policy.py "$@"
