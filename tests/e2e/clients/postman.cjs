// Postman's own runner (newman) over requests as the vendor's collection has them: its variables (url, version, username, password,
// secretToken, clientId, clientSecret; _endpoint and _accessToken by the script of its SOAP login), its headers, its forms. Version 64.0: the
// last one with a SOAP login.
const newman = require('newman');
const { URL_OF_FAKE: url, USER, PASSWORD, TOKEN, CLIENT, SECRET, REFRESH } = process.env;

const api = '{{_endpoint}}/services/data/v{{version}}';
const authorized = [{ key: 'Authorization', value: 'Bearer {{_accessToken}}' }];
const test = (lines) => [{ listen: 'test', script: { type: 'text/javascript', exec: lines } }];
const answers = (status, lines = []) => test([`pm.test('answers ${status}', () => pm.response.to.have.status(${status}));`, ...lines]);
const told = (name, expression) => `pm.test('${name}', () => pm.expect(${expression}).to.be.ok);`;

const get = (name, path, status, ...lines) => ({ name, request: { method: 'GET', header: authorized, url: path }, event: answers(status, lines) });
const send = (method, name, path, body, status, ...lines) => ({
  name,
  request: {
    method, url: path, header: [...authorized, { key: 'Content-Type', value: 'application/json' }],
    body: { mode: 'raw', raw: JSON.stringify(body) },
  },
  event: answers(status, lines),
});
const form = (name, path, fields, status, ...lines) => ({
  name,
  request: {
    method: 'POST', url: path, header: [{ key: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
    body: { mode: 'urlencoded', urlencoded: Object.entries(fields).map(([key, value]) => ({ key, value })) },
  },
  event: answers(status, lines),
});
const json = 'const json = pm.response.json();';

const soapLogin = {
  name: 'SOAP Login',
  request: {
    method: 'POST', url: '{{url}}{{site}}/services/Soap/u/{{version}}',
    header: [{ key: 'Content-Type', value: 'text/xml' }, { key: 'SOAPAction', value: 'login' }, { key: 'charset', value: 'UTF-8' }],
    body: {
      mode: 'raw',
      raw: `<?xml version="1.0" encoding="utf-8" ?>
<env:Envelope xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:env="http://schemas.xmlsoap.org/soap/envelope/">
  <env:Body>
    <n1:login xmlns:n1="urn:partner.soap.sforce.com">
      <n1:username>{{username}}</n1:username>
      <n1:password>{{password}}{{secretToken}}</n1:password>
    </n1:login>
  </env:Body>
</env:Envelope>`,
    },
  },
  event: answers(200, [
    'const result = xml2Json(pm.response.text())["soapenv:Envelope"]["soapenv:Body"].loginResponse.result;',
    'const parts = result.serverUrl.split("/");',
    'pm.environment.set("_accessToken", result.sessionId);',
    'pm.environment.set("_endpoint", parts[0] + "//" + parts[2]);',
    told('names user and org', 'result.userId && result.userInfo.organizationId'),
  ]),
};

const collection = {
  info: { name: 'Salesforce APIs', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
  item: [
    soapLogin,
    form('OAuth Username Password', '{{url}}{{site}}/services/oauth2/token',
      { grant_type: 'password', client_id: '{{clientId}}', client_secret: '{{clientSecret}}', username: '{{username}}', password: '{{password}}{{secretToken}}' },
      200, json, 'pm.environment.set("_accessToken", json.access_token);', 'pm.environment.set("_endpoint", json.instance_url);'),
    form('Refresh Token', '{{url}}{{site}}/services/oauth2/token',
      { grant_type: 'refresh_token', client_id: '{{clientId}}', client_secret: '{{clientSecret}}', refresh_token: '{{_refreshToken}}' }, 200),
    form('OpenID Connect Token Introspection Endpoint', '{{url}}{{site}}/services/oauth2/introspect',
      { token: '{{_accessToken}}', token_type_hint: 'access_token', client_id: '{{clientId}}', client_secret: '{{clientSecret}}' },
      200, json, told('is active', 'json.active')),
    get('User Info', '{{_endpoint}}/services/oauth2/userinfo', 200, json, told('is the user', 'json.preferred_username === pm.environment.get("username")')),
    get('OpenID Connect Discovery Endpoint', '{{url}}/.well-known/openid-configuration', 200),
    get('Salesforce Keys', '{{url}}/id/keys', 200),
    get('Versions', '{{_endpoint}}/services/data/', 200, json, told('has the version', 'json.some((one) => one.version === pm.environment.get("version"))')),
    get('Resources by Version', `${api}/`, 200),
    get('Limits', `${api}/limits`, 200, json, told('has daily requests', 'json.DailyApiRequests.Max > 0')),
    get('Describe Global', `${api}/sobjects`, 200, json, told('has Case', 'json.sobjects.some((one) => one.name === "Case")')),
    send('POST', 'SObject Create', `${api}/sobjects/:SOBJECT_API_NAME`.replace(':SOBJECT_API_NAME', 'Case'), { Subject: 'Order 1182', Origin: 'Email' },
      201, json, 'pm.environment.set("caseId", json.id);'),
    get('SObject Rows', `${api}/sobjects/Case/{{caseId}}?fields=Id,Subject`, 200, json, told('has its subject', 'json.Subject === "Order 1182"')),
    send('PATCH', 'SObject Rows Update', `${api}/sobjects/Case/{{caseId}}`, { Priority: 'High' }, 204),
    send('PATCH', 'SObject Rows by External Id', `${api}/sobjects/Case/OpenCX_Handoff__c/postman-1`, { Subject: 'by its key' }, 201),
    get('SObject Describe', `${api}/sobjects/Case/describe`, 200),
    get('SObject Basic Information', `${api}/sobjects/Case`, 200),
    get('Describe Layouts', `${api}/sobjects/Case/describe/layouts/`, 200),
    get('SObject CompactLayouts', `${api}/sobjects/Case/describe/compactLayouts/`, 200),
    get('SObject ApprovalLayouts', `${api}/sobjects/Case/describe/approvalLayouts/`, 200),
    get('SObject Quick Actions', `${api}/sobjects/Case/quickActions`, 200),
    get('SObject Relationships', `${api}/sobjects/Case/{{caseId}}/Owner`, 200),
    get('Query', `${api}/query/?q=SELECT Id, Subject FROM Case WHERE Id = '{{caseId}}'`, 200, json, told('finds one', 'json.totalSize === 1')),
    get('Query Explain', `${api}/query/?explain=SELECT Id FROM Case`, 200),
    get('QueryAll', `${api}/queryAll/?q=SELECT Id FROM Case`, 200),
    get('Search', `${api}/search/?q=FIND {1182} IN ALL FIELDS RETURNING Case(Id)`, 200, json, told('finds one', 'json.searchRecords.length === 1')),
    get('Parameterized Search', `${api}/parameterizedSearch/?q=1182&sobject=Case`, 200),
    get('List Views', `${api}/sobjects/Case/listviews`, 200, json, 'pm.environment.set("listViewId", json.listviews[0].id);'),
    get('List View Describe', `${api}/sobjects/Case/listviews/{{listViewId}}/describe`, 200),
    get('List View Results', `${api}/sobjects/Case/listviews/{{listViewId}}/results`, 200),
    get('Recently Viewed Items', `${api}/recent/?limit=5`, 200),
    get('Record Count', `${api}/limits/recordCount?sObjects=Case`, 200),
    get('Process Approvals', `${api}/process/approvals`, 200),
    get('Tabs', `${api}/tabs`, 200),
    get('Themes', `${api}/theme`, 200),
    send('POST', 'Composite', `${api}/composite`, {
      allOrNone: true,
      compositeRequest: [
        { method: 'POST', url: '/services/data/v{{version}}/sobjects/Contact', referenceId: 'dana', body: { LastName: 'Reyes', Email: 'dana@example.test' } },
        { method: 'POST', url: '/services/data/v{{version}}/sobjects/Case', referenceId: 'hers', body: { Subject: 'hers', ContactId: '@{dana.id}' } }],
    }, 200, json, told('did both', 'json.compositeResponse.every((part) => part.httpStatusCode === 201)')),
    send('POST', 'Composite Graph', `${api}/composite/graph`, {
      graphs: [{ graphId: '1', compositeRequest: [{ method: 'POST', url: '/services/data/v{{version}}/sobjects/Account', referenceId: 'acme', body: { Name: 'Acme' } }] }],
    }, 200, json, told('did it', 'json.graphs[0].isSuccessful')),
    send('POST', 'Batch', `${api}/composite/batch`, { batchRequests: [{ method: 'GET', url: 'v{{version}}/limits' }, { method: 'GET', url: 'v{{version}}/sobjects/Case/{{caseId}}' }] },
      200, json, told('did both', '!json.hasErrors')),
    send('POST', 'SObject Tree', `${api}/composite/tree/Contact`, { records: [{ attributes: { type: 'Contact', referenceId: 'one' }, LastName: 'One' }] },
      201, json, told('did it', '!json.hasErrors')),
    send('POST', 'SObject Collections Create', `${api}/composite/sobjects`, { allOrNone: false, records: [{ attributes: { type: 'Contact' }, LastName: 'Two' }, { attributes: { type: 'Contact' } }] },
      200, json, 'pm.environment.set("contactId", json[0].id);', told('tells them apart', 'json[0].success && !json[1].success')),
    get('SObject Collections Retrieve', `${api}/composite/sobjects/Contact?ids={{contactId}}&fields=id,LastName`, 200),
    { name: 'SObject Collections Delete', request: { method: 'DELETE', header: authorized, url: `${api}/composite/sobjects?ids={{contactId}}&allOrNone=false` }, event: answers(200) },
    { name: 'SObject Rows Delete', request: { method: 'DELETE', header: authorized, url: `${api}/sobjects/Case/{{caseId}}` }, event: answers(204) },
    get('Deleted row', `${api}/sobjects/Case/{{caseId}}`, 404, json, told('says so', 'json[0].errorCode === "ENTITY_IS_DELETED"')),
    form('Revoke Token', '{{url}}{{site}}/services/oauth2/revoke', { token: '{{_accessToken}}' }, 200),
    get('After that', `${api}/limits`, 401, json, told('says so', 'json[0].errorCode === "INVALID_SESSION_ID"')),
  ],
};

const variables = { url, site: '', version: '64.0', username: USER, password: PASSWORD, secretToken: TOKEN, clientId: CLIENT, clientSecret: SECRET, _refreshToken: REFRESH };
newman.run({ collection, envVar: Object.entries(variables).map(([key, value]) => ({ key, value })) }, (error, summary) => {
  if (error) throw error;
  const { executions, failures, stats } = summary.run;
  for (const { source, error: failure } of failures) console.log(`${source.name}: ${failure.message}`);
  if (failures.length > 0 || executions.length !== collection.item.length || stats.assertions.total < collection.item.length) process.exit(1);
  console.log(`postman is content with ${executions.length} requests`);
});
