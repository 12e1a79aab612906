#!/bin/sh
# clang-tidy over the folders whose faults would reach a kiln: values, decisions, laws and the loader.
# The rest is left to the compiler's warnings, the sanitizers and the fuzzers: 0.3 to 30 s a file
# would take longer than the build. Usage: tidy.sh BUILD_FOLDER [JOBS]
set -eu
build=$1
jobs=${2:-2}
folders="runtime/domain runtime/estimate runtime/guard runtime/control runtime/actuate runtime/operate
  runtime/loop runtime/monitor runtime/promote plugins/host controllers hil/material hil/kiln hil/instruments hil/faults"
# shellcheck disable=SC2086  # a list of words on purpose
files=$(find $folders -name '*.cpp' 2>/dev/null | sort)
began=$(date +%s)
# The compile database is g++'s: its warnings are its own business. The counts of suppressed
# warnings in system headers are noise.
one='clang-tidy --quiet -p "$0" --extra-arg=-Wno-everything "$1" >"$2/$(basename "$1").txt" 2>&1 || {
  grep -v "warnings generated" "$2/$(basename "$1").txt"; exit 1; }'
notes=$(mktemp -d)
trap 'rm -rf "$notes"' EXIT
# shellcheck disable=SC2086
if printf '%s\n' $files | xargs -r -P "$jobs" -I '{}' sh -c "$one" "$build" '{}' "$notes"; then
  echo "clang-tidy: ok, $(printf '%s\n' $files | wc -l) files in $(($(date +%s) - began)) s"
else
  echo "clang-tidy: FAILED"
  exit 1
fi
