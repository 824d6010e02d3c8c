#!/bin/sh
# play.sh CASEWIRE RING FOLDER: plays the suite in that ring, and leaves in FOLDER what it said and what the tests beside this file read.
set -eu
casewire=$1 ring=$2 left=$3
rm -rf "$left"
mkdir -p "$left"
case $ring in
  simulated) set -- --simulated --json "$left/run.json" --journal "$left/journal" --har "$left/recordings" ;;
  process) set -- --html "$left/report.html" --har "$left/recordings" ;;
esac
"$casewire" run scenarios/suite --junit "$left/junit.xml" "$@" >"$left/said.txt" 2>&1 || {
  code=$?
  cat "$left/said.txt"
  exit "$code"
}
tail -n 2 "$left/said.txt"
