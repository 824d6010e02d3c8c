// The system's clock, or one that a harness drives: then time stands still and moves by moveTo() alone.

export class Clock {
  #driven = false;
  #now = 0;
  #timers = new Set();

  get isDriven() {
    return this.#driven;
  }

  now() {
    return this.#driven ? this.#now : Date.now();
  }

  /// Hands the clock to a harness. Before the first timer is set.
  drive() {
    this.#driven = true;
  }

  /// Calls back once `when` has come. Returns what cancels it.
  at(when, callback) {
    const timer = { when, callback, handle: undefined };
    this.#timers.add(timer);
    if (!this.#driven) timer.handle = setTimeout(() => this.#fire(timer), Math.max(0, when - Date.now()));
    return () => {
      clearTimeout(timer.handle);
      this.#timers.delete(timer);
    };
  }

  /// The earliest timer, or undefined.
  next() {
    const times = [...this.#timers].map((timer) => timer.when);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /// Everybody whose time has come has begun when it returns.
  moveTo(when) {
    this.#now = Math.max(this.#now, when);
    const due = [...this.#timers].filter((timer) => timer.when <= this.#now).sort((a, b) => a.when - b.when);
    for (const timer of due) {
      if (this.#timers.has(timer)) this.#fire(timer);
    }
  }

  #fire(timer) {
    this.#timers.delete(timer);
    timer.callback();
  }
}

/// How many are at work: neither asleep nor waiting for time to pass.
export class Activity {
  busy = 0;
  changes = 0;

  enter() {
    this.busy += 1;
    this.changes += 1;
  }

  leave() {
    this.busy -= 1;
    this.changes += 1;
  }
}
