#!/bin/sh
# commands.sh CASEWIRE: what the pages say can be typed. Every `casewire` and `./dev` command in a block of README.md, llms.txt or docs/ names a
# command and options that there are; files of this tree that a command names are there; every test that docs/compare.md names is one.
set -u
casewire=$1
cd "$(dirname "$0")/../.." || exit 2
help=$(mktemp -d) || exit 2
trap 'rm -rf "$help"' EXIT
"$casewire" --help >"$help/all"
./dev help >"$help/dev"
bad=0
complain() { echo "$1"; bad=$((bad + 1)); }

# FILE:LINE command, with lines that go on joined, and without comments and the values of environment variables.
commands() {
  awk '
    FNR == 1 { inside = 0 }
    /^```/ { inside = !inside && /^```(sh|yaml|groovy)/; next }
    inside {
      line = line $0
      if (sub(/\\$/, "", line)) next
      sub(/(^|[[:space:]])#.*/, "", line)
      count = split(line, parts, /&&|\|\||;|\||&/)
      for (i = 1; i <= count; ++i) {
        part = parts[i]
        sub(/^[[:space:]]*(- run: |- |steps [{] sh .)?[[:space:]]*/, "", part)
        if (part ~ /^(casewire [a-z]|\.\/dev [a-z])/) print FILENAME ":" FNR " " part
      }
      line = ""
    }' README.md llms.txt docs/*.md docs/clients/*.md
}
commands >"$help/commands"
[ "$(wc -l <"$help/commands")" -ge 40 ] || complain "found only $(wc -l <"$help/commands") commands"
while read -r place program command rest; do
  if [ "$program" = ./dev ]; then
    grep -q "^./dev $command" "$help/dev" || complain "$place: ./dev $command: there is no such command"
    continue
  fi
  [ -s "$help/$command" ] || "$casewire" "$command" --help >"$help/$command" 2>/dev/null ||
    { rm -f "$help/$command"; complain "$place: casewire $command: there is no such command"; continue; }
  for word in $rest; do
    case $word in
      --*)
        option=$(printf '%s' "$word" | grep -oE -- '^--[a-z-]+')
        grep -qE -- "(^|[ ,!])$option([ ,]|\$)" "$help/$command" || complain "$place: casewire $command has no $option" ;;
      scenarios/* | fixtures/*)
        file=$(printf '%s' "$word" | grep -oE '^[A-Za-z0-9_./-]+')
        [ -e "$file" ] || complain "$place: there is no $file" ;;
    esac
  done
done <"$help/commands"

# `Suite.Name` in the column of ours.
grep -oE '`[A-Z][A-Za-z]+\.[A-Z][A-Za-z0-9]+`' docs/compare.md | tr -d '\140' | sort -u >"$help/tests"
[ "$(wc -l <"$help/tests")" -ge 10 ] || complain "docs/compare.md names only $(wc -l <"$help/tests") tests"
while IFS=. read -r suite name; do
  grep -rqE "(TEST|TEST_F|TEST_P)\($suite, *$name\)|NAME $suite\.$name( |\$)" tests || complain "docs/compare.md: there is no test $suite.$name"
done <"$help/tests"

# Links between the pages.
for page in README.md ARCHITECTURE.md llms.txt docs/*.md docs/*/*.md; do
  for link in $(grep -oE '\]\([^)#:]+' "$page" | sed 's/^](//'); do
    [ -e "$(dirname "$page")/$link" ] || complain "$page: there is no $link"
  done
done
[ $bad -eq 0 ] || { echo "$bad are wrong"; exit 1; }
echo "$(wc -l <"$help/commands") commands, $(wc -l <"$help/tests") tests and all links are right"
