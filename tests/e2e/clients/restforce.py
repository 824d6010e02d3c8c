# The requests of restforce 8, and what it reads of the answers, without the gem, which neither npm nor Debian has: its `OAuth` header, its paths,
# its composites, batches and collections, its multipart bodies with a boundary of dashes, and the collections that page through a relationship.
import gzip
import http.client
import json
import os
import time
from urllib.parse import quote, urlencode, urlsplit

fake = urlsplit(os.environ["URL_OF_FAKE"])
VERSION = "59.0"
connection = http.client.HTTPConnection(fake.netloc)


def send(method, path, body=None, headers=None):
    connection.request(method, path, body, {"User-Agent": "Faraday v2.12.2", "Accept": "*/*", **(headers or {})})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def log_in(**more):
    form = {"client_id": os.environ["CLIENT"], "client_secret": os.environ["SECRET"], **more}
    status, _, answer = send("POST", "/services/oauth2/token", urlencode(form), {"Content-Type": "application/x-www-form-urlencoded"})
    return status, json.loads(answer)


status, refused = log_in(grant_type="password", username=os.environ["USER"], password="wrong")
assert status == 400 and refused["error"] == "invalid_grant" and refused["error_description"], refused
for grant in ({"grant_type": "password", "username": os.environ["USER"], "password": os.environ["PASSWORD"] + os.environ["TOKEN"]},
              {"grant_type": "refresh_token", "refresh_token": os.environ["REFRESH"]}, {"grant_type": "client_credentials"}):
    status, granted = log_in(**grant)
    assert status == 200 and granted["instance_url"] == fake.geturl(), granted
session = granted["access_token"]


def api(method, path, body=None, status=200, token=None, headers=None):
    sent = {"Authorization": "OAuth " + (token or session), **(headers or {})}
    if body is not None and "Content-Type" not in sent:
        sent["Content-Type"], body = "application/json", json.dumps(body)
    found, answered, text = send(method, path if path.startswith("/services") else f"/services/data/v{VERSION}/{path}", body, sent)
    assert found == status, (method, path, found, text)
    if answered.get("Content-Encoding") == "gzip":
        text = gzip.decompress(text)
    is_json = (answered.get("Content-Type") or "").split(";")[0].endswith("json")
    return json.loads(text) if is_json and text.strip() else text


def all_of(collection):  # Restforce::Collection: any object with `records`, page by page
    while True:
        yield from collection["records"]
        if not collection.get("nextRecordsUrl"):
            return
        collection = api("GET", collection["nextRecordsUrl"])


status, _, identity = send("GET", urlsplit(api("GET", "")["identity"]).path, None, {"Authorization": "OAuth " + session})
assert status == 200 and json.loads(identity)["username"] == os.environ["USER"]
assert "Case" in [one["name"] for one in api("GET", "sobjects")["sobjects"]]
described = api("GET", "sobjects/Case/describe")
assert [value["value"] for field in described["fields"] if field["name"] == "Status" for value in field["picklistValues"] if value["active"]]
assert api("GET", "sobjects/Case/describe/layouts")["layouts"] and api("GET", "limits")["DailyApiRequests"]["Remaining"]
assert next(all_of(api("GET", "query?" + urlencode({"q": "select id from Organization"}))))["Id"].startswith("00D")
assert api("GET", "query?" + urlencode({"explain": "select Name from Account"}))["plans"]
assert api("GET", "query?" + urlencode({"q": "SELECT Id FROM User"}), headers={"Accept-Encoding": "gzip"})["records"]

# create!, find, select, update!, upsert! with a key that is encoded whole, destroy!
account = api("POST", "sobjects/Account", {"Name": "Acme"}, 201)["id"]
case = api("POST", "sobjects/Case", {"Subject": "Order 1182"}, 201)["id"]
assert api("GET", "sobjects/Case/" + case)["attributes"]["type"] == "Case"
assert api("GET", f"sobjects/Case/{case}?fields=Id,Subject")["Subject"] == "Order 1182"
assert api("PATCH", "sobjects/Case/" + case, {"Subject": "changed"}, 204) == b""
key = quote("a/b c#1", safe="")
made = api("PATCH", "sobjects/Case/OpenCX_Handoff__c/" + key, {"Subject": "upserted"}, 201)["id"]
assert api("PATCH", "sobjects/Case/OpenCX_Handoff__c/" + key, {"Subject": "again"})["id"] == made
assert api("GET", f"sobjects/Case/OpenCX_Handoff__c/{key}?fields=Id,OpenCX_Handoff__c")["OpenCX_Handoff__c"] == "a/b c#1"
assert api("POST", "sobjects/Case/Id", {"Subject": "of nobody's id"}, 201)["id"]
for name in ("Dana", "Ann"):
    api("POST", "sobjects/Contact", {"LastName": name, "Email": "same@example.test"}, 201)
