// nforce: password grant, names in lower case, an attachment by multipart with a leading line end, revocation by GET.
const assert = require('node:assert');
const nforce = require('nforce');
const { URL_OF_FAKE: url, USER, PASSWORD, TOKEN, CLIENT, SECRET } = process.env;

(async () => {
  const org = nforce.createConnection({ clientId: CLIENT, clientSecret: SECRET, redirectUri: 'http://localhost/callback', apiVersion: 'v59.0',
    mode: 'single', environment: 'production', loginUri: `${url}/services/oauth2/token` });
  const oauth = await org.authenticate({ username: USER, password: PASSWORD, securityToken: TOKEN });
  assert.equal(oauth.instance_url, url);
  const one = nforce.createSObject('Case', { Subject: 'Order 1182' });
  assert.ok((await org.insert({ sobject: one })).success);
  const found = await org.query({ query: 'SELECT Id, Subject FROM Case' });
  assert.equal(found.records[0].get('subject'), 'Order 1182');
  one.set('Subject', 'changed');
  await org.update({ sobject: one });
  const attachment = nforce.createSObject('Attachment', { Name: 'a.txt', ParentId: one.getId() });
  attachment.setAttachment('a.txt', 'hello');
  const made = await org.insert({ sobject: attachment });
  assert.equal((await org.getAttachmentBody({ id: made.id })).toString(), 'hello');
  const upserted = nforce.createSObject('Case', { Subject: 'upserted' });
  upserted.setExternalId('OpenCX_Handoff__c', 's1');
  await org.upsert({ sobject: upserted });
  assert.ok((await org.getDescribe({ type: 'Case' })).fields.length > 30);
  assert.equal((await org.getIdentity({ oauth })).username, USER);
  await org.delete({ sobject: one });
  await assert.rejects(org.query({ query: 'SELECT Foo FROM Case' }), (error) => error.errorCode === 'INVALID_FIELD');
  console.log('nforce is content');
})().catch((error) => { console.error(error); process.exit(1); });
