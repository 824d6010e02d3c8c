# The requests of simple-salesforce 1.12, and what it reads of the answers, without the library, which neither npm nor Debian has: its headers, its
# three envelopes of a login, its paths with and without a slash at the end, and the errors that it tells apart by their number.
import http.client
import json
import os
import re
import time
from base64 import b64encode
from urllib.parse import quote, quote_plus, urlencode, urlsplit
from xml.dom.minidom import parseString

fake = urlsplit(os.environ["URL_OF_FAKE"])
user, password, token = os.environ["USER"], os.environ["PASSWORD"], os.environ["TOKEN"]
connection = http.client.HTTPConnection(fake.netloc)


def send(method, path, body=None, headers=None):
    sent = {"User-Agent": "python-requests/2.32.3", "Accept-Encoding": "identity", "Accept": "*/*", "Connection": "keep-alive"}
    connection.request(method, path, body, {**sent, **(headers or {})})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read()


def first(xml, name):
    found = parseString(xml).getElementsByTagName(name)
    return found[0].firstChild.data if found else None


def envelope(prefix, header, login):
    return f"""<?xml version="1.0" encoding="utf-8" ?>
        <{prefix}:Envelope xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:{prefix}="http://schemas.xmlsoap.org/soap/envelope/"
                xmlns:urn="urn:partner.soap.sforce.com">
            <{prefix}:Header><urn:CallOptions><urn:client>simple-salesforce</urn:client><urn:defaultNamespace>sf</urn:defaultNamespace>
                </urn:CallOptions>{header}</{prefix}:Header>
            <{prefix}:Body>{login}</{prefix}:Body>
        </{prefix}:Envelope>"""


def log_in(body):
    headers = {"content-type": "text/xml", "charset": "UTF-8", "SOAPAction": "login"}
    return send("POST", "/services/Soap/u/59.0", body, headers)


plain = "<urn:login><urn:username>{}</urn:username><urn:password>{}</urn:password></urn:login>"
with_token = f'<n1:login xmlns:n1="urn:partner.soap.sforce.com"><n1:username>{user}</n1:username><n1:password>{password}{token}</n1:password></n1:login>'
scope = "<urn:LoginScopeHeader><urn:organizationId>00DCw0000000001</urn:organizationId></urn:LoginScopeHeader>"
for body in (envelope("soapenv", "", plain.format(user, password)), envelope("soapenv", scope, plain.format(user, password)), envelope("env", "", with_token)):
    status, _, answer = log_in(body)
    assert status == 200, answer
    session = first(answer, "sessionId")
    instance = first(answer, "serverUrl").replace("http://", "").split("/")[0].replace("-api", "")
assert instance == fake.netloc
status, _, answer = log_in(envelope("soapenv", "", plain.format(user, "wrong")))
assert status != 200 and first(answer, "sf:exceptionCode") == "INVALID_LOGIN" and first(answer, "sf:exceptionMessage")

basic = b64encode(f"{os.environ['CLIENT']}:{os.environ['SECRET']}".encode()).decode()
status, _, answer = send("POST", "/services/oauth2/token", urlencode({"grant_type": "client_credentials"}),
                         {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"})
assert status == 200 and json.loads(answer)["instance_url"] == fake.geturl(), answer


def call(method, path, body=None, status=200, session_id=None):
    headers = {"Content-Type": "application/json", "Authorization": "Bearer " + (session_id or session), "X-PrettyPrint": "1"}
    found, answered, text = send(method, path if path.startswith("/") else "/services/data/v59.0/" + path, body and json.dumps(body), headers)
    assert found == status, (method, path, found, text)
    assert re.match(r"[^-]?api-usage=(?P<used>\d+)/(?P<tot>\d+)", answered.get("Sforce-Limit-Info", "")) or found == 401, answered
    return json.loads(text) if text else None


made = call("POST", "sobjects/Case/", {"Subject": "Order 1182", "Origin": "Email"}, 201)
assert made["success"] and made["errors"] == []
call("PATCH", "sobjects/Case/" + made["id"], {"Subject": "changed", "Description": None}, 204)
assert call("GET", "sobjects/Case/" + made["id"])["Subject"] == "changed"
for key in ("s 1", "größe", "a/b", "#1"):
    call("PATCH", "sobjects/Case/OpenCX_Handoff__c/" + quote(key, safe=""), {"Subject": "upserted"}, 201)
    call("PATCH", "sobjects/Case/OpenCX_Handoff__c/" + quote(key, safe=""), {"Subject": "again"}, 200)
    assert call("GET", "sobjects/Case/OpenCX_Handoff__c/" + quote(key, safe=""))["OpenCX_Handoff__c"] == key
assert call("GET", "sobjects/Case/")["objectDescribe"]["name"] == "Case"
assert len(call("GET", "sobjects/Case/describe")["fields"]) > 30
assert call("GET", "sobjects/Case/describe/layouts/012000000000000AAA")["detailLayoutSections"]
assert len(call("GET", "sobjects")["sobjects"]) > 700
assert call("GET", "limits/")["DailyApiRequests"]["Max"] > 0
assert call("GET", "recent/?limit=5") == [] and call("GET", "sobjects/User/" + call("GET", "query/?q=SELECT+Id+FROM+User")["records"][0]["Id"])["Id"]

# query_all: as long as it is not done, the address of the next page behind the host.
for chunk in range(11):
    rows = [{"attributes": {"type": "Contact"}, "LastName": f"Number {chunk * 200 + at}"} for at in range(200)]
    assert all(row["success"] for row in call("POST", "composite/sobjects", {"allOrNone": False, "records": rows}))
page = call("GET", "query/?" + urlencode({"q": "SELECT Id, LastName FROM Contact"}))
names = [row["LastName"] for row in page["records"]]
while not page["done"]:
    page = call("GET", page["nextRecordsUrl"])
    names += [row["LastName"] for row in page["records"]]
assert page["totalSize"] == len(names) == 2200
assert call("GET", "queryAll/?q=" + quote_plus("SELECT COUNT() FROM Contact"))["totalSize"] == 2200
assert call("GET", "search/?q=" + quote_plus("FIND {changed} RETURNING Case(Id)"))["searchRecords"][0]["Id"] == made["id"]

call("DELETE", "sobjects/Case/" + made["id"], None, 204)
moment = lambda ago: quote(time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() - ago)), safe="")
deleted = call("GET", f"sobjects/Case/deleted/?start={moment(3600)}&end={moment(-60)}")
assert deleted["deletedRecords"][0]["id"] == made["id"]
assert call("GET", f"sobjects/Contact/updated/?start={moment(3600)}&end={moment(-60)}")["ids"]

# ExpiredSession, MalformedRequest, ResourceNotFound, RefusedRequest are told apart by the status, and shown with the body.
assert call("GET", "limits/", None, 401, "00Dnothing!x")[0]["errorCode"] == "INVALID_SESSION_ID"
assert call("POST", "sobjects/Case/", {"Nope": 1}, 400)[0]["errorCode"] == "INVALID_FIELD"
assert call("GET", "sobjects/Case/" + made["id"], None, 404)[0]["errorCode"] == "ENTITY_IS_DELETED"
assert call("POST", "jobs/ingest", {"object": "Case", "operation": "insert"}, 501)[0]["errorCode"] == "NOT_MODELLED"
assert call("GET", "tooling/query/?q=SELECT+Name+FROM+ApexClass")["records"]
print("simple-salesforce is content")
