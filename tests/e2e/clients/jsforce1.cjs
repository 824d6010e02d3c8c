// jsforce 1 with its own defaults: version 42.0, SOAP login, callbacks or promises.
const assert = require('node:assert');
const jsforce = require('jsforce1');
const { URL_OF_FAKE: loginUrl, USER, PASSWORD, TOKEN } = process.env;

(async () => {
  const conn = new jsforce.Connection({ loginUrl });
  await conn.login(USER, PASSWORD + TOKEN);
  const created = await conn.sobject('Case').create({ Subject: 'Order 1182' });
  assert.ok(created.success);
  assert.equal((await conn.query('SELECT Id, Subject FROM Case')).totalSize, 1);
  const rows = await conn.sobject('Case').create([{ Subject: 'a' }, { Subject: 'b' }]);
  assert.ok(rows.every((one) => one.success));
  await conn.sobject('Case').upsert({ OpenCX_Handoff__c: 's 1', Subject: 'x' }, 'OpenCX_Handoff__c');
  assert.equal((await conn.sobject('Case').find({ Subject: 'x' }, 'Id, Subject')).length, 1);
  assert.equal((await conn.search('FIND {order} RETURNING Case(Id)')).searchRecords.length, 1);
  await assert.rejects(conn.sobject('Case').retrieve('500000000000000AAA'), (error) => error.errorCode === 'NOT_FOUND');
  assert.ok((await conn.describeGlobal()).sobjects.length > 700);
  await conn.logout();
  console.log('jsforce 1 is content');
})().catch((error) => { console.error(error); process.exit(1); });
