// @salesforce/core, which the vendor's CLI stands on: access token login, org details, a query in pages, a new token after expiry.
import assert from 'node:assert';
import { AuthInfo, Org } from '@salesforce/core';
const { URL_OF_FAKE: instanceUrl, USER, CLIENT, SECRET, REFRESH } = process.env;

const authInfo = await AuthInfo.create({ oauth2Options: { loginUrl: instanceUrl, clientId: CLIENT, clientSecret: SECRET, refreshToken: REFRESH } });
await authInfo.save();
assert.equal(authInfo.getUsername(), USER);
const org = await Org.create({ aliasOrUsername: USER });
const connection = org.getConnection();
assert.equal(connection.getApiVersion(), '67.0');
const created = await connection.sobject('Case').create({ Subject: 'Order 1182' });
assert.ok(created.success);
assert.equal((await connection.query('SELECT Id FROM Case')).totalSize, 1);
const rows = await connection.autoFetchQuery('SELECT Id, Name FROM User');
assert.ok(rows.records.length >= 2);
await org.refreshAuth();
const details = await connection.singleRecordQuery('SELECT Name, InstanceName, IsSandbox, TrialExpirationDate, NamespacePrefix, OrganizationType FROM Organization');
assert.equal(details.Name, 'Acme');
await fetch(`${instanceUrl}/_casewire/expire`, { method: 'POST' });
assert.equal((await connection.query('SELECT Id FROM Case')).totalSize, 1);
console.log('@salesforce/core is content');
