#!/bin/sh
# Both README commands in a fresh Debian 12 root made with debootstrap, from the mirror that this
# machine's apt uses. Needs root and the package debootstrap. Builds what is committed.
# Prints `time <step> <seconds>` and `cpu <step> <seconds>` lines, the second being the processor time
# of all its processes, which other work on the machine does not change; exit code 0 if every step
# succeeded.
#
#   install     packages for all that follows
#   run         ./dev run --for 20s, building the programs first
#   run_again   the same, built already
#   test        ./dev test, when all is built
#   build       a clean build of everything, each file once: what `run` took longer than
#               `run_again`, and ./dev build for the rest
set -eu
cd "$(dirname "$0")/../.."
source=$PWD
root=${SAGGAR_FRESH_ROOT:-/var/tmp/saggar-fresh}
die() { echo "fresh_debian: $*" >&2; exit 1; }
command -v debootstrap >/dev/null || die "needs the package debootstrap: ./dev setup accept"
[ "$(id -u)" -eq 0 ] || die "needs root, for debootstrap and chroot"
mirror=${SAGGAR_MIRROR:-$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(CREATED_BY)' |
  sed -n 's/^\([^ ]*\) bookworm main Packages$/\1/p' | head -n 1)}
[ -n "$mirror" ] || die "apt here knows no mirror of bookworm main; name one in SAGGAR_MIRROR"

# Never across a mount: what is still mounted is neither waited for nor removed.
clear_root() {
  umount "$root/proc" 2>/dev/null || true
  [ ! -d "$root" ] || rm -rf --one-file-system "$root"
}
trap clear_root EXIT
trap 'exit 130' INT TERM
clear_root

inside() {
  env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LC_ALL=C.UTF-8 \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
    chroot "$root" sh -c "cd /src/saggar && $1" </dev/null
}
# Processor time of all children so far in whole seconds, into `cpu`. Not in $( ): a subshell has
# children of its own.
read_cpu() {
  times >"$root/times"
  cpu=$(tail -n 1 "$root/times" | tr 'ms' '  ' | awk '{printf "%.0f", 60 * $1 + $2 + 60 * $3 + $4}')
}
# timed STEP COMMAND : sets `took` and `used`.
timed() {
  echo "== $1: $2"
  began=$(date +%s)
  read_cpu
  used=$cpu
  inside "$2" || die "$1 failed: $2"
  took=$(($(date +%s) - began))
  read_cpu
  used=$((cpu - used))
  echo "time $1 $took"
  echo "cpu $1 $used"
}

echo "== a fresh root"
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >/dev/null
# How to reach the mirror (proxy, dates of a frozen one), but no further sources.
for part in apt.conf apt.conf.d auth.conf.d; do
  [ ! -e "/etc/apt/$part" ] || cp -r "/etc/apt/$part" "$root/etc/apt/"
done
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mkdir -p "$root/src"
git -c safe.directory="$source" clone -q --depth 1 "file://$source" "$root/src/saggar"

timed install "./dev setup core test bench"
timed run "./dev run --for 20s"
run_s=$took run_cpu_s=$used
timed run_again "./dev run --for 20s"
programs_s=$((run_s - took)) programs_cpu_s=$((run_cpu_s - used))
timed build_rest "./dev build"
echo "time build $((programs_s + took))"
echo "cpu build $((programs_cpu_s + used))"
timed test "./dev test"
