// `node strangers.mjs CASEWIRE OUT [OPTION...]`: the suite against bridges that know nothing of the harness, each in virtual time by the preloaded
// clock, beside our own with its control connection; then a month of waits in each runtime that is here. Prints two tables; fails where one is convicted
// of what ours is not, and where a month does not pass. OPTIONs go to each run of the suite.

import {spawnSync} from 'node:child_process';
import {mkdirSync, readFileSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const [casewire, out, ...options] = process.argv.slice(2);
if (!out) {
  console.error('usage: node strangers.mjs CASEWIRE OUT [OPTION...]');
  process.exit(2);
}
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const program = resolve(casewire);
const ours = resolve(dirname(program), '../../bridge/casewire-bridge');
mkdirSync(out, {recursive: true});

const runs = [
  {name: 'ours', runtime: 'C++, with its control connection', bridge: []},
  {name: 'ours-alone', runtime: 'C++, as a stranger', bridge: ['--bridge', ours]},
  {name: 'node', runtime: `Node ${process.versions.node.split('.')[0]}`, bridge: ['--bridge', 'node tests/e2e/second_bridge/bridge.mjs']},
];

const probes = 'tests/strangers/probes';
const months = [
  {name: 'perl', runtime: 'Perl', bridge: `perl ${probes}/month.pl`},
  {name: 'ruby', runtime: 'Ruby', bridge: `ruby ${probes}/month.rb`},
  {name: 'python', runtime: 'CPython', bridge: `python3 ${probes}/month.py`},
  {name: 'node-month', runtime: `Node ${process.versions.node.split('.')[0]}`, bridge: `node ${probes}/month.mjs`},
  {name: 'java', runtime: 'OpenJDK', bridge: `java ${probes}/Month.java`},
];

// Certificates beside Node's own are read at each start of it, for 50 ms; no bridge here speaks TLS.
const {NODE_EXTRA_CA_CERTS: _, ...env} = process.env;

/// {verdicts: "file:line name" -> verdict, seconds, jumps, housekeepers}
function play({name, bridge}, what) {
  const result = join(out, name + '.json');
  const begun = Date.now();
  const {status, stderr} = spawnSync(
    program,
    ['run', ...bridge, '--json', result, ...what],
    {cwd: root, env, encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'ignore', 'pipe']},
  );
  if (![0, 1, 3, 4].includes(status)) throw new Error(`${name}: casewire ended with ${status}\n${stderr}`);
  const {scenarios} = JSON.parse(readFileSync(result, 'utf8'));
  const notes = scenarios.map(({note}) => note ?? '').join('\n');
  const jumps = [...notes.matchAll(/which moved (\d+) times/g)].reduce((sum, [, count]) => sum + Number(count), 0);
  const housekeepers = new Set([...notes.matchAll(/since nothing came of it: ([^.]*?) of thread \d+, every ([^.]*)\./g)].map(([, call, span]) => `${call} every ${span}`));
  return {
    verdicts: new Map(scenarios.map(({where, name: title, verdict}) => [`${where[0]}:${where[1]} ${title}`, verdict])),
    seconds: (Date.now() - begun) / 1000,
    jumps,
    housekeepers: [...housekeepers],
  };
}

const rows = runs.map((run) => {
  console.error(`strangers: playing ${run.runtime}`);
  return {...run, ...play(run, ['--tag', '~@house and ~@recording', 'scenarios/suite', ...options])};
});
const [mine] = rows;
const count = (verdicts, wanted) => [...verdicts.values()].filter((verdict) => verdict === wanted).length;
const accused = [];
console.log('runtime | scenarios | passed | failed | not exercised | as ours | seconds | clock moved | woken late');
console.log('--- | --- | --- | --- | --- | --- | --- | --- | ---');
for (const row of rows) {
  const equal = [...row.verdicts].filter(([key, verdict]) => mine.verdicts.get(key) === verdict).length;
  for (const [key, verdict] of row.verdicts) {
    if (verdict === 'failed' && mine.verdicts.get(key) !== 'failed') accused.push(`${row.runtime}: ${key}`);
  }
  const passed = count(row.verdicts, 'passed'), failed = count(row.verdicts, 'failed');
  console.log([row.runtime, row.verdicts.size, passed, failed, row.verdicts.size - passed - failed, equal, row.seconds.toFixed(1),
    row.jumps || '', row.housekeepers.join(', ')].join(' | '));
}

console.log('\na month of waits | verdict | seconds | clock moved | woken late');
console.log('--- | --- | --- | --- | ---');
for (const {name, runtime, bridge} of months) {
  if (spawnSync('sh', ['-c', `command -v ${bridge.split(' ')[0]}`]).status !== 0) {
    console.log([runtime, 'not here', '', '', ''].join(' | '));
    continue;
  }
  const month = play({name, bridge: ['--bridge', bridge]}, [join(probes, 'month.feature')]);
  const [verdict] = month.verdicts.values();
  if (verdict !== 'passed') accused.push(`${runtime}: a month of waits: ${verdict}`);
  console.log([runtime, verdict, month.seconds.toFixed(1), month.jumps || '', month.housekeepers.join(', ')].join(' | '));
}
for (const line of accused) console.error(`convicted: ${line}`);
process.exit(accused.length > 0 ? 1 : 0);
