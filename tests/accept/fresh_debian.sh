#!/bin/sh
# Both README commands in a fresh Debian 12 root made with debootstrap. Needs root and the network.
# Prints `time <step> <seconds>` lines; exit code 0 if both commands succeeded.
set -eu
cd "$(dirname "$0")/../.."
source=$PWD
root=${SAGGAR_FRESH_ROOT:-/var/tmp/saggar-fresh}
command -v debootstrap >/dev/null || { echo "fresh_debian: needs the package debootstrap" >&2; exit 1; }
[ "$(id -u)" -eq 0 ] || { echo "fresh_debian: needs root, for debootstrap and chroot" >&2; exit 1; }

release() {
  for place in proc dev/pts dev sys; do umount "$root/$place" 2>/dev/null || true; done
}
trap release EXIT
release
rm -rf "$root"
mirror=$(sed -n 's/^deb[^h]*\(http[^ ]*\).*/\1/p; s/^URIs: *\(http[^ ]*\).*/\1/p' \
  /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
debootstrap --variant=minbase --include=ca-certificates bookworm "$root" "$mirror" >/dev/null
cp -r /etc/apt/. "$root/etc/apt/"
cp /etc/resolv.conf /etc/hosts "$root/etc/" 2>/dev/null || true
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod +x "$root/usr/sbin/policy-rc.d"
mount -t proc proc "$root/proc"
mount --bind /dev "$root/dev"
mkdir -p "$root/src"
git -C "$source" archive --prefix=saggar/ HEAD | tar -x -C "$root/src"

inside() {
  env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin TERM=dumb LC_ALL=C.UTF-8 \
    http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" \
    chroot "$root" sh -c "cd /src/saggar && $1"
}
timed() {
  name=$1
  began=$(date +%s.%N)
  inside "$2"
  ended=$(date +%s.%N)
  echo "time $name $(echo "$ended $began" | awk '{printf "%.0f", $1 - $2}')"
}

timed install "./dev setup core"
timed run "./dev run --for 20s"
timed test_first "./dev test"
inside "rm -rf build"
timed build "./dev build"
timed test "./dev test"
