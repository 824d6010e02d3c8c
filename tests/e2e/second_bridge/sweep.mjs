// Finds what no webhook told: asks both vendors, every few minutes and at the start, what has changed.

const kEveryMs = 10 * 60_000;
const kEveryWithoutHintsMs = 4 * 60_000;
const kAgainMs = 60_000; // after one that failed
const kOverlapMs = 10 * 60_000;

export class Sweep {
  #every;
  #clock;
  #activity;
  #books;
  #salesforce;
  #opencx;
  #jobs;
  #seen = new Map(); // what was hinted already: id -> its time of change

  constructor({ clock, activity, books, salesforce, opencx, jobs, isAlone }) {
    this.#every = isAlone ? kEveryWithoutHintsMs : kEveryMs;
    this.#clock = clock;
    this.#activity = activity;
    this.#books = books;
    this.#salesforce = salesforce;
    this.#opencx = opencx;
    this.#jobs = jobs;
  }

  async run() {
    // What was handed off long before this bridge first ran is not its affair; what is missed from here on is.
    for (const vendor of ['opencx', 'salesforce']) {
      if (this.#books.cursors[vendor] === undefined) this.#books.noteCursor(vendor, this.#clock.now());
    }
    this.#activity.enter();
    let rest = this.#every;
    for (const look of [() => this.#lookAtOpenCx(), () => this.#lookAtSalesforce()]) {
      try {
        await look();
      } catch (trouble) {
        console.error(`sweep: ${trouble.message}`);
        rest = Math.max(kAgainMs, (trouble.notBefore ?? 0) - this.#clock.now());
      }
    }
    this.#jobs.hintParked();
    this.#clock.at(this.#clock.now() + rest, () => this.run());
    this.#activity.leave();
  }

  async #lookAtOpenCx() {
    const begun = this.#clock.now();
    const since = this.#books.cursors.opencx;
    for (const session of await this.#opencx.sessionsUpdatedAfter(since - kOverlapMs)) {
      this.#hintOnce(`session:${session.id}`, session.updated_at);
    }
    this.#books.noteCursor('opencx', Math.min(begun, this.#opencx.seenClock ?? begun));
  }

  async #lookAtSalesforce() {
    const begun = this.#clock.now();
    const since = new Date(this.#books.cursors.salesforce - kOverlapMs).toISOString();
    const replies = await this.#salesforce.query(
      `SELECT Id, ParentId, SystemModstamp FROM EmailMessage WHERE Incoming = false AND SystemModstamp >= ${since} AND Parent.Case_From__c = 'opencx'`,
    );
    for (const row of replies) {
      if (this.#books.reply(row.Id)?.state !== 'sent') this.#hintOnce(`case:${row.ParentId}`, `${row.Id} ${row.SystemModstamp}`);
    }
    const cases = await this.#salesforce.query(
      `SELECT Id, SystemModstamp FROM Case WHERE Case_From__c = 'opencx' AND SystemModstamp >= ${since}`,
      { all: true },
    );
    for (const row of cases) {
      if (this.#books.sessionsOfCase(row.Id).length > 0) this.#hintOnce(`case:${row.Id}`, row.SystemModstamp);
    }
    this.#books.noteCursor('salesforce', Math.min(begun, this.#salesforce.seenClock ?? begun));
  }

  #hintOnce(key, version) {
    if (this.#seen.get(`${key} ${version}`)) return;
    this.#seen.set(`${key} ${version}`, true);
    this.#jobs.hint(key);
  }
}
