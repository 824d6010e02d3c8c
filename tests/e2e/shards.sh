#!/bin/sh
# shards.sh CASEWIRE: shards that were merged give the same reports as one run, byte for byte but for how long things took.
set -eu
casewire=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"  # what is remembered of runs stays here
run() { "$casewire" run --no-config --simulated "$root/scenarios/suite/takeover" "$root/tests/browser/verdicts.feature" "$@" >"$folder/said" 2>&1 || [ $? -eq 1 ] || { cat "$folder/said"; exit 1; }; }
reports() { echo "--junit $folder/$1.junit --tap $folder/$1.tap --ctrf $folder/$1.ctrf --cucumber $folder/$1.cucumber --html $folder/$1.html"; }

# The first shard knows the times of the whole run, and so must the others.
# shellcheck disable=SC2046  # a list of words
{
  run --json "$folder/whole.json" $(reports whole)
  run --shard 1/3 --json "$folder/1.json"
  run --shard 2/3 --json "$folder/2.json"
  run --shard 3/3 --json "$folder/3.json"
  ! "$casewire" merge "$folder/1.json" "$folder/1.json" >"$folder/twice" 2>&1
  grep -q 'two of the files have' "$folder/twice"
  "$casewire" merge "$folder/2.json" "$folder/3.json" "$folder/1.json" $(reports merged) >"$folder/merge" || [ $? -eq 1 ]
  # Of one file merge makes what the run itself made, times too.
  "$casewire" merge "$folder/whole.json" $(reports again) >/dev/null || [ $? -eq 1 ]
}
for kind in junit tap ctrf cucumber html; do
  cmp "$folder/whole.$kind" "$folder/again.$kind"
done
timeless() {
  sed -E 's/ time="[^"]*"//g; s/ timestamp="[^"]*"//g; s/"(duration|start|stop|startTime|startTestRun)" ?: ?[0-9]+//g; s/duration_ms: [0-9.]+//; s/ --shard [0-9]\/[0-9]//g' "$1"
}
for kind in junit tap ctrf cucumber; do
  timeless "$folder/whole.$kind" >"$folder/a"
  timeless "$folder/merged.$kind" >"$folder/b"
  cmp "$folder/a" "$folder/b" || { diff "$folder/a" "$folder/b" | head -n 20; exit 1; }
done
tail -n 1 "$folder/merge"
echo "one run and three shards say the same"
