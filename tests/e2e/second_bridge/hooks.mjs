// What the vendors call: webhooks are hints, written down before they are answered. Everything they say is read again from its owner.

import crypto from 'node:crypto';

const kBodyBytesMax = 1 << 20;
const kSignatureAgeMaxMs = 5 * 60_000;

/// Answers one request. `hint(key)` writes down that a conversation or Case is to be looked at.
export function makeHooks(settings, clock, isReady, hint) {
  const answer = (request, body) => {
    const [, hooks, vendor, secret, ...rest] = request.url.split('?')[0].split('/');
    if (request.url === '/healthz') return isReady() ? 200 : 503;
    const expected = { opencx: settings.opencxSecret, salesforce: settings.salesforceSecret }[vendor];
    if (hooks !== 'hooks' || rest.length > 0 || !expected || !isSame(decoded(secret ?? ''), expected)) return 404;
    if (request.method !== 'POST') return 405;
    if (body.length > kBodyBytesMax) return 413;
    if (vendor === 'opencx' && !isSignatureRight(request.headers, body, expected, clock.now())) return 401;
    const event = parsed(body);
    if (event === undefined) return 400;
    if (!isReady()) return 503;
    for (const key of vendor === 'opencx' ? conversationsIn(event) : casesIn(event)) hint(key);
    return 202;
  };
  return (request, response) => {
    const chunks = [];
    let size = 0;
    request.on('data', (chunk) => {
      size += chunk.length;
      if (size <= kBodyBytesMax + 1) chunks.push(chunk);
    });
    request.on('end', () => {
      let status = 503; // what cannot be written down is to be sent again
      try {
        status = answer(request, Buffer.concat(chunks));
      } catch (trouble) {
        console.error(`webhook not stored: ${trouble.message}`);
      }
      response.writeHead(status).end();
    });
  };
}

function conversationsIn(event) {
  const data = Array.isArray(event.data) ? event.data : [event.data];
  return data.map((one) => one?.conversation_id).filter((id) => typeof id === 'string').map((id) => `session:${id}`);
}

function casesIn(event) {
  return typeof event.caseId === 'string' ? [`case:${event.caseId}`] : [];
}

function parsed(body) {
  try {
    const event = JSON.parse(body.toString());
    return typeof event === 'object' && event !== null ? event : undefined;
  } catch {
    return undefined;
  }
}

/// Standard Webhooks. One that is absent is no mistake: the secret in the path is the proof then.
function isSignatureRight(headers, body, secret, now) {
  const signatures = headers['webhook-signature'];
  if (signatures === undefined) return true;
  const timestamp = headers['webhook-timestamp'] ?? '';
  if (!(Math.abs(now - Number(timestamp) * 1000) <= kSignatureAgeMaxMs)) return false;
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : secret;
  const wanted = crypto.createHmac('sha256', key).update(`${headers['webhook-id']}.${timestamp}.`).update(body).digest('base64');
  return signatures.split(' ').some((one) => isSame(one, `v1,${wanted}`));
}

function isSame(one, other) {
  const digest = (text) => crypto.createHash('sha256').update(text).digest();
  return crypto.timingSafeEqual(digest(one), digest(other));
}

function decoded(word) {
  try {
    return decodeURIComponent(word);
  } catch {
    return word;
  }
}
