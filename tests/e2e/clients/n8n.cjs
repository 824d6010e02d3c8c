// n8n's own Salesforce node, as its package ships it: every list it fills and every operation on what the fake models. In place of the
// editor and its server stand the few helpers below, which send what the node asks them to send.
const assert = require('node:assert');
const FormData = require('form-data');
const { Salesforce } = require('n8n-nodes-base/dist/nodes/Salesforce/Salesforce.node.js');
const { SalesforceTrigger } = require('n8n-nodes-base/dist/nodes/Salesforce/SalesforceTrigger.node.js');
const { URL_OF_FAKE: url, CLIENT, SECRET, REFRESH } = process.env;

let token;
async function send({ uri, url: path, qs = {}, headers, method, body, formData, returnFullResponse }) {
  const target = new URL(uri || url + path);
  for (const [name, value] of Object.entries(qs)) target.searchParams.append(name, value);
  const sent = { Accept: 'application/json', ...headers, Authorization: `Bearer ${token}` };
  if (formData) {
    body = new FormData();
    for (const [name, field] of Object.entries(formData)) body.append(name, field.value ?? field, field.options);
  }
  if (body instanceof FormData) {
    Object.assign(sent, body.getHeaders());
    body = body.getBuffer();
    delete sent['Content-Type'];
  } else if (body) {
    body = JSON.stringify(body);
  }
  const response = await fetch(target, { method, headers: sent, body });
  const text = await response.text();
  const answer = text && JSON.parse(text);
  if (returnFullResponse) return { statusCode: response.status, body: answer };
  if (response.status >= 300) throw Object.assign(new Error(`${response.status} - ${text}`), { statusCode: response.status, error: answer });
  return answer;
}

const binary = { data: { fileName: 'a.txt', mimeType: 'text/plain', data: Buffer.from('hello').toString('base64') } };
const host = (parameters) => ({
  getNodeParameter: (name, _, fallback) => parameters[name] ?? fallback ?? (/Fields$|^options$/.test(name) ? {} : undefined),
  getCurrentNodeParameter: (name) => parameters[name],
  getCurrentNodeParameters: () => parameters,
  getInputData: () => [{ json: {}, binary }],
  getNode: () => ({ typeVersion: 1.1, name: 'Salesforce', type: 'salesforce', parameters }),
  getMode: () => 'trigger',
  getWorkflowStaticData: () => (parameters.memory ??= {}),
  getCredentials: async () => ({ oauthTokenData: { instance_url: url } }),
  continueOnFail: () => false,
  logger: { debug() {}, info() {}, warn() {}, error() {} },
  helpers: {
    requestOAuth2: (_, options) => send(options),
    httpRequestWithAuthentication: (_, options) => send(options),
    returnJsonArray: (data) => [data].flat().map((json) => ({ json })),
    constructExecutionMetaData: (data) => data,
    assertBinaryData: () => binary.data,
    getBinaryDataBuffer: async () => Buffer.from('hello'),
  },
});

const node = new Salesforce();
const run = async (resource, operation, parameters = {}) => (await node.execute.call(host({ resource, operation, ...parameters })))[0].map((one) => one.json);
const all = { returnAll: true, options: {} };

