// The harness's hand on the clock: docs/testing-your-bridge.md, "Virtual time".

import http from 'node:http';

/// `bridge` has begin(), isReady() and jobs(); it begins with the first time that is set.
export function serveControl(url, clock, activity, bridge) {
  clock.drive();
  let hasBegun = false;

  const status = () => ({
    ready: hasBegun && bridge.isReady(),
    busy: activity.busy,
    changes: activity.changes,
    next_timer: clock.next() === undefined ? null : new Date(clock.next()).toISOString(),
    now: new Date(clock.now()).toISOString(),
    jobs: bridge.jobs(),
    busy_tasks: bridge.busyTasks(),
  });

  const handle = (method, path, body) => {
    if (method === 'GET' && path === '/status') return [200, status()];
    if (method !== 'PUT' || path !== '/clock') return [404, { error: 'not found' }];
    const now = timeIn(body);
    if (Number.isNaN(now)) return [400, { error: 'expected {"now": "2026-01-05T09:00:00.000Z"}' }];
    clock.moveTo(now);
    if (!hasBegun) {
      hasBegun = true;
      bridge.begin();
    }
    return [200, status()];
  };

  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const [code, answer] = handle(request.method, request.url, Buffer.concat(chunks).toString());
      // One turn of the event loop for what had arrived before this question did: an answer that lies in a socket is work.
      const respond = () => {
        response.writeHead(code, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify(code === 200 ? status() : answer));
      };
      setImmediate(() => setImmediate(respond));
    });
  });
  const { hostname, port } = new URL(url);
  server.listen(Number(port), hostname);
  return server;
}

function timeIn(body) {
  try {
    return Date.parse(JSON.parse(body).now);
  } catch {
    return NaN;
  }
}
