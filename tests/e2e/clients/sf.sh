#!/bin/bash
# sf.sh SF: the vendor's CLI as people use it, from the page's lines on: log in by JWT and by access token, rows, queries in pages and in
# tables, a tree, a search, a file, describe, limits, an expired session, and what the fake refuses.
set -euo pipefail
sf=$1
export HOME SF_DISABLE_DNS_CHECK=true SF_DISABLE_TELEMETRY=true SF_AUTOUPDATE_DISABLE=true SF_SKIP_NEW_VERSION_CHECK=true \
  SF_USE_GENERIC_UNIX_KEYCHAIN=true SFDX_USE_GENERIC_UNIX_KEYCHAIN=true
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
cd "$HOME"

# says WORDS COMMAND...: the command ends well and prints the words.
says() {
  local words=$1 output
  shift
  output=$("$@" 2>&1) || { printf '%s\nended with %s:\n%s\n' "$*" $? "$output"; exit 1; }
  grep -qF -- "$words" <<<"$output" || { printf '%s\ndoes not say "%s":\n%s\n' "$*" "$words" "$output"; exit 1; }
}
# refuses WORDS COMMAND...: it does not end well, and says why.
refuses() {
  local words=$1 output
  shift
  if output=$("$@" 2>&1); then printf '%s\nended well:\n%s\n' "$*" "$output"; exit 1; fi
  grep -qF -- "$words" <<<"$output" || { printf '%s\ndoes not say "%s":\n%s\n' "$*" "$words" "$output"; exit 1; }
}
on_org() { "$sf" "$@" --target-org casewire; }

openssl genrsa -out any.key 2048 2>/dev/null
says "Successfully authorized $USER" "$sf" org login jwt --client-id "$CLIENT" --jwt-key-file any.key --username "$USER" \
  --instance-url "$URL_OF_FAKE" --alias casewire
says 'Connected' on_org org display
says "$USER" "$sf" org list auth

id=$(on_org data create record --sobject Case --values "Subject='Order 1182' Origin=Email" --json | sed -n 's/.*"id": "\(500[^"]*\)".*/\1/p')
says 'Order 1182' on_org data query --query 'SELECT Id, Subject, Owner.Name, (SELECT Id FROM CaseComments) FROM Case'
says 'Order 1182' on_org data query --query 'SELECT Subject FROM Case' --result-format csv
says '"totalSize": 1' on_org data query --query 'SELECT COUNT(Id) n FROM Case' --json
says 'COUNT(ID)' on_org data query --query 'SELECT Status, COUNT(Id) FROM Case GROUP BY Status'
says 'COUNT()' on_org data query --query 'SELECT COUNT() FROM Case'
says 'OpenCXCase' on_org data query --query 'SELECT Name FROM ApexTrigger' --use-tooling-api
says "$id" on_org data get record --sobject Case --where "Subject='Order 1182'"
says 'Successfully updated' on_org data update record --sobject Case --record-id "$id" --values 'Subject=changed'
refuses "No such column 'Nope'" on_org data update record --sobject Case --record-id "$id" --values 'Nope=1'
says "$id" on_org data search --query 'FIND {changed} RETURNING Case(Id, Subject)'

cat >tree.json <<'JSON'
{"records":[{"attributes":{"type":"Account","referenceId":"A"},"Name":"Tree",
  "Contacts":{"records":[{"attributes":{"type":"Contact","referenceId":"C"},"LastName":"Leaf"}]}}]}
JSON
says '001' on_org data import tree --files tree.json
says 'wrote 1 records' on_org data export tree --query 'SELECT Id, Name, (SELECT Id, LastName FROM Contacts) FROM Account' --output-dir tree
says '069' on_org data create file --file tree.json --title Tree --parent-id "$id"
says '"name": "Case"' on_org sobject describe --sobject Case
says 'EmailMessage' on_org sobject list
says 'DailyApiRequests' on_org org list limits
says 'Case' on_org org list sobject record-counts --sobject Case
says "$USER" on_org org list users
says 'DailyApiRequests' on_org api request rest /services/data/v66.0/limits
says '"success": true' on_org api request rest services/data/v66.0/sobjects/Case --method POST --body '{"Subject":"by hand"}'

curl -s -X POST "$URL_OF_FAKE/_casewire/expire" >/dev/null
says 'by hand' on_org data query --query 'SELECT Subject FROM Case'  # it fetches a new token and says nothing
says 'Successfully deleted' on_org data delete record --sobject Case --record-id "$id"

printf 'Subject\nx\n' >rows.csv
refuses 'does not model Bulk API 2.0' on_org data import bulk --sobject Case --file rows.csv --wait 1 --json
refuses 'does not model Bulk API 2.0' on_org data export bulk --query 'SELECT Id FROM Case' --output-file out.csv --wait 1 --json
refuses 'does not model the SOAP call describeMetadata' on_org org list metadata-types
refuses 'does not model GraphQL' on_org api request graphql --body 'query { uiapi { query { Case { edges { node { Id } } } } } }'

token=$(on_org org auth show-access-token --no-prompt --json | sed -n 's/.*"accessToken": "\([^"]*\)".*/\1/p')
says "$USER" env SF_ACCESS_TOKEN="$token" "$sf" org login access-token --instance-url "$URL_OF_FAKE" --no-prompt --alias second
says 'by hand' "$sf" data query --target-org second --query 'SELECT Subject FROM Case'
echo 'sf is content'
