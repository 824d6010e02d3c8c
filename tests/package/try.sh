#!/bin/sh
# try.sh PACKAGE.deb FOLDER: installs the package in a bare Debian 12 as packaging/Dockerfile says, takes the network away, and goes from
# nothing to the first red scenario. Needs root, debootstrap, and Debian's packages; FOLDER keeps the bare system for the next time.
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
package=$1 folder=$2
bare=$folder/bookworm try=$folder/try
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}

say() { printf '%s\n' "package: $*"; }
clean() { umount "$try/proc" 2>/dev/null || :; }
trap clean EXIT

bytes=$(stat -c %s "$package")
say "$(basename "$package"): $((bytes / 1024)) KB, depends on $(dpkg-deb -f "$package" Depends | tr ',' '\n' | wc -l) packages"
[ "$bytes" -lt 10485760 ] || { say "over 10 MB"; exit 1; }

mkdir -p "$folder"
if [ ! -e "$bare/done" ]; then
  rm -rf "$bare"
  debootstrap --variant=minbase bookworm "$bare" "$mirror" >"$folder/debootstrap.log" || { tail "$folder/debootstrap.log"; exit 1; }
  touch "$bare/done"
fi
clean
rm -rf "$try"
cp -a "$bare" "$try"
cp /etc/resolv.conf /etc/hosts "$try/etc/"
mount -t proc proc "$try/proc"
cp "$package" "$try/tmp/"

started=$(date +%s)
install=$(sed -n 's/^RUN //p' "$here/packaging/Dockerfile")
chroot "$try" env DEBIAN_FRONTEND=noninteractive sh -euc "$install" >"$folder/install.log" 2>&1 || { tail -n 20 "$folder/install.log"; exit 1; }
say "installed in $(($(date +%s) - started)) s"

# A network namespace of its own has a loopback and nothing else.
started=$(date +%s)
unshare --net sh -euc 'ip link set lo up; exec chroot "$0" sh -euc "$1"' "$try" '
  mkdir /project && cd /project
  casewire init >/dev/null
  casewire run && green=yes
  sed -i "s/has 1 open case/has 2 open cases/" casewire/first.feature
  code=0; casewire run || code=$?
  [ "${green:-no} $code" = "yes 1" ] || exit 1
  test -s out/report.html && test -d out/failures
  casewire promises --no-config | tail -n 1
  casewire-bridge --version
  test -s /usr/share/man/man1/casewire.1.gz || test -s /usr/share/man/man1/casewire.1 || test ! -d /usr/share/man/man1
  test -s /lib/systemd/system/casewire-bridge.service' >"$folder/run.log" 2>&1 || { cat "$folder/run.log"; exit 1; }
seconds=$(($(date +%s) - started))
grep -A 6 "failed  casewire" "$folder/run.log" || :
tail -n 2 "$folder/run.log"
say "from nothing to the first red scenario, and the whole suite, without a network: $seconds s"
[ "$seconds" -lt 60 ] || exit 1
