// From OpenCX to Salesforce: which Case a conversation is on, and what has to stand there.

import { isFrom, isWithPeople, messagesIn } from './conversation.mjs';
import { soqlText } from './salesforce.mjs';
import { Later, Refused } from './trouble.mjs';
import {
  comments,
  cut,
  descriptionOf,
  isCutInDescription,
  markOf,
  marksIn,
  shortId,
  spoken,
  subjectOf,
} from './words.mjs';

const kMailTextMax = 32_000;
const kFileBytesMax = 30 << 20;
const kSectionsMax = 60; // so that the marks below a comment stay short
const kCaseFields = 'Id, CaseNumber, CreatedDate, IsClosed, ClosedDate, IsDeleted, Description';
// Without these a Case is still a Case.
const kOptionalFields = ['ParentId', 'ContactId', 'SuppliedEmail', 'SuppliedName', 'Origin', 'Subject'];

export class ToCase {
  #salesforce;
  #opencx;
  #books;
  #manners;

  constructor(salesforce, opencx, books, manners) {
    this.#salesforce = salesforce;
    this.#opencx = opencx;
    this.#books = books;
    this.#manners = manners;
  }

  /// The Cases of all these conversations by id, merged ones followed.
  async casesOf(talks) {
    const cases = new Map();
    let wanted = [...new Set(talks.flatMap(({ session }) => this.#books.casesOf(session.id)))];
    while (wanted.length > 0) {
      const rows = await this.#salesforce.query(
        `SELECT ${kCaseFields}, MasterRecordId FROM Case WHERE Id IN (${wanted.map(soqlText).join(', ')})`,
        { all: true },
      );
      if (rows.length < wanted.length) throw new Later('a Case is not there');
      for (const row of rows) cases.set(row.Id, row);
      const merged = rows.filter((row) => row.MasterRecordId);
      for (const row of merged) this.#books.noteMoved(row.Id, row.MasterRecordId);
      wanted = merged.map((row) => row.MasterRecordId).filter((id) => !cases.has(id));
    }
    return cases;
  }

  /// Writes what is missing. `cases` grows by a Case that is opened.
  async tell(talk, cases) {
    const { session } = talk;
    const present = cases.get(this.#books.caseOf(session.id));
    if (present?.IsDeleted) {
      if (this.untold(talk).length > 0) throw new Refused('its Case was deleted');
      return;
    }
    if (present) await this.#adopt(talk, present);
    const untold = this.untold(talk);
    if (present && !present.IsClosed) {
      await this.#append(talk, present, untold);
    } else if (isWithPeople(talk)) {
      // Whoever answers a closed Case, or is handed off after it, must be seen by somebody: that goes on the next one.
      const isNews = untold.some((item) => isFrom(item, 'contact')) || this.#isHandedOffSince(talk, present);
      if (isNews) await this.#moveOn(talk, cases, present);
      else if (present) await this.#append(talk, present, untold);
    } else {
      await this.#tellWhatTheAiKeeps(talk, cases, untold);
    }
    const now = this.#books.caseOf(session.id);
    if (now && session.custom_data?.salesforce_case_id !== now) await this.#show(session, now);
  }

  /// What was written there and never acknowledged stands there all the same, whatever became of the Case since.
  async #adopt(talk, present) {
    const { session } = talk;
    const untold = this.untold(talk);
    if (untold.length === 0) return;
    const { marks, mails } = await this.#standing(present);
    const stands = untold.filter((item) => marks.has(shortId(item.id)) || mails.has(identifierOf(item)));
    await this.#copyFiles(session, present, stands);
    this.#books.noteTold(session.id, stands.map((item) => item.id));
  }

  /// Marks and identifiers of what we have put on this Case so far.
  async #standing(target) {
    target.standing ??= await this.#readStanding(target);
    return target.standing;
  }

  async #readStanding(target) {
    const where = `ParentId = ${soqlText(target.Id)} AND CreatedById = ${soqlText(this.#salesforce.user)}`;
    const comments = await this.#salesforce.query(`SELECT CommentBody FROM CaseComment WHERE ${where}`);
    const mails = await this.#salesforce.query(`SELECT MessageIdentifier FROM EmailMessage WHERE ${where} AND Incoming = true`);
    return {
      marks: new Set(comments.flatMap((row) => marksIn(row.CommentBody ?? ''))),
      mails: new Set(mails.map((row) => row.MessageIdentifier)),
    };
  }

  /// Who writes before her Case is closed is on it, whoever answers her.
  async #tellWhatTheAiKeeps(talk, cases, untold) {
    const open = newest([...cases.values()].filter((one) => !one.IsClosed && !one.IsDeleted));
    if (open) {
      await this.#joinTo(talk, open);
      return;
    }
    for (const one of cases.values()) {
      const written = untold.filter(({ created_at: at }) => timeOf(at) >= timeOf(one.CreatedDate) && timeOf(at) <= timeOf(one.ClosedDate));
      if (one.IsDeleted || written.length === 0) continue;
      if (!this.#books.casesOf(talk.session.id).includes(one.Id)) this.#books.noteLink(talk.session.id, one.Id);
      await this.#append(talk, one, written);
    }
  }