assert len(api("GET", "sobjects/Contact/Email/same@example.test", status=300)) == 2  # MatchesMultipleError
assert api("POST", "sobjects/Case", {"Nope": 1}, 400)[0]["errorCode"] == "INVALID_FIELD"
assert api("GET", "sobjects/Case/500Cw0000000zzz", status=404)[0]["errorCode"] == "NOT_FOUND"
assert api("GET", "limits", status=401, token="00Dnothing!x")[0]["errorCode"] == "INVALID_SESSION_ID"

# A relationship is a collection, which pages as every other.
for chunk in range(6):
    rows = [{"attributes": {"type": "Contact"}, "LastName": f"Number {chunk * 200 + at}", "AccountId": account} for at in range(200)]
    assert all(row["success"] for row in api("POST", "composite/sobjects", {"allOrNone": False, "records": rows}))
found = next(all_of(api("GET", "query?" + urlencode({"q": f"SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '{account}'"}))))
assert len(list(all_of(found["Contacts"]))) == found["Contacts"]["totalSize"] == 1200
assert len(list(all_of(api("GET", "queryAll?" + urlencode({"q": "SELECT Id FROM Contact"}))))) >= 1200
assert api("GET", "search?" + urlencode({"q": "FIND {again} RETURNING Case(Id, Subject)"}))["searchRecords"][0]["Subject"] == "again"

# composite, composite!, batch, collections
root = f"/services/data/v{VERSION}/sobjects/"
parts = [{"method": "POST", "url": root + "Case", "body": {"Subject": "one"}, "referenceId": "one"},
         {"method": "PATCH", "url": root + "Case/@{one.id}", "body": {"Subject": "two"}, "referenceId": "two"},
         {"method": "PATCH", "url": root + "Case/OpenCX_Handoff__c/c1", "body": {"Subject": "three"}, "referenceId": "three"},
         {"method": "DELETE", "url": root + "Case/@{one.id}", "referenceId": "four"}]
results = api("POST", "composite", {"compositeRequest": parts, "allOrNone": True, "collateSubrequests": False})["compositeResponse"]
assert [result["httpStatusCode"] for result in results] == [201, 204, 201, 204], results
parts[1]["body"] = {"Nope": 1}
results = api("POST", "composite", {"compositeRequest": parts, "allOrNone": True, "collateSubrequests": False})["compositeResponse"]
assert any(result["httpStatusCode"] // 100 == 4 for result in results)
assert [result for result in results if result["httpStatusCode"] != 412][-1]["body"][0]["errorCode"]
batch = [{"method": "POST", "url": f"v{VERSION}/sobjects/Case", "richInput": {"Subject": "b"}},
         {"method": "PATCH", "url": f"v{VERSION}/sobjects/Case/{case}", "richInput": {"Nope": 1}},
         {"method": "DELETE", "url": f"v{VERSION}/sobjects/Case/{made}"}]
answer = api("POST", "composite/batch", {"batchRequests": batch, "haltOnError": True})
assert answer["hasErrors"] and [result["statusCode"] for result in answer["results"]] == [201, 400, 412], answer

# Restforce::FilePart: the JSON first, a boundary of dashes without quotes; the bytes by the path that stands in the row.
boundary = "--boundary_string"
body = "".join(f"--{boundary}\r\n{part}\r\n" for part in (
    'Content-Disposition: form-data; name="entity_content";\r\nContent-Type: application/json\r\n\r\n'
    + json.dumps({"Title": "a", "PathOnClient": "a.txt", "FirstPublishLocationId": case}),
    'Content-Disposition: form-data; name="VersionData"; filename="a.txt"\r\nContent-Length: 5\r\nContent-Type: text/plain\r\n'
    'Content-Transfer-Encoding: binary\r\n\r\nbytes')) + f"--{boundary}--\r\n\r\n"
version = api("POST", "sobjects/ContentVersion", body, 201, headers={"Content-Type": f"multipart/form-data;boundary={boundary}"})["id"]
assert api("GET", api("GET", "sobjects/ContentVersion/" + version)["VersionData"]) == b"bytes"

# get_updated and get_deleted: a second slash, and colons as they are.
stamp = lambda ago: time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() - ago))
assert case in api("GET", f"/services/data/v{VERSION}//sobjects/Case/updated/?start={stamp(3600)}&end={stamp(-60)}")["ids"]
api("DELETE", "sobjects/Case/" + case, status=204)
assert api("GET", f"/services/data/v{VERSION}//sobjects/Case/deleted/?start={stamp(3600)}&end={stamp(-60)}")["deletedRecords"]
assert api("GET", "recent?limit=5") == []
print("restforce is content")
