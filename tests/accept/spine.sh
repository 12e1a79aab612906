#!/bin/sh
# The bars of the spine, one row each: line, required, measured, verdict. Exit code = verdict.
# --quick runs a subset in under 60 s from a built tree. Called by `./dev accept spine`.
set -eu
cd "$(dirname "$0")/../.."
exec python3 tests/accept/spine.py "$@"
