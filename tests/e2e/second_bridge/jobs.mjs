// The work: one job for each hint, a few at once, each again after a growing time until it is done.

import { Later, Refused } from './trouble.mjs';

const kAtOnce = 64; // they mostly wait for one another: a customer is served once for all of them
const kBackoffShortestMs = 1_000;
const kBackoffLongestMs = 300_000;
// What may still be under way must have arrived before somebody looks.
const kUnderWayMs = 5_000;

export class Jobs {
  #clock;
  #activity;
  #books;
  #work;
  #jobs = new Map(); // key -> {state: waiting | running | parked, due, attempts, isHintedAgain, cancel}
  #isStopping = false;
  #ended = [];

  /// `work(key)` does it, or throws.
  constructor(clock, activity, books, work) {
    this.#clock = clock;
    this.#activity = activity;
    this.#books = books;
    this.#work = work;
  }

  /// What was not finished before. Its calls may still be under way.
  takeUp() {
    for (const key of this.#books.openHints()) this.#wait({ key, attempts: 0, cancel: () => {} }, this.#clock.now() + kUnderWayMs);
  }

  hint(key) {
    this.#books.noteHint(key);
    const job = this.#jobs.get(key);
    if (job?.state === 'running') job.isHintedAgain = true;
    // One that has failed waits for its time; a new hint is no reason to ask sooner.
    else if (job?.state !== 'waiting') this.#wait({ key, attempts: 0, cancel: () => {} }, this.#clock.now());
  }

  hintParked() {
    for (const [key, job] of this.#jobs) {
      if (job.state === 'parked') this.hint(key);
    }
  }

  counts() {
    const counts = { due: 0, waiting: 0, parked: 0 };
    for (const job of this.#jobs.values()) {
      if (job.state === 'parked') counts.parked += 1;
      else if (job.state === 'waiting' && job.due <= this.#clock.now()) counts.due += 1;
      else counts.waiting += 1;
    }
    return counts;
  }

  running() {
    return [...this.#jobs.values()].filter((job) => job.state === 'running').map((job) => job.key);
  }

  /// Nothing is begun any more; resolves when what runs has ended.
  stop() {
    this.#isStopping = true;
    return new Promise((resolve) => {
      this.#ended.push(resolve);
      this.#begin();
    });
  }

  #wait(job, due) {
    job.state = 'waiting';
    job.due = due;
    this.#jobs.set(job.key, job);
    job.cancel();
    if (due > this.#clock.now()) job.cancel = this.#clock.at(due, () => this.#begin());
    else this.#begin();
  }

  #begin() {
    const running = this.running().length;
    if (this.#isStopping) {
      if (running === 0) this.#ended.forEach((resolve) => resolve());
      return;
    }
    const due = [...this.#jobs.values()].filter((job) => job.state === 'waiting' && job.due <= this.#clock.now());
    for (const job of due.slice(0, kAtOnce - running)) this.#run(job);
  }

  async #run(job) {
    job.state = 'running';
    job.isHintedAgain = false;
    this.#activity.enter();
    let trouble;
    try {
      await this.#work(job.key);
    } catch (caught) {
      trouble = caught;
    }
    this.#finish(job, trouble);
    this.#activity.leave();
    this.#begin();
  }

  #finish(job, trouble) {
    if (!trouble) {
      if (job.isHintedAgain) {
        this.#wait({ key: job.key, attempts: 0, cancel: () => {} }, this.#clock.now());
        return;
      }
      this.#jobs.delete(job.key);
      this.#books.noteSettled(job.key);
      return;
    }
    console.error(`${job.key}: ${trouble instanceof Later || trouble instanceof Refused ? trouble.message : trouble.stack}`);
    if (!(trouble instanceof Later) && !job.isHintedAgain) {
      job.state = 'parked';
      return;
    }
    const longest = Math.min(kBackoffLongestMs, kBackoffShortestMs * 2 ** job.attempts);
    let rest = longest * (0.5 + Math.random() / 2);
    if (trouble.maybeDone) rest = Math.max(rest, kUnderWayMs);
    job.attempts += 1;
    this.#wait(job, Math.max(this.#clock.now() + Math.ceil(rest), Math.ceil(trouble.notBefore ?? 0)));
  }
}

/// One at a time for each key. Who waits for another is not at work.
export class Turns {
  #activity;
  #last = new Map();

  constructor(activity) {
    this.#activity = activity;
  }

  async take(key, work) {
    const before = this.#last.get(key) ?? Promise.resolve();
    this.#activity.leave();
    const mine = before.then(() => {
      this.#activity.enter();
      return work();
    });
    const quiet = mine.catch(() => {});
    this.#last.set(key, quiet);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === quiet) this.#last.delete(key);
    }
  }
}
