// What the journal's facts amount to: whose conversation is on which Case, what stands there, what was sent.

import { Journal } from './journal.mjs';

export class Books {
  #journal;
  #sessions = new Map(); // id -> {contact, cases: [], told: Set, closedFor}
  #replies = new Map(); // EmailMessage id -> {state, session, words, at, message}
  #openHints = new Map(); // key -> how often hinted since it was settled
  #contacts = new Map(); // OpenCX contact -> Salesforce Contact
  #moved = new Map(); // merged Case -> the one that is left
  cursors = {};
  refreshToken = '';

  constructor(folder) {
    this.#journal = new Journal(folder, (fact) => this.#apply(fact));
  }

  #note(fact, how) {
    this.#journal.append(fact, how);
    this.#apply(fact);
  }

  #apply(fact) {
    switch (fact.is) {
      case 'hint':
        this.#openHints.set(fact.key, true);
        break;
      case 'settled':
        this.#openHints.delete(fact.key);
        break;
      case 'session':
        if (!this.#sessions.has(fact.session)) {
          this.#sessions.set(fact.session, { contact: fact.contact, cases: [], told: new Set(), closedFor: '' });
        }
        break;
      case 'link':
        this.#sessions.get(fact.session).cases.push(fact.case);
        break;
      case 'moved':
        this.#moved.set(fact.from, fact.to);
        break;
      case 'told':
        for (const item of fact.items) this.#sessions.get(fact.session).told.add(item);
        break;
      case 'closed':
        this.#sessions.get(fact.session).closedFor = fact.for;
        break;
      case 'reply':
        this.#replies.set(fact.row, fact);
        if (fact.message) this.#sessions.get(fact.session).told.add(fact.message);
        // What is sent into a closed conversation opens it again.
        if (fact.state === 'sent') this.#sessions.get(fact.session).closedFor = '';
        break;
      case 'contact':
        this.#contacts.set(fact.contact, fact.record);
        break;
      case 'cursor':
        this.cursors[fact.of] = fact.at;
        break;
      case 'refresh-token':
        this.refreshToken = fact.token;
        break;
    }
  }

  // ---- hints

  noteHint(key) {
    if (!this.#openHints.has(key)) this.#note({ is: 'hint', key }, { isSynced: true });
  }
  noteSettled(key) {
    this.#note({ is: 'settled', key });
  }
  openHints() {
    return [...this.#openHints.keys()];
  }

  // ---- conversations and Cases

  knowsSession(session) {
    return this.#sessions.has(session);
  }
  knowsContact(contact) {
    return [...this.#sessions.values()].some((one) => one.contact === contact);
  }
  noteSession(session, contact) {
    if (!this.knowsSession(session)) this.#note({ is: 'session', session, contact });
  }
  sessionsOf(contact) {
    return [...this.#sessions.keys()].filter((id) => this.#sessions.get(id).contact === contact);
  }
  noteLink(session, caseId) {
    this.#note({ is: 'link', session, case: caseId });
  }
  noteMoved(from, to) {
    this.#note({ is: 'moved', from, to });
  }
  #now(caseId) {
    let id = caseId;
    while (this.#moved.has(id)) id = this.#moved.get(id);
    return id;
  }
  /// All Cases this conversation was ever on, the present one last.
  casesOf(session) {
    return (this.#sessions.get(session)?.cases ?? []).map((id) => this.#now(id));
  }
  caseOf(session) {
    return this.casesOf(session).at(-1);
  }
  /// Ids of the conversations that are or were on it.
  sessionsOfCase(caseId) {
    const known = this.#now(caseId);
    return [...this.#sessions.keys()].filter((id) => this.casesOf(id).includes(known));
  }
  /// More than one when the Cases of several customers were merged.
  contactsOfCase(caseId) {
    return [...new Set(this.sessionsOfCase(caseId).map((id) => this.#sessions.get(id).contact))];
  }

  // ---- what stands where

  isTold(session, item) {
    return this.#sessions.get(session)?.told.has(item) ?? false;
  }
  noteTold(session, items) {
    if (items.length > 0) this.#note({ is: 'told', session, items });
  }
  closedFor(session) {
    return this.#sessions.get(session).closedFor;
  }
  noteClosed(session, which) {
    this.#note({ is: 'closed', session, for: which });
  }
  salesforceContact(contact) {
    return this.#contacts.get(contact);
  }
  noteSalesforceContact(contact, record) {
    this.#note({ is: 'contact', contact, record });
  }

  // ---- replies

  reply(row) {
    return this.#replies.get(row);
  }
  begunReplies(session) {
    return [...this.#replies.values()].filter((reply) => reply.session === session && reply.state === 'begun');
  }
  /// `state`: begun, sent, nothing (there is nothing to send).
  noteReply(reply) {
    this.#note({ ...reply, is: 'reply' }, { isSynced: reply.state === 'begun' });
  }

  // ---- the rest

  noteCursor(of, at) {
    this.#note({ is: 'cursor', of, at });
  }
  noteRefreshToken(token) {
    this.#note({ is: 'refresh-token', token }, { isSynced: true });
  }
}
