#!/bin/sh
# What compilers do not check: who may include whom, where the world may enter, and how files are formatted.
# tidy.sh [TREE]: prints `file:line: error: what, use what instead` and exits 1; prints nothing when all is well.
set -u
cd "${1:-$(dirname "$0")/../..}" || exit 2
found=$(mktemp) || exit 2
trap 'rm -f "$found"' EXIT

# includes FOLDER ALLOWED: project headers that files below FOLDER include, apart from those that match ALLOWED.
includes() {
  [ -d "$1" ] || return 0
  grep -rnE --include='*.hpp' --include='*.cpp' '^#include "' "$1" |
    awk -v allowed="$2" -v folder="$1" -F'"' '$2 !~ allowed {
      sub(/:#include $/, "", $1); print $1 ": error: " folder " may not include \"" $2 "\" (ARCHITECTURE.md, \"Arrows\")" }' >>"$found"
}

# only PATTERN ALLOWED INSTEAD [FOLDERS]: lines of the programs that match PATTERN, outside the files that match ALLOWED.
only() {
  # shellcheck disable=SC2086  # folders are a list of words
  grep -rnE --include='*.hpp' --include='*.cpp' "$1" ${4:-base bridge sim scenarios} 2>/dev/null |
    awk -v allowed="$2" -v instead="$3" -F: '$1 !~ allowed { print $1 ":" $2 ": error: " instead }' >>"$found"
}

# local_names OTHERS FOLDER...: names that a file of a library has for itself, and that another file of the library has for itself too,
# or a header of it or of base declares. Compiled together they would clash, or worse, one would hide or overload the other. OTHERS:
# which files below the folders are of other libraries.
local_names() {
  others=$1; shift
  for folder in "$@"; do
    [ ! -d "$folder" ] || find "$folder" base -name '*.hpp' -o -name '*.cpp' -path "$folder/*"
  done | grep -vE "$others" | sort -u | awk '{ print /hpp$/ ? 0 : 1, $0 }' | sort | sed 's/^. //' | xargs -r awk '
    function name_declared(line) {
      if (sub(/^(class|struct|enum class|enum) /, "", line)) {
        sub(/[^A-Za-z0-9_].*/, "", line)
      } else {
        while (gsub(/<[^<>]*>/, "", line)) {}
        sub(/ *[({=;[].*/, "", line)
        sub(/.*[^A-Za-z0-9_:~]/, "", line)
      }
      return line ~ /:/ ? "" : line
    }
    # Of a constant that is declared beside another one: constexpr int kLeast = 1, kMost = 2;
    function names_beside(line, all) {
      all = ""
      while (line ~ /^(inline )?constexpr / && match(line, /, k[A-Z][A-Za-z0-9]*( =|\{)/)) {
        name = substr(line, RSTART + 2, RLENGTH - 2)
        sub(/[ ={].*/, "", name)
        all = all " " name
        line = "constexpr " substr(line, RSTART + RLENGTH)
      }
      return all
    }
    function meet(name) {
      if (name == "") return
      if (!(name in home)) home[name] = FILENAME
      if (home[name] != FILENAME)
        print FILENAME ":" FNR ": error: " home[name] " has the name of the local " name " too, and both are compiled together: rename one"
    }
    FNR == 1 || /^}  \/\/ namespace$/ { inside = 0 }
    /^namespace \{$/ { inside = 1; next }
    !/^[A-Za-z_]/ || /^(using|template|namespace|extern|public:|private:|protected:)/ { next }
    FILENAME ~ /hpp$/ {
      name = name_declared($0)
      if (name != "") home[name] = FILENAME
    }
    FILENAME ~ /cpp$/ && inside {
      meet(name_declared($0))
      count = split(names_beside($0), beside, " ")
      for (i = 1; i <= count; ++i) meet(beside[i])
    }' >>"$found"
}

for library in base/text base/runtime base/http base/recording bridge/store sim/world sim/mail sim/opencx sim/salesforce/soql scenarios/language \
  scenarios/tape scenarios/evidence scenarios/runner scenarios/vocabulary scenarios/report scenarios/lint scenarios/cli; do
  local_names '^$' $library
done
local_names '^bridge/store/' bridge
local_names '^$' sim/salesforce/schema sim/salesforce/records
local_names '^sim/salesforce/(schema|records|soql)/' sim/salesforce

includes base '^base/'
includes base/text '^base/text/'
includes base/late '^base/late/'
includes base/runtime '^base/(text|runtime)/'
includes base/http '^base/(text|runtime|http)/'
includes bridge '^(base|bridge)/'
includes bridge/cases '^(base/text|bridge/(cases|opencx))/|^bridge/store/store.hpp'
includes bridge/replies '^(base/text|bridge/(replies|cases))/'
includes sim '^(base|sim)/'
includes sim/salesforce '^(base|sim/(salesforce|world|mail))/'
includes sim/salesforce/schema '^(base/text|sim/salesforce/schema)/'
includes sim/salesforce/records '^(base/text|sim/salesforce/(schema|records))/'
includes sim/salesforce/soql '^(base/text|sim/salesforce/(schema|records|soql))/'
includes sim/opencx '^(base|sim/(opencx|world|mail))/'
includes scenarios '^(base|bridge|sim|scenarios)/'

only '#include <(boost/beast|httplib)' '^base/http/' 'Beast and cpp-httplib stay in base/http: use http::Transport or http::SocketServer'
only '#include <boost/asio' '^(base/http|sim/mail)/|^scenarios/runner/child_process' 'sockets stay behind the seams: use http::Transport or MailTransport'
only '#include <gmime' '^sim/mail/message/gmime.hpp' 'GMime stays in sim/mail: use sim::mail::Message'
only '#include <g(lib|object|io)' '^base/late/glib.hpp' 'GLib is loaded late: use base/late/glib.hpp'
only '(vfork|execve|posix_spawn)[(]' '^scenarios/runner/child_process' 'processes are started in scenarios/runner/child_process.cpp: use ChildProcess'
only '#include <libpq' '^bridge/store/libpq.hpp' 'PostgreSQL stays in bridge/store: use Store'
only '#include <zip' '^scenarios/evidence/libzip.hpp' 'zips stay in scenarios/evidence: use archive.hpp'
only '#include <sqlite3' '^bridge/store/' 'SQLite stays in bridge/store: use Store'
only '(system|steady|high_resolution)_clock::now|[^a-z_]time\((NULL|nullptr|0)\)|gettimeofday|clock_gettime|sleep_for\(std' '^base/runtime/|^sim/clock/' 'time enters through Runtime: use now() or steady_now()'
only 'std::(mt19937|random_device|rand)|[^a-z_]getrandom|RAND_bytes' '^base/text/rng' 'chance enters through Rng: use SystemRng or SeededRng'
only ' : split\((string_member|lowercase|trimmed[(]lowercase|[^)]*[)]+[.]value_or)[(]' '^$' 'the text is gone before its pieces are looked at: give it a name'
only 'for [(][^;]* : [A-Za-z_][A-Za-z0-9_:.>-]*[(].*[)]([.][a-z_]+)*\[[^]]*\]([.[]|[)] ?[{A-Za-z])' 'tidy/wrong_tree' 'what the call gives is gone before its part is walked through: give it a name' 'base bridge sim scenarios tests'
only '#include <regex>' '^$' 'std::regex recurses with the text: write a small parser'
only '(^|[^A-Za-z])(TODO|FIXME|XXX|HACK)([^A-Za-z]|$)' '^$' 'finish it, or write it down in docs/'

# Other versions format otherwise; ./dev installs this one.
if command -v clang-format >/dev/null && clang-format --version | grep -q 'version 14\.'; then
  find . -name '*.[ch]pp' -not -path './build/*' -not -path '*/wrong_tree/*' | sed 's,^./,,' | sort | xargs clang-format --dry-run 2>&1 |
    sed -n 's/^\([^ ]*\): warning: code should be clang-formatted.*/\1: error: not formatted, use .\/dev fmt/p' |
    awk -F: '!seen[$1]++' >>"$found"
fi

if [ -s "$found" ]; then
  sort -u "$found"
  exit 1
fi
