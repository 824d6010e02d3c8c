#!/bin/sh
# shards.sh CASEWIRE: shards that were merged give the same reports as one run, byte for byte.
set -eu
casewire=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"  # what is remembered of runs stays here
# In an order of their own, as the command line has it.
run() { "$casewire" run --no-config --simulated "$root/tests/browser/verdicts.feature" "$root/scenarios/suite/takeover" "$@" >"$folder/said" 2>&1 || [ $? -eq 1 ] || { cat "$folder/said"; exit 1; }; }
kinds="html junit xunit json messages cucumber ctrf tap"
reports() { for kind in $kinds; do echo "--$kind $folder/$1.$kind"; done; }
merge() { "$casewire" merge "$@" >"$folder/merge" 2>&1 || [ $? -eq 1 ] || { cat "$folder/merge"; exit 1; }; }

# The first shard knows the times of the whole run, and so must the others.
# shellcheck disable=SC2046  # a list of words
{
  run $(reports whole)
  for shard in 1 2 3; do run --shard $shard/3 --json "$folder/$shard.json"; done
  # Of one file merge makes what the run itself made.
  merge "$folder/whole.json" $(reports again)
  for kind in $kinds; do cmp "$folder/whole.$kind" "$folder/again.$kind"; done
  # Nobody plays twice in the same time; of what took none, shards make the same as the whole run, to the byte.
  for file in whole 1 2 3; do
    sed -E 's/"real_ms":[0-9]+/"real_ms":0/g; s/"started_at":"[^"]*"/"started_at":"2026-01-05T09:00:00.000Z"/' "$folder/$file.json" >"$folder/$file.still.json"
  done
  merge "$folder/whole.still.json" $(reports one)
  merge "$folder/2.still.json" "$folder/3.still.json" "$folder/1.still.json" $(reports three)
  for kind in $kinds; do cmp "$folder/one.$kind" "$folder/three.$kind"; done
}
tail -n 1 "$folder/merge"

refuses() {  # CODE WORDS FILE...
  code=0 wanted=$1 words=$2
  shift 2
  "$casewire" merge "$@" >"$folder/refused" 2>&1 || code=$?
  [ $code -eq "$wanted" ] && grep -q "$words" "$folder/refused" || { cat "$folder/refused"; echo "ended with $code, not $wanted"; exit 1; }
}
refuses 2 'two of the files have' "$folder/1.json" "$folder/1.json"
# A machine that died must not make its scenarios green. Of one alone all is green.
"$casewire" run --no-config --simulated "$root/scenarios/suite/takeover" --shard 1/2 --json "$folder/half.json" >"$folder/said"
refuses 4 'missing is shard 2/2' "$folder/half.json"
refuses 2 'and others are of 3' "$folder/1.json" "$folder/half.json"
echo "one run and three shards say the same"
