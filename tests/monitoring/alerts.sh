#!/bin/sh
# alerts.sh: Prometheus' own tool loads the alert rules, and each page fires when it is to. Exit 77: there is no promtool here.
# $1: a folder in which ./dev may have put it.
PATH="$PATH:$1"
command -v promtool >/dev/null || { echo "skipped: no promtool (./dev test fetches it; Debian has it in prometheus)"; exit 77; }
cd "$(dirname "$0")/../../packaging/prometheus" && promtool check rules casewire-bridge.rules.yml && promtool test rules casewire-bridge.rules.test.yml
