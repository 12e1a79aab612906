#!/bin/sh
# The main job on a simulated kiln: kiln P2 and the runtime as two processes over tcp loopback, a
# live view while there is a terminal, a summary table at the end, and the replay of the journal.
# Ctrl-C ends a run as --for does. The exit code is 0 only if kiln and runtime ran to the end, both
# ended well, and the journal replays.
# Usage: run_demo.sh [--for 60s] [--speed 60] [--seed N] [--ko], from the repository root
set -eu

bin=${SAGGAR_BIN:-build/release/bin}
site=${SAGGAR_SITE:-configs/site/simulated.toml}
var=${SAGGAR_VAR:-var}
seconds=0
speed=60
seed=
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

# Held by this script, the kiln and the runtime: free again when the last of them has ended.
mkdir -p "$var"
exec 9>>"$var/run.lock"
if ! flock -n 9; then
  echo "run: another run is at work here ($(tr '\n' ' ' <"$var/run.lock")); end it first" >&2
  exit 1
fi
: >"$var/run.lock"

journal=$var/run.journal
kiln_pid=
runtime_pid=
watch_pid=
interrupted=
failed=0
alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null; }
nap() { sleep "$1" || true; } # Ctrl-C ends a sleep too

# end NAME PID LOG : asks a process to end and judges how it did.
# A signal can come while a child is still this shell, which would swallow it: so again and again.
# Nothing is waited for longer than 20 s.
end() {
  [ -n "$2" ] || return 0
  tries=0
  sent_away=
  [ "$1" != view ] || ! alive "$2" || sent_away=yes # it may not even have started
  while alive "$2"; do
    if [ "$tries" -lt 100 ]; then signal=TERM; else signal=KILL; fi
    kill "-$signal" "$2" 2>/dev/null || true
    tries=$((tries + 1))
    nap 0.2
  done
  code=0
  wait "$2" 2>/dev/null || code=$?
  [ "$code" -ne 0 ] && [ -z "$sent_away" ] || return 0
  failed=1
  echo "run: the $1 ended with exit code $code; the last lines of $3:" >&2
  tail -n 5 "$3" >&2
}
# Ends all three; of what ended by itself the exit code was kept until it is asked for here.
stop() {
  trap '' INT TERM
  end view "$watch_pid" "$var/watch.log"
  end runtime "$runtime_pid" "$var/runtime.log"
  end kiln "$kiln_pid" "$var/kiln.log"
  watch_pid='' runtime_pid='' kiln_pid=''
  : >"$var/run.lock"
  trap - INT TERM EXIT
}
give_up() {
  echo "run: $1" >&2
  stop
  exit 1
}
trap 'interrupted=yes' INT TERM
trap stop EXIT

echo "run: kiln P2 at ${speed} x real time, plant ${seed:-nominal}; the runtime drives its 60 loops by PID trims"
"$bin/saggar" kiln configs/kiln/p2.toml --plant configs/kiln/p2.plant.toml \
  --recipe configs/recipes/ncm811-p2.toml --site "$site" \
  --speed "$speed" ${seed:+--seed "$seed"} >"$var/kiln.log" 2>&1 &
kiln_pid=$!
echo "kiln $kiln_pid" >>"$var/run.lock"
nap 1
[ -z "$interrupted" ] || give_up "ended before it began"
alive "$kiln_pid" || give_up "the kiln did not start; is one running already?"
if "$bin/saggar" status --site "$site" --timeout 0.5 >/dev/null 2>&1; then
  give_up "a runtime answers already on the operator link of $site; end it first"
fi

rm -f "$journal" "$journal-wal" "$journal-shm"
"$bin/saggar" run --site "$site" --journal "$journal" --quiet \
  --summary "$var/summary.json" --force --switch-on heat >"$var/summary.txt" 2>"$var/runtime.log" &
runtime_pid=$!
echo "runtime $runtime_pid" >>"$var/run.lock"
nap 1
[ -z "$interrupted" ] || give_up "ended before it began"
alive "$runtime_pid" || give_up "the runtime did not start"

"$bin/saggar" watch --site "$site" --for "$seconds" $korean 2>"$var/watch.log" &
watch_pid=$!
echo "view $watch_pid" >>"$var/run.lock"
while [ -z "$interrupted" ] && alive "$watch_pid" && alive "$runtime_pid" && alive "$kiln_pid"; do
  nap 0.5
done
if [ -z "$interrupted" ]; then
  for who in "runtime $runtime_pid" "kiln $kiln_pid"; do
    if ! alive "${who#* }"; then
      failed=1
      echo "run: the ${who% *} ended in mid-run, log in $var/${who% *}.log" >&2
    fi
  done
fi
stop

echo
cat "$var/summary.txt"
echo
"$bin/saggar" replay "$journal" || failed=1
exit "$failed"
