// From Salesforce to OpenCX: what reps answer on a Case, and what becomes of the conversation when the Case is closed.

import { isFrom, lastWordOfCustomer, messagesIn } from './conversation.mjs';
import { soqlText } from './salesforce.mjs';
import { Later } from './trouble.mjs';
import { fingerprint, htmlAsText } from './words.mjs';

const kFilesBytesMax = 10 << 20;
const kFileAwaitedMs = 30_000;
const kUnderWayMs = 5_000;

export class ToCustomer {
  #salesforce;
  #opencx;
  #books;
  #manners;
  #clock;

  constructor(salesforce, opencx, books, manners, clock) {
    this.#salesforce = salesforce;
    this.#opencx = opencx;
    this.#books = books;
    this.#manners = manners;
    this.#clock = clock;
  }

  /// Finds out what became of sends whose answer was never seen, before their messages are taken for somebody else's.
  settleBegun({ session, history }) {
    for (const reply of this.#books.begunReplies(session.id)) {
      const message = messagesIn(history).find(
        (item) =>
          isFrom(item, 'human_agent') &&
          !this.#books.isTold(session.id, item.id) &&
          fingerprint(item.event.content?.text ?? '') === reply.words,
      );
      if (message) this.#books.noteReply({ ...reply, state: 'sent', message: message.id });
      else if (this.#clock.now() < reply.at + kUnderWayMs) throw new Later('a send may be under way', { maybeDone: true });
    }
  }

  /// Replies on this Case that nobody has sent yet, in the order in which they were written. What is for one of `others`, whose Case was merged into this
  /// one, is sent when that customer is served.
  async deliver(caseId, talks, others) {
    const rows = await this.#salesforce.query(
      'SELECT Id, ToAddress, TextBody, HtmlBody, HasAttachment, CreatedDate, CreatedBy.Name FROM EmailMessage ' +
        `WHERE ParentId = ${soqlText(caseId)} AND Incoming = false AND Status = '3' AND MessageIdentifier = null ` +
        `AND CreatedById != ${soqlText(this.#salesforce.user)} ORDER BY CreatedDate, Id`,
    );
    for (const row of rows) {
      const known = this.#books.reply(row.Id);
      if (known && known.state !== 'begun') continue;
      const addressee = this.#addressee(caseId, [...talks, ...others], row.ToAddress ?? '');
      if (talks.some(({ session }) => session.id === addressee.id)) await this.#send(row, addressee, known);
    }
  }

  /// The conversation on this Case in which the customer spoke last. Merged Cases may have two customers: the one it was written to.
  #addressee(caseId, talks, to) {
    const addressees = talks.filter(({ session }) => to.toLowerCase().includes(session.contact?.email?.toLowerCase() ?? '\n'));
    if (addressees.length > 0) talks = addressees;
    const here = talks.filter(({ session }) => this.#books.caseOf(session.id) === caseId);
    const ever = talks.filter(({ session }) => this.#books.casesOf(session.id).includes(caseId));
    return (here.length > 0 ? here : ever).sort((a, b) => lastWordOfCustomer(b) - lastWordOfCustomer(a))[0].session;
  }

  async #send(row, addressee, begun) {
    const links = await this.#salesforce.query(
      'SELECT ContentDocument.LatestPublishedVersionId, ContentDocument.Title, ContentDocument.FileExtension, ContentDocument.ContentSize ' +
        `FROM ContentDocumentLink WHERE LinkedEntityId = ${soqlText(row.Id)}`,
    );
    if (links.length === 0 && row.HasAttachment && this.#clock.now() < Date.parse(row.CreatedDate) + kFileAwaitedMs) {
      throw new Later('a file was announced and is not there');
    }
    const files = [];
    const left = [];
    let room = kFilesBytesMax;
    for (const { ContentDocument: document } of links) {
      const name = fileName(document);
      if (document.ContentSize > room) {
        left.push(`(The file ${name} is too large to be sent by mail.)`);
        continue;
      }
      room -= document.ContentSize;
      const content = await this.#salesforce.fileContent(document.LatestPublishedVersionId);
      if (content.length !== document.ContentSize) throw new Later(`Salesforce: this is not the file ${document.LatestPublishedVersionId}`);
      files.push({ name, content, mediaType: mediaTypeOf(name) });
    }
    const written = row.TextBody?.trim() ? row.TextBody : htmlAsText(row.HtmlBody ?? '');
    const text = [written.trim(), ...left].filter(Boolean).join('\n\n');
    const session = begun?.session ?? addressee.id;
    const note = { row: row.Id, session, words: fingerprint(text), at: this.#clock.now() };
    if (!text && files.length === 0) {
      this.#books.noteReply({ ...note, state: 'nothing' });
      return;
    }
    this.#books.noteReply({ ...note, state: 'begun' });
    const agent = this.#manners.agent === 'desk' ? 'Service desk' : row.CreatedBy?.Name;
    const message = await this.#opencx.sendAsAgent(session, { text, files, agent });
    this.#books.noteReply({ ...note, state: 'sent', message });
  }

  /// Closes the conversation of a closed Case, once for each closing.
  async close(talk, ticket) {
    const { session } = talk;
    if (this.#manners.closing === 'leave' || !ticket?.IsClosed || ticket.IsDeleted) return;
    const which = `${ticket.Id} ${ticket.ClosedDate}`;
    if (this.#books.closedFor(session.id) === which) return;
    await this.#opencx.updateSession(session.id, { status: 'closed_resolved' });
    this.#books.noteClosed(session.id, which);
  }
}

function fileName(document) {
  const extension = document.FileExtension ? `.${document.FileExtension}` : '';
  return document.Title.toLowerCase().endsWith(extension.toLowerCase()) ? document.Title : document.Title + extension;
}

function mediaTypeOf(name) {
  const types = {
    pdf: 'application/pdf',
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    txt: 'text/plain',
    csv: 'text/csv',
  };
  return types[name.split('.').at(-1).toLowerCase()] ?? 'application/octet-stream';
}
