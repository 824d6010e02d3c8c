#!/bin/sh
# play.sh CASEWIRE RING FOLDER: plays the suite in that ring, and leaves in FOLDER what it said and what the tests beside this file read. Of real
# processes, which need thirty times as long, a sixth; ./dev run plays the suite with them, and ./dev playback has all of it here.
set -eu
casewire=$1 ring=$2 left=$3
rm -rf "$left"
mkdir -p "$left"
case $ring in
  simulated) set -- --simulated --json "$left/run.json" --journal "$left/journal" --har "$left/recordings" ;;
  process)
    share="--shard 1/6"
    [ "${CASEWIRE_PLAYED_BACK:-}" != all ] || share=
    # shellcheck disable=SC2086  # two words, or none
    set -- --html "$left/report.html" --har "$left/recordings" $share
    ;;
esac
"$casewire" run scenarios/suite --junit "$left/junit.xml" "$@" >"$left/said.txt" 2>&1 || {
  code=$?
  cat "$left/said.txt"
  exit "$code"
}
tail -n 2 "$left/said.txt"
