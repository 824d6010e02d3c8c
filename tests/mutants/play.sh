#!/bin/sh
# play.sh TREE PLANTED_TREE JOBS [NAME...]: plays the scenario suite, without recordings, against every mutant (or those named) and
# prints what convicted each. `./dev mutants` calls it. Fails when a mutant survives that survivors.txt does not list, when one that it
# lists is convicted, and when fewer than 95 % are convicted.
set -u
tree=$1 planted=$2 jobs=$3
shift 3
names=" $* "
mutants=$tree/build/release/tests/mutants/casewire_mutants
casewire=$planted/build/release/scenarios/cli/casewire
suite=$tree/scenarios/suite
out=$tree/build/mutants/verdicts
rm -rf "$out" && mkdir -p "$out"

# play_one NUMBER FILE NAME KIND WRONG: writes one line, tab-separated: verdict, name, scenarios that turned red, the first of them.
# The simulated ring has the bridge in its own process, and its environment. What lies under it (the durable store, the program) needs
# the real one, which gets nothing of the environment but by --bridge-env. The feature that convicted this mutant before is played first:
# the whole suite is needed only where that has changed, and for those that survive.
cat >"$out/play_one" <<'PLAY'
#!/bin/sh
number=$1 file=$2 name=$3
before=$(sed -n "s/^$name: //p" "$convicted_by")
case $file in
  bridge/store/sqlite* | bridge/program/* | bridge/orgs/* | bridge/log/*) longest=900 && set -- --bridge-env CASEWIRE_PLANTED="$number" ;;
  *) longest=120 && set -- --simulated && export CASEWIRE_PLANTED="$number" ;;
esac
log=$out/$name.log
play() { timeout -k 10 "$longest" "$casewire" run --tag '~@recording' --fail-fast -j 1 "$@" >"$log" 2>&1; }
code=0
if [ -n "$before" ] && [ -f "$suite/$before" ]; then play "$@" "$suite/$before"; code=$?; fi
if [ "$code" = 0 ]; then play "$@" "$suite"; code=$?; fi
red=$(grep -c '^\[.*\] failed ' "$log")
first=$(sed -n 's/^\[.*\] failed *\([^ ]*\).*/\1/p' "$log" | head -n 1)
case $code in
  0) verdict=survived ;;
  1) verdict=convicted ;;
  124 | 137) verdict=endless ;;              # time did not end: nobody was convicted
  134 | 136 | 139) verdict=convicted first=crashed ;;
  *) verdict=unknown ;;
esac
printf '%s\t%s\t%s\t%s\n' "$verdict" "$name" "$red" "$first" >"$out/$name.verdict"
[ -t 1 ] && printf '%-10s %-44s %3s red  %s\n' "$verdict" "$name" "$red" "$first"
exit 0
PLAY
chmod +x "$out/play_one"
convicted_by=$tree/tests/mutants/convicted_by.txt
export out casewire suite convicted_by

# The right bridge first: what is red with it convicts nobody.
if ! "$casewire" run --simulated --tag '~@recording' "$suite" >"$out/control.log" 2>&1; then
  tail -n 20 "$out/control.log" >&2
  echo "mutants: the suite is not green with the right bridge" >&2
  exit 3
fi
"$mutants" list "$tree" | while IFS='	' read -r number file name kind wrong; do
  if [ "$names" != "  " ]; then case $names in *" $name "*) ;; *) continue ;; esac; fi
  printf '%s\n%s\n%s\n' "$number" "$file" "$name"
done | xargs -n 3 -P "$jobs" "$out/play_one"

cat "$out"/*.verdict | sort >"$out/all"
# After a whole run this may take the place of tests/mutants/convicted_by.txt.
sed -n "s|^convicted\t\([^\t]*\)\t[^\t]*\t.*scenarios/suite/\([^:]*\):.*|\1: \2|p" "$out/all" >"$out/convicted_by.txt"
awk -F '\t' -v listed="$tree/tests/mutants/survivors.txt" -v whole="$names" '
  BEGIN { while ((getline line < listed) > 0) if (line !~ /^#/ && line != "") { name = line; sub(/:.*/, "", name); reason[name] = line } }
  { total++; count[$1]++; seen[$2] = 1
    if ($1 == "convicted" && $2 in reason) { print "listed as a survivor, but convicted: " $2; bad = 1 }
    if ($1 != "convicted") { if ($2 in reason) print $1 " (listed): " reason[$2]; else { print $1 ": " $2; bad = 1 } } }
  END {
    if (total == 0) { print "no mutant was played"; exit 4 }
    for (name in reason) if (whole == "  " && !(name in seen)) { print "listed as a survivor, but there is no such mutant: " name; bad = 1 }
    printf "%d of %d mutants convicted (%.1f %%)\n", count["convicted"], total, 100 * count["convicted"] / total
    exit (bad || (whole == "  " && count["convicted"] < 0.95 * total)) ? 1 : 0
  }' "$out/all"