  /// Messages that stand on no Case yet.
  untold({ session, history }) {
    return messagesIn(history).filter((item) => !this.#books.isTold(session.id, item.id));
  }

  #isHandedOffSince({ session, history }, present) {
    return history.some(
      ({ id, created_at: at, event }) =>
        event.type === 'handoff' && !this.#books.isTold(session.id, id) && timeOf(at) > timeOf(present?.ClosedDate ?? '1970-01-01'),
    );
  }

  /// Onto the customer's open Case, or onto a new one.
  async #moveOn(talk, cases, former) {
    const { session } = talk;
    const known = newest([...cases.values()].filter((one) => !one.IsClosed && !one.IsDeleted));
    const key = `second#${session.id}#${this.#books.casesOf(session.id).length + 1}`;
    const joined = known ?? ((await this.#caseWithKey(key)) ? undefined : await this.#openCaseOfContact(session));
    const target = joined ?? (await this.#open(talk, key, former));
    cases.set(target.Id, target);
    await this.#joinTo(talk, target, !joined);
  }

  async #joinTo(talk, target, isItsOwn = false) {
    const { session, history } = talk;
    this.#books.noteLink(session.id, target.Id);
    // Its description has the summary.
    if (isItsOwn) this.#books.noteTold(session.id, history.filter((item) => item.event.type === 'handoff').map((item) => item.id));
    await this.#tellAll(talk, target, isItsOwn);
  }

  /// One that is open though our books do not have it.
  async #openCaseOfContact(session) {
    const address = session.contact?.email;
    if (!address) return undefined;
    const rows = await this.#salesforce.query(
      `SELECT ${kCaseFields} FROM Case WHERE IsClosed = false AND Case_From__c = 'opencx' AND ` +
        `(SuppliedEmail = ${soqlText(address)} OR Contact.Email = ${soqlText(address)}) ORDER BY CreatedDate DESC LIMIT 1`,
    );
    return rows[0];
  }

  async #open({ session, history }, key, former) {
    const known = await this.#caseWithKey(key);
    if (known) return known;
    const contact = session.contact ?? {};
    let fields = {
      Subject: subjectOf(history),
      Description: descriptionOf(session, session.handoff?.summary, former, this.#manners.link === 'below'),
      Origin: 'Email',
      Case_From__c: 'opencx',
      OpenCX_Handoff__c: key,
      ...(former ? { ParentId: former.Id } : {}),
    };
    const record = this.#manners.customer !== 'supplied' && contact.email ? await this.#contactFor(contact) : undefined;
    if (record) fields.ContactId = record;
    if (!record || this.#manners.customer !== 'contact') {
      fields = { ...fields, SuppliedEmail: contact.email ?? '', SuppliedName: cut(contact.name ?? '', 80) };
    }
    for (;;) {
      try {
        await this.#salesforce.create('Case', fields);
        break;
      } catch (refusal) {
        if (!(refusal instanceof Refused)) throw refusal;
        if (refusal.code === 'DUPLICATE_VALUE') break; // an earlier try that we have not heard of
        const unwelcome = kOptionalFields.find((name) => refusal.fields.includes(name) && name in fields);
        if (!unwelcome) throw refusal;
        fields.Description += `\n(${unwelcome} was refused: ${fields[unwelcome]})`;
        delete fields[unwelcome];
      }
    }
    const made = await this.#caseWithKey(key);
    if (!made) throw new Later('the new Case is not there', { maybeDone: true });
    return made;
  }

  async #caseWithKey(key) {
    const rows = await this.#salesforce.query(
      `SELECT ${kCaseFields} FROM Case WHERE OpenCX_Handoff__c = ${soqlText(key)}`,
    );
    return rows[0];
  }

  /// The Salesforce Contact with this address, which is made if there is none; undefined when the org does not want it.
  async #contactFor(contact) {
    const known = this.#books.salesforceContact(contact.id);
    if (known) return known;
    const rows = await this.#salesforce.query(
      `SELECT Id FROM Contact WHERE Email = ${soqlText(contact.email)} ORDER BY CreatedDate LIMIT 1`,
    );
    const record = rows[0]?.Id ?? (await this.#newContact(contact));
    if (record) this.#books.noteSalesforceContact(contact.id, record);
    return record;
  }

  async #newContact(contact) {
    const names = (contact.name ?? '').trim().split(/\s+/).filter(Boolean);
    try {
      return await this.#salesforce.create('Contact', {
        LastName: cut(names.at(-1) ?? contact.email.split('@')[0], 80),
        ...(names.length > 1 ? { FirstName: cut(names.slice(0, -1).join(' '), 40) } : {}),
        Email: contact.email,
      });
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      return undefined;
    }
  }

  /// Everything said so far, on a Case that this conversation has just come to.
  async #tellAll(talk, target, isOpenedForThis) {
    const { session, history } = talk;
    const summary = session.handoff?.summary;
    // A creation that was done late describes what was known when it was asked for.
    const isInDescription = isOpenedForThis && !isCutInDescription(summary) && (target.Description ?? '').includes((summary ?? '').trim());
    const isSummaryWanted = summary && (!isInDescription || this.#manners.summary === 'comment-too');
    const untold = this.untold(talk);
    const handoffs = history.filter((item) => item.event.type === 'handoff').map((item) => item.id);
    const sections = untold.map((item) => this.#section(session, item));
    if (isSummaryWanted) sections.unshift({ id: `summary ${session.id} ${target.Id}`, text: `Summary: ${summary}` });
    const atOnce = this.#manners.transcript === 'each' ? 1 : kSectionsMax;
    for (let i = 0; i < sections.length; i += atOnce) await this.#comment(target, sections.slice(i, i + atOnce));
    await this.#copyFiles(session, target, untold);
    this.#books.noteTold(session.id, [...untold.map((item) => item.id), ...handoffs]);
  }

  /// What came since, on the Case it is on already.
  async #append(talk, target, items) {
    const { session, history } = talk;
    for (const item of items) {
      const isMail = isFrom(item, 'contact') && this.#manners['later-mail'] === 'email';
      if (!isMail || !(await this.#mail(target, talk, item))) await this.#comment(target, [this.#section(session, item)]);
      await this.#copyFiles(session, target, [item]);
      this.#books.noteTold(session.id, [item.id]);
    }
    for (const { id } of history.filter((item) => item.event.type === 'handoff' && !this.#books.isTold(session.id, item.id))) {
      const summary = session.handoff?.summary;
      if (summary) await this.#comment(target, [{ id, text: `Handed off again: ${summary}` }]);
      this.#books.noteTold(session.id, [id]);
    }
  }

  #section(session, item) {
    return { id: item.id, text: spoken(item, session.contact?.name) };
  }

  /// One comment, or as many as its bytes need, in one transaction; without what stands there already.
  async #comment(target, sections) {
    const { marks } = await this.#standing(target);
    const missing = sections.filter(({ id }) => !marks.has(shortId(id)));
    if (missing.length === 0) return;
    const bodies = comments(missing.map(({ text }) => text).join('\n\n'), markOf(missing.map(({ id }) => id)));
    await this.#salesforce.createAll(
      'CaseComment',
      bodies.map((body) => ({ ParentId: target.Id, CommentBody: body, IsPublished: this.#manners.comments === 'public' })),
    );
  }

  /// False when it cannot be a mail row.
  async #mail(target, { session, history }, item) {
    const text = item.event.content?.text ?? '';
    if (text.length > kMailTextMax || !session.contact?.email) return false;
    if ((await this.#standing(target)).mails.has(identifierOf(item))) return true;
    try {
      await this.#salesforce.create('EmailMessage', {
        ParentId: target.Id,
        Incoming: true,
        Status: '0',
        FromAddress: session.contact.email,
        FromName: cut(session.contact.name ?? '', 255),
        Subject: item.event.context?.subject ?? subjectOf(history),
        TextBody: text,
        MessageDate: item.created_at,
        MessageIdentifier: identifierOf(item),
      });
      return true;
    } catch (refusal) {
      if (refusal instanceof Refused) return false;
      throw refusal;
    }
  }

  async #copyFiles(session, target, items) {
    const files = items.filter((item) => isFrom(item, 'contact')).flatMap((item) => item.event.attachments ?? []);
    for (const file of files) {
      const key = `file ${file.id}`;
      if (this.#books.isTold(session.id, key)) continue;
      await this.#copyFile(session, target, file, key);
      this.#books.noteTold(session.id, [key]);
    }
  }

  async #copyFile(session, target, file, key) {
    const mark = `OpenCX file ${file.id}`;
    const rows = await this.#salesforce.query(
      `SELECT Description FROM ContentVersion WHERE FirstPublishLocationId = ${soqlText(target.Id)}`,
    );
    if (rows.some((row) => row.Description === mark)) return;
    try {
      if (file.size > kFileBytesMax) throw new Refused('it is too large');
      const content = await this.#opencx.fileContent(file.url);
      if (file.size !== undefined && content.length !== file.size) throw new Later(`OpenCX: this is not the file ${file.id}`);
      await this.#salesforce.create('ContentVersion', {
        Title: cut(file.name, 255),
        PathOnClient: cut(file.name, 500),
        Description: mark,
        FirstPublishLocationId: target.Id,
        VersionData: content.toString('base64'),
      });
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      await this.#comment(target, [{ id: key, text: `The file ${file.name} could not be copied: ${refusal.message}` }]);
    }
  }

  async #show(session, caseId) {
    try {
      await this.#opencx.updateSession(session.id, { custom_data: { salesforce_case_id: caseId } });
    } catch (refusal) {
      // Nothing waits for it.
      if (!(refusal instanceof Refused)) throw refusal;
      console.error(`session ${session.id}: ${refusal.message}`);
    }
  }
}

function newest(cases) {
  return cases.sort((a, b) => b.CaseNumber.localeCompare(a.CaseNumber))[0];
}

/// What marks an incoming mail as this message.
function identifierOf(item) {
  return `<${item.id}@opencx>`;
}

/// In whole seconds, as Salesforce has them.
function timeOf(text) {
  return Math.floor(Date.parse(text) / 1000);
}
