// node readers.mjs FOLDER: FOLDER has junit.xml, messages.ndjson, ctrf.json and run.json of one run. The readers that others publish find in
// them what the run itself says: how many passed, failed and were left out, and which.

import assert from 'node:assert/strict';
import {createReadStream, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {pipeline} from 'node:stream/promises';
import {Writable} from 'node:stream';
import * as streams from '@cucumber/message-streams';
import * as formatter from '@cucumber/html-formatter';
import {convertJUnitToCTRFReport} from 'junit-to-ctrf';

const folder = process.argv[2];
const {scenarios} = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
const named = (...verdicts) => scenarios.filter(({verdict}) => verdicts.includes(verdict)).map(({name}) => name).sort();

// JUnit, as the CTRF project's reporter for GitHub reads it.
const {results} = await convertJUnitToCTRFReport(join(folder, 'junit.xml'));
const found = (status) => results.tests.filter((test) => test.status === status).map(({name}) => name);
const holds = (all, name) => all.some((each) => each.includes(name));
assert.equal(results.tests.length, scenarios.length);
assert.equal(found('failed').length, named('failed').length);
for (const name of named('failed')) assert.ok(holds(found('failed'), name), name + ' is lost as a failure');
for (const name of named('passed')) assert.ok(holds(found('passed'), name), name + ' is lost as passed');
assert.equal(found('skipped').length, named('pending', 'not exercised').length);

// CTRF of our own says the same.
const own = JSON.parse(readFileSync(join(folder, 'ctrf.json'), 'utf8')).results;
assert.deepEqual([own.summary.passed, own.summary.failed], [results.summary.passed, results.summary.failed]);

// Cucumber's own page from Cucumber messages.
const NdjsonToMessageStream = streams.NdjsonToMessageStream ?? streams.default.NdjsonToMessageStream;
const CucumberHtmlStream = formatter.CucumberHtmlStream ?? formatter.default.CucumberHtmlStream ?? formatter.default;
let page = '', envelopes = 0;
const source = new NdjsonToMessageStream();
source.on('data', () => ++envelopes);
await pipeline(createReadStream(join(folder, 'messages.ndjson'), 'utf8'), source, new CucumberHtmlStream(),
  new Writable({write: (piece, coding, done) => { page += piece; done(); }}));
assert.match(page, /<html/i);
for (const {name} of scenarios) assert.ok(page.includes(JSON.stringify(name).slice(1, -1)), name + ' is not in the page');
assert.ok(envelopes > scenarios.length * 3, envelopes + ' messages');
console.log(`the readers are content: ${scenarios.length} scenarios, ${envelopes} messages`);
