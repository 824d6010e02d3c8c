// A recording of ours, served by Playwright's routeFromHAR to a page in a headless Chromium: every read of OpenCX is answered with the
// recorded bytes, and nothing goes out to a network.

import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {spawnSync} from 'node:child_process';
import {chromium} from 'playwright-core';

const har = process.argv[2];
const entries = JSON.parse(readFileSync(har, 'utf8')).log.entries;
const bytesOf = (content) => content._file ? readFileSync(join(dirname(har), content._file), 'utf8') : content.text ?? '';
const browserPath = ['chromium', 'chromium-browser', 'google-chrome']
  .map((name) => spawnSync('sh', ['-c', 'command -v ' + name], {encoding: 'utf8'}).stdout.trim()).find(Boolean);
if (!browserPath) {
  console.log('there is no Chromium here');
  process.exit(77);
}
const browser = await chromium.launch({executablePath: browserPath, args: ['--no-sandbox']});
try {
  const page = await browser.newPage();
  await page.routeFromHAR(har, {notFound: 'abort'});
  // One answer for each address: Playwright knows no order.
  const reads = new Map();
  for (const {request, response} of entries) {
    const isRead = request.url.startsWith('http://opencx.test/') && request.method === 'GET' && response.status === 200;
    if (isRead && !reads.has(request.url)) reads.set(request.url, bytesOf(response.content));
  }
  if (reads.size < 3) throw new Error('the recording has too few reads: ' + reads.size);
  await page.goto([...reads.keys()][0]);  // so that the fetches below are of the same origin
  for (const [url, bytes] of reads) {
    const got = await page.evaluate(async (url) => { const answer = await fetch(url); return [answer.status, await answer.text()]; }, url);
    if (got[0] !== 200 || got[1] !== bytes) throw new Error(url + ': ' + JSON.stringify(got).slice(0, 300));
  }
  const update = entries.find(({request}) => request.method === 'PATCH' && request.url.startsWith('http://opencx.test/'));
  const status = await page.evaluate(async ([url, body]) => (await fetch(url, {method: 'PATCH', body})).status,
    [update.request.url, update.request.postData.text]);
  if (status !== update.response.status) throw new Error('PATCH: ' + status);
  const unknown = await page.evaluate(() => fetch('http://opencx.test/not/recorded').then(() => 'answered', () => 'aborted'));
  if (unknown !== 'aborted') throw new Error('what is not on the tape was ' + unknown);
  console.log('Playwright is content with ' + reads.size + ' reads');
} finally {
  await browser.close();
}
