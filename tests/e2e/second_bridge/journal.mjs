// What the bridge must not forget: one line of JSON for each fact. A killed process loses nothing that was appended; a machine that
// loses its power loses nothing that was synced, and what is synced is what nobody else could tell us again.

import fs from 'node:fs';
import path from 'node:path';

export class Journal {
  #file;

  /// `remember` is given every fact that was written before.
  constructor(folder, remember) {
    fs.mkdirSync(folder, { recursive: true });
    const name = path.join(folder, 'journal.jsonl');
    this.#file = fs.openSync(name, 'a+');
    const text = fs.readFileSync(name, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    // A line without its end was being written when the process was killed: nobody has relied on it.
    if (whole.length < text.length) fs.ftruncateSync(this.#file, Buffer.byteLength(whole));
    for (const line of whole.split('\n')) {
      if (line !== '') remember(JSON.parse(line));
    }
  }

  append(fact, { isSynced = false } = {}) {
    fs.writeSync(this.#file, JSON.stringify(fact) + '\n');
    if (isSynced) fs.fdatasyncSync(this.#file);
  }
}
