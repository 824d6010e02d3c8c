// jsforce 3 as people use it: SOAP login, rows, queries in pages and children in pages, upsert, describe, list views, quick actions, search, what is refused of bulk, an expired session, logout.
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
  const account = await conn.sobject('Account').create({ Name: 'Acme' });
  await conn.sobject('Contact').create(Array.from({ length: 600 }, (_, i) => ({ LastName: `Child ${i}`, AccountId: account.id })), { allowRecursive: true });
  const [parent] = (await conn.query(`SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id = '${account.id}'`, { autoFetch: true, maxFetch: 5000 })).records;
  assert.equal(parent.Contacts.totalSize, 600);
  assert.equal(new Set(parent.Contacts.records.map((row) => row.Id)).size, 600);
  const [pair] = await conn.retrieve('Contact', [parent.Contacts.records[0].Id], { fields: ['Id', 'Account.Name'] });
  assert.equal(pair.Account.Name, 'Acme');
  const views = (await conn.sobject('Case').listviews()).listviews;
  const open = conn.sobject('Case').listview(views.find((view) => view.developerName === 'AllOpenCases').id);
  assert.match((await open.describe()).query, /FROM Case WHERE IsClosed = false/);
  assert.ok((await open.results()).records[0].columns.some((cell) => cell.fieldNameOrPath === 'Subject' && cell.value));
  assert.equal((await open.explain()).plans[0].sobjectType, 'Case');
  const quick = await conn.sobject('Account').quickAction('NewCase').execute(account.id, { Subject: 'quick' });
  assert.ok(quick.success && quick.contextId === account.id);
  assert.deepEqual(await conn.process.approval.list(), {});
  assert.deepEqual(await conn.process.rule.list(), {});
  const blob = await conn.sobject('Attachment').create({ Name: 'a.txt', ParentId: created.id, Body: Buffer.from('bytes').toString('base64') },
    { multipartFileFields: { Body: { contentType: 'text/plain', filename: 'a.txt' } } });
  assert.ok(blob.success);
  const now = new Date(Date.now() + 60_000), before = new Date(Date.now() - 3_600_000);
  assert.ok((await conn.sobject('Case').updated(before, now)).ids.includes(created.id));
  await conn.sobject('Case').destroy(created.id);
  assert.equal((await conn.sobject('Case').deleted(before, now)).deletedRecords[0].id, created.id);
  await assert.rejects(Promise.resolve(conn.bulk.load('Case', 'insert', [{ Subject: 'x' }])), (error) => error.errorCode === 'NOT_MODELLED');
  await conn.logout();

  const refreshing = new jsforce.Connection({ oauth2: { loginUrl, clientId: CLIENT, clientSecret: SECRET, redirectUri: 'http://localhost/callback' },
    instanceUrl: loginUrl, refreshToken: REFRESH, version: '67.0' });
  assert.equal((await refreshing.query('SELECT COUNT() FROM Case')).totalSize, 2);
  console.log('jsforce 3 is content');
})().catch((error) => { console.error(error); process.exit(1); });
