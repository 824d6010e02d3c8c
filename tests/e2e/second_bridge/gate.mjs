// Whether a vendor takes calls at all. Shut for as long as it says itself, and for growing times once it has failed several times
// in a row, whoever asked.

import { Later } from './trouble.mjs';

const kFailuresMax = 4;
const kShortestMs = 5_000;
const kLongestMs = 300_000;

export class Gate {
  #clock;
  #shutUntil = 0;
  #failures = 0;

  constructor(clock) {
    this.#clock = clock;
  }

  pass() {
    if (this.#clock.now() < this.#shutUntil) throw new Later('the vendor takes no calls', { notBefore: this.#shutUntil });
  }

  succeeded() {
    this.#failures = 0;
  }

  /// `retryAfter` as in the answer's header: seconds or a date.
  failed(retryAfter, isForAll = false) {
    this.#failures += 1;
    if (isForAll) this.#failures = Math.max(this.#failures, kFailuresMax);
    const over = this.#failures - kFailuresMax;
    if (over >= 0) this.#shut(this.#clock.now() + Math.min(kLongestMs, kShortestMs * 2 ** over));
    if (retryAfter === undefined) return;
    const seconds = Number(retryAfter);
    const until = Number.isNaN(seconds) ? Date.parse(retryAfter) : this.#clock.now() + seconds * 1000;
    if (!Number.isNaN(until)) this.#shut(until);
  }

  get shutUntil() {
    return this.#shutUntil;
  }

  #shut(until) {
    this.#shutUntil = Math.max(this.#shutUntil, until);
  }
}
