// One HTTP call. It takes 10 s at most, by the bridge's clock.

import http from 'node:http';
import https from 'node:https';
import { Later } from './trouble.mjs';

const kTimeoutMs = 10_000;
const kPerMegabyteMs = 4_000; // more, for files
const kAnswerBytesMax = 64 << 20;

// A call that has no answer after so much of real time waits for something that only time will bring, so a driven clock may move.
const kRealPatienceMs = 250;

export class Wire {
  #clock;
  #activity;

  constructor(clock, activity) {
    this.#clock = clock;
    this.#activity = activity;
  }

  /// {status, headers, body}; throws Later when there is no whole answer. The caller counts as busy.
  call({ method, url, headers = {}, body }) {
    const bytes = body === undefined ? undefined : Buffer.from(body);
    const library = url.startsWith('https:') ? https : http;
    return new Promise((resolve, reject) => {
      let isAsleep = false;
      let isOver = false;
      const end = (settle, value) => {
        if (isOver) return;
        isOver = true;
        cancelTimeout();
        clearTimeout(patience);
        if (isAsleep) this.#activity.enter();
        settle(value);
      };
      const fail = (why, maybeDone) => {
        end(reject, new Later(`${method} ${new URL(url).host}: ${why}`, { maybeDone }));
        request.destroy();
      };
      const request = library.request(url, {
        method,
        agent: false,
        headers: bytes ? { ...headers, 'Content-Length': bytes.length } : headers,
      });
      const limit = kTimeoutMs + kPerMegabyteMs * Math.ceil((bytes?.length ?? 0) / (1 << 20));
      const cancelTimeout = this.#clock.at(this.#clock.now() + limit, () => fail('no answer in time', true));
      const patience = setTimeout(() => {
        if (isOver || !this.#clock.isDriven) return;
        isAsleep = true;
        this.#activity.leave();
      }, kRealPatienceMs);
      let isConnected = false;
      request.on('socket', (socket) => socket.on('connect', () => (isConnected = true)));
      request.on('error', (error) => fail(error.message, isConnected));
      request.on('response', (response) => {
        const chunks = [];
        let size = 0;
        response.on('data', (chunk) => {
          size += chunk.length;
          if (size > kAnswerBytesMax) fail('the answer is too long', true);
          else chunks.push(chunk);
        });
        response.on('end', () => {
          const text = Buffer.concat(chunks);
          if (response.complete) end(resolve, { status: response.statusCode, headers: response.headers, body: text });
          else fail('the answer was cut', true);
        });
        response.on('error', (error) => fail(error.message, true));
      });
      request.end(bytes);
    });
  }
}
