// A month of a bridge's waits in Node: timers of three spans, and its HTTP server and client beside them.

import {createServer} from 'node:http';

const HOUR = 3_600_000;

const ask = (path) => fetch(process.env.OPENCX_URL + path, {headers: {Authorization: 'Bearer ' + process.env.OPENCX_API_KEY}}).then((answer) => answer.text());

/// Asks after each wait, and ends the program when its two clocks did not both move by it, or by less. Late they may be.
async function every(hours, path) {
  for (;;) {
    const [wall, steady] = [Date.now(), performance.now()];
    await new Promise((wake) => setTimeout(wake, hours * HOUR));
    const [byWall, bySteady] = [Date.now() - wall, performance.now() - steady];
    if (byWall < hours * HOUR - 1_000 || Math.abs(byWall - bySteady) > 1_000) {
      console.error(`waited ${byWall} ms and ${bySteady} ms for ${hours} h`);
      process.exit(1);
    }
    await ask(path);
  }
}

every(1, '/chat/sessions?channel_type=email');
every(6, '/blocklist/contacts');
every(24, '/blocklist/domains');
const [host, port] = process.env.CASEWIRE_LISTEN.split(':');
createServer((request, answer) => request.resume().on('end', () => answer.end())).listen(port, host);
