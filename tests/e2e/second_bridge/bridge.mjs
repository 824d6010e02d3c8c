// A bridge between OpenCX and Salesforce, written apart from casewire-bridge and from the project's documents alone. It proves that
// docs/testing-your-bridge.md is enough to be tested by, and that the suite convicts nobody for a style of its own.
// Needs Node 18 and nothing else. README.md beside this file tells its style.

import http from 'node:http';
import { Books } from './books.mjs';
import { Activity, Clock } from './clock.mjs';
import { isWithPeople } from './conversation.mjs';
import { serveControl } from './control.mjs';
import { withDefect } from './defects.mjs';
import { makeHooks } from './hooks.mjs';
import { Jobs, Turns } from './jobs.mjs';
import { OpenCx } from './opencx.mjs';
import { Salesforce } from './salesforce.mjs';
import { readSettings } from './settings.mjs';
import { Sweep } from './sweep.mjs';
import { ToCase } from './to_case.mjs';
import { ToCustomer } from './to_customer.mjs';
import { Wire } from './wire.mjs';

const kStopMs = 8_000;

class Bridge {
  #books;
  #opencx;
  #toCase;
  #toCustomer;
  #jobs;
  #sweep;
  #turns;
  #isReady = false;
  #asked = 0; // counts who asks for a customer and who is served, in their order
  #served = new Map(); // customer -> when the last serving began that came to its end

  constructor(settings, clock, activity) {
    this.#books = new Books(settings.stateDir);
    this.#turns = new Turns(activity);
    const wire = new Wire(clock, activity);
    const vendors = withDefect(settings.defect, {
      opencx: new OpenCx(wire, settings, clock),
      salesforce: new Salesforce(wire, settings, this.#books, clock),
    });
    this.#opencx = vendors.opencx;
    this.#toCase = new ToCase(vendors.salesforce, vendors.opencx, this.#books, settings.manners);
    this.#toCustomer = new ToCustomer(vendors.salesforce, vendors.opencx, this.#books, settings.manners, clock);
    this.#jobs = new Jobs(clock, activity, this.#books, (key) => this.#lookAt(key));
    const isAlone = settings.manners.news === 'sweep';
    this.#sweep = new Sweep({ clock, activity, books: this.#books, jobs: this.#jobs, isAlone, ...vendors });
    const hint = (key) => isAlone || this.#jobs.hint(key);
    this.hooks = makeHooks(settings, clock, () => this.#isReady, hint);
  }

  begin() {
    this.#isReady = true;
    this.#jobs.takeUp();
    this.#sweep.run();
  }
  isReady() {
    return this.#isReady;
  }
  jobs() {
    return this.#jobs.counts();
  }
  busyTasks() {
    return this.#jobs.running();
  }
  async stop() {
    this.#isReady = false;
    await this.#jobs.stop();
  }

  async #lookAt(key) {
    const [kind, id] = key.split(/:(.*)/s);
    if (kind === 'case') {
      for (const contact of this.#books.contactsOfCase(id)) await this.#serveOnce(contact);
      return;
    }
    const session = await this.#opencx.session(id);
    const contact = session.contact?.id ?? id;
    if (session.channel?.type !== 'email') return;
    // What the AI has is nobody's affair, unless its customer was on a Case. A person who takes over by hand leaves no handoff.
    const isKnown = session.handoff || this.#books.knowsContact(contact);
    if (!isKnown && !isWithPeople({ session, history: await this.#opencx.history(id) })) return;
    this.#books.noteSession(id, contact);
    await this.#serveOnce(contact);
  }

  /// Who waits while another is served for the same customer is served with everybody who waits.
  async #serveOnce(contact) {
    const asked = (this.#asked += 1);
    await this.#turns.take(contact, async () => {
      if ((this.#served.get(contact) ?? 0) > asked) return;
      const begun = (this.#asked += 1);
      await this.#serve(contact);
      this.#served.set(contact, begun);
    });
  }

  async #talks(sessions) {
    const talks = [];
    for (const id of sessions) talks.push({ session: await this.#opencx.session(id), history: await this.#opencx.history(id) });
    return talks;
  }

  /// One customer, with all of her conversations: reads what both sides have and adds what is missing.
  async #serve(contact) {
    const mine = this.#books.sessionsOf(contact);
    const talks = await this.#talks(mine);
    talks.sort((a, b) => Date.parse(a.session.created_at) - Date.parse(b.session.created_at));
    for (const talk of talks) this.#toCustomer.settleBegun(talk);
    const cases = await this.#toCase.casesOf(talks);
    for (const talk of talks) await this.#toCase.tell(talk, cases);
    const onThem = new Set(talks.flatMap(({ session }) => this.#books.casesOf(session.id)));
    for (const id of onThem) {
      if (cases.get(id)?.IsDeleted) continue;
      const others = await this.#talks(this.#books.sessionsOfCase(id).filter((other) => !mine.includes(other)));
      await this.#toCustomer.deliver(id, talks, others);
    }
    for (const talk of talks) await this.#toCustomer.close(talk, cases.get(this.#books.caseOf(talk.session.id)));
  }
}

function main() {
  let settings;
  try {
    settings = readSettings(process.argv.slice(2), process.env);
  } catch (mistakes) {
    console.error(mistakes.message);
    process.exit(2);
  }
  const clock = new Clock();
  const activity = new Activity();
  const bridge = new Bridge(settings, clock, activity);
  if (settings.control) serveControl(settings.control, clock, activity, bridge);
  else bridge.begin();

  const server = http.createServer((request, response) => {
    activity.enter();
    response.on('close', () => activity.leave());
    bridge.hooks(request, response);
  });
  const [host, port] = settings.listen.split(/:(?=\d+$)/);
  server.listen(Number(port), host);
  process.on('SIGTERM', async () => {
    setTimeout(() => process.exit(0), kStopMs).unref();
    server.close();
    await bridge.stop();
    process.exit(0);
  });
}

main();
