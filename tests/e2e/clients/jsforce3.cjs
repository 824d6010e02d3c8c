// jsforce 3 as people use it: SOAP login, rows, queries in pages, upsert, describe, search, an expired session, logout.
const assert = require('node:assert');
const jsforce = require('jsforce');
const { URL_OF_FAKE: loginUrl, USER, PASSWORD, TOKEN, CLIENT, SECRET, REFRESH } = process.env;

(async () => {
  const conn = new jsforce.Connection({ loginUrl, version: '59.0' });
  const user = await conn.login(USER, PASSWORD + TOKEN);
  assert.match(user.organizationId, /^00D\w{15}$/);
  await assert.rejects(new jsforce.Connection({ loginUrl }).login(USER, 'wrong'), /INVALID_LOGIN/);

  const created = await conn.sobject('Case').create({ Subject: 'Order 1182' });
  assert.ok(created.success);
  const many = await conn.sobject('Contact').create(Array.from({ length: 450 }, (_, i) => ({ LastName: `Number ${i}` })), { allowRecursive: true });
  assert.equal(many.filter((one) => one.success).length, 450);
  const found = [];
  await new Promise((done, failed) => conn.query('SELECT Id FROM Contact', { headers: { 'Sforce-Query-Options': 'batchSize=200' } })
    .on('record', (row) => found.push(row)).on('end', done).on('error', failed).run({ autoFetch: true, maxFetch: 1000 }));
  assert.equal(found.length, 450);
  const row = await conn.sobject('Case').retrieve(created.id);
  assert.equal(row.Subject, 'Order 1182');
  const upserted = await conn.sobject('Case').upsert({ OpenCX_Handoff__c: 's#1', Subject: 'upserted' }, 'OpenCX_Handoff__c');
  assert.ok(upserted.success);
  await conn.sobject('Case').update({ Id: created.id, Subject: 'changed' });
  await assert.rejects(conn.query('SELECT Foo FROM Case'), (error) => error.errorCode === 'INVALID_FIELD');
  assert.ok((await conn.describeGlobal()).sobjects.length > 700);
  assert.ok((await conn.sobject('Case').describe()).fields.some((field) => field.name === 'Case_From__c'));
  assert.equal((await conn.search('FIND {changed} RETURNING Case(Id, Subject)')).searchRecords[0].Subject, 'changed');
  assert.equal((await conn.identity()).username, USER);
  assert.ok((await conn.limits()).DailyApiRequests.Max > 0);
  assert.ok(Array.isArray(await conn.tabs()));
  const now = new Date(Date.now() + 60_000), before = new Date(Date.now() - 3_600_000);
  assert.ok((await conn.sobject('Case').updated(before, now)).ids.includes(created.id));
  await conn.sobject('Case').destroy(created.id);
  assert.equal((await conn.sobject('Case').deleted(before, now)).deletedRecords[0].id, created.id);
  await conn.logout();

  const refreshing = new jsforce.Connection({ oauth2: { loginUrl, clientId: CLIENT, clientSecret: SECRET, redirectUri: 'http://localhost/callback' },
    instanceUrl: loginUrl, refreshToken: REFRESH, version: '67.0' });
  assert.equal((await refreshing.query('SELECT COUNT() FROM Case')).totalSize, 1);
  console.log('jsforce 3 is content');
})().catch((error) => { console.error(error); process.exit(1); });
