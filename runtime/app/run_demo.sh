#!/bin/sh
# The main job on a simulated kiln: kiln P2 and the runtime as two processes over tcp loopback, a
# live view while there is a terminal, a summary table at the end, and the replay of the journal.
# Usage: run_demo.sh [--for 60s] [--speed 60] [--seed 1] [--ko], from the repository root
set -eu

bin=${SAGGAR_BIN:-build/release/bin}
seconds=0
speed=60
seed=1
korean=
while [ $# -gt 0 ]; do
  case $1 in
    --for) seconds=${2%s}; shift 2 ;;
    --for=*) seconds=${1#--for=}; seconds=${seconds%s}; shift ;;
    --speed) speed=$2; shift 2 ;;
    --seed) seed=$2; shift 2 ;;
    --ko) korean=--ko; shift ;;
    *) echo "run: unknown argument '$1'; known are --for SECONDS, --speed FACTOR, --seed N, --ko" >&2; exit 2 ;;
  esac
done
case $seconds in ''|*[!0-9]*) echo "run: --for wants whole seconds such as 60s" >&2; exit 2 ;; esac
if [ "$seconds" -eq 0 ] && [ ! -t 1 ]; then
  seconds=60
  echo "run: no terminal, so this ends after 60 s (choose with --for)"
fi

mkdir -p var
journal=var/run.journal
rm -f "$journal" "$journal-wal" "$journal-shm"
kiln_pid=
runtime_pid=
stop() {
  [ -z "$runtime_pid" ] || kill -TERM "$runtime_pid" 2>/dev/null || true
  [ -z "$runtime_pid" ] || wait "$runtime_pid" 2>/dev/null || true
  [ -z "$kiln_pid" ] || kill -TERM "$kiln_pid" 2>/dev/null || true
  [ -z "$kiln_pid" ] || wait "$kiln_pid" 2>/dev/null || true
}
trap 'stop; exit 130' INT TERM

echo "run: kiln P2 at ${speed} x real time, seed ${seed}; the runtime drives its 60 loops by PID trims"
"$bin/saggar" kiln configs/kiln/p2.toml --plant configs/kiln/p2.plant.toml \
  --recipe configs/recipes/ncm811-p2.toml --site configs/site/simulated.toml \
  --speed "$speed" --seed "$seed" >var/kiln.log 2>&1 &
kiln_pid=$!
"$bin/saggar" run --site configs/site/simulated.toml --journal "$journal" --quiet \
  --summary var/summary.json --switch-on heat >var/summary.txt 2>var/runtime.log &
runtime_pid=$!

sleep 1
for who in "kiln $kiln_pid var/kiln.log" "runtime $runtime_pid var/runtime.log"; do
  set -- $who
  if ! kill -0 "$2" 2>/dev/null; then
    echo "run: the $1 did not start; it says:" >&2
    cat "$3" >&2
    stop
    exit 1
  fi
done
"$bin/saggar" watch --site configs/site/simulated.toml --for "$seconds" $korean || true
stop

echo
cat var/summary.txt
echo
"$bin/saggar" replay "$journal"
