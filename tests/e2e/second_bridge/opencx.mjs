// The public API of OpenCX, as far as this bridge needs it (docs/opencx.md).

import { Gate } from './gate.mjs';
import { Later, Refused } from './trouble.mjs';

export class OpenCx {
  #wire;
  #settings;
  #gate;
  seenClock = undefined; // the vendor's own time, by its last answer

  constructor(wire, settings, clock) {
    this.#wire = wire;
    this.#settings = settings;
    this.#gate = new Gate(clock);
  }

  async session(id) {
    const session = await this.#json('GET', `/chat/sessions/${encodeURIComponent(id)}`);
    if (session?.id !== id) throw new Later('OpenCX: this is no session');
    return session;
  }

  /// Oldest first.
  async history(id) {
    const items = await this.#pages(`/chat/sessions/${encodeURIComponent(id)}/history`, {});
    return items.sort((a, b) => Date.parse(a.created_at) - Date.parse(b.created_at));
  }

  sessionsUpdatedAfter(when) {
    return this.#pages('/chat/sessions', { channel_type: 'email', updated_after: new Date(when).toISOString() });
  }

  /// The id of the message, as the history shows it.
  async sendAsAgent(session, { text, files, agent, isTakeover = true }) {
    const answer = await this.#json('POST', `/chat/sessions/${encodeURIComponent(session)}/send`, {
      sender: 'agent',
      message: {
        type: 'text',
        text,
        attachments: files.map((file) => ({
          name: file.name,
          mime_type: file.mediaType,
          base64: file.content.toString('base64'),
        })),
      },
      ...(agent ? { agent: { name: agent } } : {}),
      should_take_over_session_from_ai: isTakeover,
    });
    const id = answer?.data?.message?.id;
    if (!id) throw new Later('OpenCX: this is no answer to a send', { maybeDone: true });
    return id;
  }

  async updateSession(session, changes) {
    await this.#asked('PATCH', this.#settings.opencxUrl + `/chat/sessions/${encodeURIComponent(session)}`, changes);
  }

  async fileContent(url) {
    return (await this.#asked('GET', url)).body;
  }

  async #pages(path, parameters) {
    const items = [];
    let cursor;
    do {
      const query = new URLSearchParams(cursor ? { ...parameters, cursor } : parameters).toString();
      const page = await this.#json('GET', query ? `${path}?${query}` : path);
      if (!Array.isArray(page?.items)) throw new Later('OpenCX: this is no page');
      items.push(...page.items);
      cursor = page.next;
    } while (cursor);
    return items;
  }

  async #json(method, path, body) {
    const answer = await this.#asked(method, this.#settings.opencxUrl + path, body);
    try {
      return JSON.parse(answer.body.toString());
    } catch {
      this.#gate.failed();
      throw new Later('OpenCX: the answer is no JSON', { maybeDone: method !== 'GET' });
    }
  }

  async #asked(method, url, body) {
    this.#gate.pass();
    let answer;
    // Files may lie elsewhere: the key is for OpenCX alone.
    const isOurs = new URL(url).origin === new URL(this.#settings.opencxUrl).origin;
    try {
      answer = await this.#wire.call({
        method,
        url,
        headers: {
          ...(isOurs ? { Authorization: `Bearer ${this.#settings.opencxKey}` } : {}),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
    } catch (trouble) {
      this.#gate.failed();
      throw trouble;
    }
    if (answer.headers.date) this.seenClock = Date.parse(answer.headers.date);
    if (answer.status >= 200 && answer.status < 300) {
      this.#gate.succeeded();
      return answer;
    }
    const isRefusal = answer.status >= 400 && answer.status < 500 && ![401, 403, 404, 408, 429].includes(answer.status);
    if (isRefusal) {
      this.#gate.succeeded();
      throw new Refused(`OpenCX: status ${answer.status}: ${answer.body.toString().slice(0, 200)}`, { status: answer.status });
    }
    this.#gate.failed(answer.headers['retry-after'], [401, 403, 429].includes(answer.status));
    throw new Later(`OpenCX: status ${answer.status}`, {
      maybeDone: method !== 'GET' && answer.status >= 500,
      notBefore: this.#gate.shutUntil,
    });
  }
}
