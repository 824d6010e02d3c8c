#!/bin/sh
# recipes.sh BRIDGE: what deploy/ recommends is what the tools that it is for can read. A tool that is not here is passed over, the bridge is here always.
set -eu
bridge=$1
cd "$(dirname "$0")/../../deploy"
scratch=$(mktemp -d); trap 'rm -rf "$scratch"' EXIT

# Every variable of the example, filled: nothing is missing then, and each is one that the bridge knows.
sed 's/=$//' kubernetes/secret.env.example | while read -r name; do echo "export $name=secret-of-$name"; done > "$scratch/secrets"
( . "$scratch/secrets"; "$bridge" --check --config kubernetes/settings.yaml ) > "$scratch/settings"
if grep -B1 -A6 'salesforce:\|opencx:' "$scratch/settings" | grep 'not set' | grep -v 'refresh_token\|encryption_key'; then echo "error: settings are missing"; exit 1; fi
grep -q '^  globex-eu:$' "$scratch/settings"

if command -v kubectl >/dev/null; then
  kubectl kustomize kubernetes > "$scratch/manifest"
  grep -q 'path: /healthz' "$scratch/manifest"
fi
if command -v systemd-analyze >/dev/null; then
  sed 's,/usr/bin/casewire-bridge,/bin/true,; /^Documentation/d' systemd/casewire-bridge@.service > "$scratch/casewire-bridge@.service"
  said=$(systemd-analyze verify "$scratch/casewire-bridge@europe.service" 2>&1 | grep 'casewire-bridge@' || true)
  [ -z "$said" ] || { echo "$said"; exit 1; }
fi
# The hardening of the package's unit, line for line.
grep -E '^(Protect|Restrict|System|No|Private|Lock|Memory|Cap|Amb|Remove|UMask|Dynamic)' ../packaging/casewire-bridge.service > "$scratch/ours"
grep -E '^(Protect|Restrict|System|No|Private|Lock|Memory|Cap|Amb|Remove|UMask|Dynamic)' systemd/casewire-bridge@.service | diff "$scratch/ours" -
