// openapi-fetch, the client that the vendor's own widget and SDK stand on, against the fake OpenCX.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';

const api = createClient({ baseUrl: process.env.URL_OF_FAKE, headers: { Authorization: `Bearer ${process.env.KEY}` } });
const saved = await api.POST('/contacts', { body: { contact: { email: 'dana@example.test', name: 'Dana' } } });
assert.equal(saved.response.status, 201);
const made = await api.POST('/chat/sessions', { body: { contact_id: saved.data.id, channel: { type: 'email' } } });
const session_id = made.data.id;
const sent = await api.POST('/chat/sessions/{session_id}/send', {
  params: { path: { session_id } },
  body: { sender: 'contact', message: { type: 'text', text: 'Where is it?' } },
});
assert.equal(sent.data.success, true);
const history = await api.GET('/chat/sessions/{session_id}/history', { params: { path: { session_id } } });
assert.equal(history.data.items.at(-1).event.content.text, 'Where is it?');
const filtered = await api.POST('/chat/sessions/filter', { body: { filters: { status: ['open'] }, limit: 10 } });
assert.equal(filtered.data.data[0].id, session_id);
assert.equal((await api.DELETE('/contacts/{id}', { params: { path: { id: saved.data.id } } })).response.status, 200);
assert.equal((await api.GET('/chat/sessions/{session_id}', { params: { path: { session_id: 'nope' } } })).error.statusCode, 404);

// As the widget asks: its token on every request, and the contact's once there is one.
let token;
const widget = createClient({ baseUrl: process.env.URL_OF_FAKE });
widget.use({
  onRequest({ request }) {
    request.headers.set('X-Bot-Token', process.env.BOT);
    if (token) request.headers.set('Authorization', `Bearer ${token}`);
    return request;
  },
});
const base = '/backend/widget/v2';
assert.equal((await widget.GET(`${base}/config`)).data.modes.length, 0);
assert.equal((await widget.POST(`${base}/create-session`, { body: {} })).response.status, 401);
token = (await widget.POST(`${base}/contact/create-unverified`, { body: { non_verified_name: 'Ann' } })).data.token;
const chat = (await widget.POST(`${base}/create-session`, { body: { customData: { page: '/kettles' } } })).data;
const form = new FormData();
form.append('file', new File(['abc'], 'a.txt', { type: 'text/plain' }));
const upload = await fetch(process.env.URL_OF_FAKE + `${base}/upload`, {
  method: 'POST',
  headers: { 'X-Bot-Token': process.env.BOT, Authorization: `Bearer ${token}` },
  body: form,
});
const file = await upload.json();
assert.equal(file.fileName, 'a.txt');
const answer = await widget.POST(`${base}/chat/send`, {
  body: {
    uuid: crypto.randomUUID(),
    content: 'Hello',
    session_id: chat.id,
    bot_token: process.env.BOT,
    attachments: [{ id: '1', name: 'a.txt', size: 3, type: 'text/plain', url: file.fileUrl }],
  },
});
assert.equal(answer.data.success, true);
const poll = await widget.GET(`${base}/poll/{id}`, { params: { path: { id: chat.id } } });
assert.equal(poll.data.history[0].attachments[0].size, 3);
assert.deepEqual((await widget.GET(`${base}/sessions`)).data.items.map((one) => one.id), [chat.id]);
const past = (await widget.GET(`${base}/session/history/{id}`, { params: { path: { id: chat.id } } })).data;
assert.equal(past[0].content.text, 'Hello');
const vote = { action: 'upvote', messagePublicId: past[0].publicId, sessionId: chat.id };
assert.equal((await widget.POST(`${base}/chat/vote`, { body: vote })).data.success, true);
assert.equal((await widget.POST(`${base}/checkpoint`, { body: { session_id: chat.id, payload: { step: 2 } } })).data.success, true);
const again = { uuid: crypto.randomUUID(), content: 'Still there?', session_id: chat.id, bot_token: process.env.BOT };
assert.equal((await widget.POST(`${base}/chat/send`, { body: again })).data.success, true);
assert.equal((await widget.POST(`${base}/chat/send`, { body: again })).data.code, 'duplicate_message_ignored');
const preflight = await fetch(process.env.URL_OF_FAKE + `${base}/chat/send`, {
  method: 'OPTIONS',
  headers: { Origin: 'https://shop.example.test', 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'x-bot-token' },
});
assert.equal(preflight.headers.get('access-control-allow-headers'), 'x-bot-token');
assert.equal((await widget.POST(`${base}/session/resolve`, { body: { session_id: chat.id } })).data.isOpened, false);
assert.equal((await widget.POST(`${base}/submit-csat`, { body: { session_id: chat.id, score: 5, feedback: 'Quick' } })).data.success, true);
assert.equal((await widget.POST(`${base}/submit-csat`, { body: { session_id: chat.id, score: 9 } })).response.status, 400);
console.log('openapi-fetch is content');
