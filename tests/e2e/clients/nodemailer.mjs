// nodemailer, with which most Node programs send mail, against the fake OpenCX's mail server.
import assert from 'node:assert/strict';
import nodemailer from 'nodemailer';

const [host, port] = process.env.SMTP.split(':');
const mailer = nodemailer.createTransport({ host, port: Number(port), secure: false, ignoreTLS: true });
const info = await mailer.sendMail({
  from: '"Jane [Sales]" <yuki..kettle@example.test>',
  to: 'help@acme.test',
  cc: 'friend@elsewhere.test',
  subject: 'Größe des Deckels',
  text: 'Please use an HTML reader.',
  html: '<p>Your limit is 5 &lt; 6, see <a href="https://x.test/a">the page</a></p>',
  attachments: [{ filename: 'Übersicht.txt', content: 'abc' }],
});
assert.deepEqual(info.rejected, []);
await assert.rejects(mailer.sendMail({ from: 'dana@example.test', to: 'nobody@acme.test', subject: 'x', text: 'y' }), /no such mailbox/);

const api = (path) => fetch(process.env.URL_OF_FAKE + path, { headers: { Authorization: `Bearer ${process.env.KEY}` } }).then((r) => r.json());
const { items } = await api('/chat/sessions');
assert.equal(items.length, 1);
assert.equal(items[0].contact.email, 'yuki..kettle@example.test');
const { event } = (await api(`/chat/sessions/${items[0].id}/history`)).items[0];
assert.equal(event.content.text, 'Your limit is 5 < 6, see the page (https://x.test/a)');
assert.equal(event.attachments[0].name, 'Übersicht.txt');
assert.equal(event.context.subject, 'Größe des Deckels');
console.log('nodemailer is content');