(async () => {
  const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: CLIENT, client_secret: SECRET, refresh_token: REFRESH });
  token = (await (await fetch(`${url}/services/oauth2/token`, { method: 'POST', body: form })).json()).access_token;

  const unmodelled = ['getCampaigns', 'getStages', 'getOpportunityFields'];
  for (const [name, load] of Object.entries(node.methods.loadOptions)) {
    const loaded = load.call(host({ resource: 'case', customObject: 'Case' }));
    if (unmodelled.includes(name)) await assert.rejects(loaded, (error) => error.context.errorCode === 'NOT_MODELLED', name);
    else assert.ok(Array.isArray(await loaded), name);
  }
  for (const search of Object.values(node.methods.listSearch ?? {}))
    for (const resource of ['case', 'lead']) assert.ok((await search.call(host({ resource }), 'r')).results);

  const [account] = await run('account', 'create', { name: 'Acme' });
  await run('account', 'update', { accountId: account.id, updateFields: { website: 'acme.test', numberOfEmployees: 3 } });
  await run('account', 'upsert', { externalId: 'Id', externalIdValue: account.id, name: 'Acme Ltd' });
  assert.equal((await run('account', 'get', { accountId: account.id }))[0].Name, 'Acme Ltd');
  await run('account', 'addNote', { accountId: account.id, title: 'T', options: { body: 'b' } });
  const [contact] = await run('contact', 'create', { lastname: 'Dana', additionalFields: { email: 'dana@example.test', leadSource: 'Web' } });
  await run('contact', 'update', { contactId: contact.id, updateFields: { lastName: 'Dana B' } });
  const [made] = await run('case', 'create', { type: 'Problem', additionalFields: { contactId: contact.id, subject: 'n8n', status: 'New', priority: 'High' } });
  const custom = { customFieldsUi: { customFieldsValues: [{ fieldId: 'Case_From__c', value: 'opencx' }] } };
  await run('case', 'update', { caseId: made.id, updateFields: { status: 'Working', ...custom } });
  assert.equal((await run('case', 'get', { caseId: made.id }))[0].Case_From__c, 'opencx');
  await run('case', 'addComment', { caseId: made.id, options: { commentBody: 'hello' } });
  const conditions = [{ field: 'Subject', operation: '=', value: 'n8n' }, { field: 'CreatedDate', operation: '>=', value: 'LAST_N_DAYS:7' }];
  assert.equal((await run('case', 'getAll', { returnAll: true, options: { conditionsUi: { conditionValues: conditions } } })).length, 1);
  const [lead] = await run('lead', 'create', { company: 'Umbrella', lastname: 'Lee', additionalFields: { email: 'lee@example.test' } });
  await run('lead', 'update', { leadId: lead.id, updateFields: { company: 'Umbrella Ltd' } });
  const [task] = await run('task', 'create', { status: 'Not Started', additionalFields: { whoId: contact.id, whatId: made.id, subject: 'Call', priority: 'Normal' } });
  await run('task', 'update', { taskId: task.id, updateFields: { status: 'Completed' } });
  const [attachment] = await run('attachment', 'create', { parentId: made.id, name: 'a.txt', binaryPropertyName: 'data' });
  assert.equal((await run('attachment', 'get', { attachmentId: attachment.id }))[0].BodyLength, 5);
  await run('document', 'upload', { title: 'T', binaryPropertyName: 'data', additionalFields: { linkToObjectId: made.id } });
  for (const resource of ['account', 'contact', 'case', 'lead', 'task', 'attachment', 'user']) assert.ok((await run(resource, 'getAll', all)).length > 0, resource);
  for (const resource of ['account', 'contact', 'case', 'lead', 'task', 'attachment']) assert.ok((await run(resource, 'getSummary'))[0].objectDescribe, resource);
  assert.ok((await run('search', 'query', { query: 'SELECT Id FROM Case' })).length > 0);
  await run('flow', 'getAll', { returnAll: true });
  await run('customObject', 'upsert', { customObject: 'Case', externalId: 'OpenCX_Handoff__c', externalIdValue: 's 1', additionalFields: {}, customFieldsUi: { customFieldsValues: [{ fieldId: 'Subject', value: 'x' }] } });
  await assert.rejects(run('opportunity', 'create', { name: 'x', closeDate: '2026-01-01', stageName: 'New' }), (error) => error.context.errorCode === 'NOT_MODELLED');
  await assert.rejects(run('case', 'get', { caseId: '500000000000000AAA' }), (error) => error.context.errorCode === 'NOT_FOUND');

  const poll = (triggerOn) => new SalesforceTrigger().poll.call(host({ triggerOn, memory: { lastTimeChecked: '2020-01-01T00:00:00.000Z' } }));
  for (const triggerOn of ['caseCreated', 'leadCreated', 'taskCreated', 'contactCreated', 'accountCreated']) assert.ok((await poll(triggerOn))[0].length > 0, triggerOn);
  assert.equal(await poll('caseUpdated'), null);  // what is new does not count as updated
  await run('case', 'delete', { caseId: made.id });
  console.log('n8n is content');
})().catch((error) => { console.error(error); process.exit(1); });
