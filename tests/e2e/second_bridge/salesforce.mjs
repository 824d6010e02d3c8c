// Salesforce's REST API, as far as this bridge needs it. Source: REST API Developer Guide, v60.0.

import { Gate } from './gate.mjs';
import { Later, Refused } from './trouble.mjs';

const kVersion = '/services/data/v60.0';
const kRetryCodes = new Set(['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE', 'REQUEST_RUNNING_TOO_LONG', 'QUERY_TIMEOUT']);
// Of the whole org, whatever the call was.
const kOrgCodes = new Set(['REQUEST_LIMIT_EXCEEDED', 'API_DISABLED_FOR_ORG', 'API_CURRENTLY_DISABLED', 'STORAGE_LIMIT_EXCEEDED']);

export class Salesforce {
  #wire;
  #settings;
  #books;
  #gate;
  #token = '';
  #base = '';
  #login = undefined; // the one that is under way
  user = ''; // whom we write as
  seenClock = undefined; // the vendor's own time, by its last answer

  constructor(wire, settings, books, clock) {
    this.#wire = wire;
    this.#settings = settings;
    this.#books = books;
    this.#gate = new Gate(clock);
  }

  /// All rows; deleted ones too with `all`.
  async query(soql, { all = false } = {}) {
    const rows = [];
    let path = `${kVersion}/${all ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
    while (path) {
      const page = await this.#json('GET', path);
      if (!Array.isArray(page?.records)) throw new Later('Salesforce: this is no answer to a query');
      rows.push(...page.records);
      path = page.nextRecordsUrl;
    }
    return rows;
  }

  async create(object, fields) {
    const made = await this.#json('POST', `${kVersion}/sobjects/${object}`, fields);
    if (!made?.id) throw new Later('Salesforce: this is no answer to a create', { maybeDone: true });
    return made.id;
  }

  /// All of them or none.
  async createAll(object, rows) {
    const records = rows.map((row) => ({ attributes: { type: object }, ...row }));
    const results = await this.#json('POST', `${kVersion}/composite/sobjects`, { allOrNone: true, records });
    if (!Array.isArray(results)) throw new Later('Salesforce: this is no answer to a create', { maybeDone: true });
    const wrong = results.find((one) => !one.success && one.errors?.[0]?.statusCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    if (wrong) this.#refuse(200, wrong.errors ?? []);
    if (results.some((one) => !one.success)) throw new Later('Salesforce: rolled back');
  }

  async fileContent(version) {
    const answer = await this.#asked('GET', `${kVersion}/sobjects/ContentVersion/${version}/VersionData`);
    return answer.body;
  }

  async #json(method, path, body) {
    const answer = await this.#asked(method, path, body);
    try {
      return answer.body.length > 0 ? JSON.parse(answer.body.toString()) : {};
    } catch {
      this.#gate.failed();
      throw new Later('Salesforce: the answer is no JSON', { maybeDone: method !== 'GET' });
    }
  }

  async #asked(method, path, body) {
    for (let isSecond = false; ; isSecond = true) {
      this.#gate.pass();
      if (!this.#token) await this.#logIn();
      const token = this.#token;
      const answer = await this.#called({
        method,
        url: this.#base + path,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      if (answer.status >= 200 && answer.status < 300) {
        this.#gate.succeeded();
        return answer;
      }
      if (answer.status === 401) {
        if (this.#token === token) this.#token = '';
        if (!isSecond) continue;
        this.#gate.failed(undefined, true);
        throw new Later('Salesforce: 401 with a new token');
      }
      this.#judge(method, answer);
    }
  }

  async #called(request) {
    try {
      const answer = await this.#wire.call(request);
      if (answer.headers.date) this.seenClock = Date.parse(answer.headers.date);
      return answer;
    } catch (trouble) {
      this.#gate.failed();
      throw trouble;
    }
  }

  #judge(method, answer) {
    const errors = errorsIn(answer.body);
    const isWrite = method !== 'GET';
    if (errors.some((error) => kOrgCodes.has(error.errorCode))) {
      this.#gate.failed(answer.headers['retry-after'], true);
      throw new Later(`Salesforce: ${errors[0].errorCode}`, { notBefore: this.#gate.shutUntil });
    }
    const isTransient = answer.status >= 500 || answer.status < 400 || [404, 408, 429].includes(answer.status);
    if (isTransient || errors.length === 0) {
      this.#gate.failed(answer.headers['retry-after']);
      throw new Later(`Salesforce: status ${answer.status}`, {
        maybeDone: isWrite && answer.status >= 500,
        notBefore: this.#gate.shutUntil,
      });
    }
    this.#gate.succeeded();
    this.#refuse(answer.status, errors);
  }

  /// `errors` as in an answer ({errorCode}) or in a row's result ({statusCode}).
  #refuse(status, errors) {
    const [first = {}] = errors;
    const code = first.errorCode ?? first.statusCode ?? '';
    if (kRetryCodes.has(code)) throw new Later(`Salesforce: ${code}`);
    if (kOrgCodes.has(code)) {
      this.#gate.failed(undefined, true);
      throw new Later(`Salesforce: ${code}`, { notBefore: this.#gate.shutUntil });
    }
    throw new Refused(`Salesforce: ${code}: ${first.message ?? ''}`, { status, code, fields: first.fields ?? [] });
  }

  /// One, however many calls wait for it.
  #logIn() {
    this.#login ??= this.#askForToken().finally(() => (this.#login = undefined));
    return this.#login;
  }

  async #askForToken() {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: this.#settings.clientId,
      client_secret: this.#settings.clientSecret,
      refresh_token: this.#books.refreshToken || this.#settings.refreshToken,
    });
    const answer = await this.#called({
      method: 'POST',
      url: `${this.#settings.loginUrl}/services/oauth2/token`,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    });
    const grant = answer.status === 200 ? tokenIn(answer.body) : undefined;
    if (!grant) {
      this.#gate.failed(answer.headers['retry-after'], answer.status >= 400 && answer.status < 500);
      throw new Later(`Salesforce: no token, status ${answer.status}`, { notBefore: this.#gate.shutUntil });
    }
    this.#token = grant.access_token;
    this.#base = grant.instance_url;
    this.user = grant.id.split('/').at(-1);
    if (grant.refresh_token && grant.refresh_token !== this.#settings.refreshToken) {
      this.#books.noteRefreshToken(grant.refresh_token);
    }
  }
}

/// A value inside a SOQL text.
export function soqlText(value) {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}

function errorsIn(body) {
  try {
    const errors = JSON.parse(body.toString());
    return Array.isArray(errors) ? errors.filter((error) => error.errorCode) : [];
  } catch {
    return [];
  }
}

function tokenIn(body) {
  try {
    const grant = JSON.parse(body.toString());
    return grant.access_token && grant.instance_url && grant.id ? grant : undefined;
  } catch {
    return undefined;
  }
}
