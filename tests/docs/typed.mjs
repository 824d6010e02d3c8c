// node typed.mjs CASEWIRE BRIDGE: types what the pages say one can type, as it stands there, in a folder such as their reader has, and looks at
// how each command ends. Every scenario in a page is checked, too. What cannot be typed here stands below with the test that does it.

import assert from 'node:assert/strict';
import {spawn, spawnSync} from 'node:child_process';
import {chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {blocksOf, commandIn, isTyped, pages, root} from './pages.mjs';

const [casewire, bridge] = process.argv.slice(2).map((path) => resolve(path));
const kSecondsMax = 120;  // of a block's commands

const kElsewhere = [
  [/^\.\/dev (run|test)\b/, '.ci/run'],
  [/^\.\/dev package|^apt-get install|\/etc\/casewire|^systemctl/, 'tests/package/try.sh'],
  [/^cmake --install/, 'Install.PutsAProgramThatPlaysAScenarioIntoAnyPrefix'],
  [/^sf /, './dev clients'],
  [/^casewire-bridge connect/, 'BridgeProgram.IsConnectedByAPersonWhoSignsIn'],
  [/^\.\/casewire-bridge-new replay/, 'UpgradeProgram'],
];
/// Those that do not end with 0: page, command, exit code, and why.
const kExits = [
  ['README.md', /^casewire promises/, 1],                      // the stage's three scenarios do not show them all
  ['README.md', /^casewire compare/, 4],                       // nobody spoke while the line above recorded
  ['docs/install.md', /^casewire run$/, 1],                    // the line above has made it red
  ['', /^casewire import .*--run --bridge/, 4],                // their bridge, which is an honest one here, does not do it
  ['docs/bridge.md', /^casewire-bridge (status|parked list)/, 1],  // a job is parked
];
const kServer = /^casewire (world|salesforce|opencx|record|run --watch)\b/;

const kScenario = `Feature: The first
  Scenario: A Case opens
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "Order 1182": "Where is it?"
    And the AI hands off: "Refund needs a person"
    Then case A opens from opencx with the summary "Refund needs a person"
`;

const stages = mkdtempSync(join(tmpdir(), 'casewire-typed-'));
const bin = join(stages, 'bin');
mkdirSync(bin);
symlinkSync(casewire, join(bin, 'casewire'));
symlinkSync(bridge, join(bin, 'casewire-bridge'));

/// A folder as the page's reader has it.
function stage(name) {
  const folder = join(stages, name.replace(/\W/g, '_'));
  for (const part of ['takeover', 'handoff', 're-engagement']) mkdirSync(join(folder, 'scenarios/suite', part), {recursive: true});
  for (const part of ['takeover', 'handoff']) writeFileSync(join(folder, 'scenarios/suite', part, 'first.feature'), kScenario);
  const openCase = 're-engagement/open-case.feature';
  // The first of its scenarios. Where a bridge keeps its own clock, nobody waits for days.
  const paragraphs = readFileSync(join(root, 'scenarios/suite', openCase), 'utf8').split('\n\n');
  if (!name.includes('testing')) writeFileSync(join(folder, 'scenarios/suite', openCase), paragraphs.slice(0, 3).join('\n\n') + '\n');
  const second = join(root, 'tests/e2e/second_bridge/bridge.mjs');
  for (const file of ['my-bridge.js', 'my-bridge.mjs']) writeFileSync(join(folder, file), `import(${JSON.stringify(second)});\n`);
  writeFileSync(join(folder, 'their-bridge'), `#!/bin/sh\nexec node ${second} "$@"\n`);
  chmodSync(join(folder, 'their-bridge'), 0o755);
  cpSync(join(root, 'fixtures/bundles/two-cases'), join(folder, 'ticket-4711'), {recursive: true});
  mkdirSync(join(folder, 'out'));
  for (const tape of ['customer.har', 'out/tape.har']) cpSync(join(root, 'fixtures/recordings/takeover.har'), join(folder, tape));
  return folder;
}

const freePort = () => new Promise((resume) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const {port} = server.address();
    server.close(() => resume(port));
  });
});
const until = async (holds, what) => {
  for (const end = Date.now() + kSecondsMax * 1000; Date.now() < end;) {
    if (holds()) return;
    await new Promise((resume) => setTimeout(resume, 50));
  }
  throw new Error(what);
};

const bad = [];
let typed = 0, elsewhere = 0;
const complain = (place, what) => {
  bad.push(place);
  console.error(`${place}: ${what}`);
};

/// Starts what serves until it is stopped; returns what it printed so far and how to stop it.
function serve(command, options) {
  const child = spawn('bash', ['-c', 'exec ' + command.replace(/&$/, '')], options);
  const server = {text: '', ended: null};
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => { server.text += piece; });
  child.on('exit', (code, signal) => { server.ended = code ?? signal; });
  server.stop = async () => {
    child.kill('SIGTERM');
    await until(() => server.ended !== null, 'it does not end on SIGTERM: ' + command);
    return server.ended;
  };
  return server;
}

async function play({page, line: first, language, commands}, folder) {
  const ports = new Map();
  for (const port of ['8080', '8081', '2525']) ports.set(port, String(await freePort()));
  const temporary = mkdtempSync(join(stages, 'tmp-'));
  const env = {...process.env, TMPDIR: temporary, PATH: bin + ':' + process.env.PATH, CI_NODE_INDEX: '1', CI_NODE_TOTAL: '2', NO_COLOR: '1'};
  const options = {cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe']};
  const servers = [];
  const placed = (text) => {
    let command = text.replace(/\$\{\{ matrix\.shard \}\}/g, '1').replace(/\b(8080|8081|2525)\b/g, (port) => ports.get(port));
    const urls = servers.flatMap(({server}) => server.text.match(/http:\/\/127\.0\.0\.1:\d+/g) || []);
    if (urls.length) command = command.replace(/http:\/\/127\.0\.0\.1:PORT/g, urls[0]);
    // Whom a recorder records: the world that stands for the real systems.
    if (/^casewire record/.test(command)) {
      command = command.replace(/(--\w+) (URL|https?:\S+)/g, (all, option) => option + ' ' + (urls[0] || 'http://127.0.0.1:1'));
    }
    return command.replaceAll(/\/(tmp|dev\/shm)\//g, temporary + '/').replace(/--key FILE/, '--key my.key').replace(/\bSESSION\b/, `$(curl -s ${urls[0]}/journal | grep -oE '"session":"[0-9a-f-]{36}"' | head -n 1 | cut -d'"' -f4)`)
      .replace(/^casewire-bridge status$/, 'for i in $(seq 100); do casewire-bridge status | grep -q "for a person" && break; sleep 0.2; done; casewire-bridge status');
  };
  if (page.startsWith('docs/clients/')) {
    const server = serve('casewire salesforce --port 0', options);
    servers.push({server, command: 'casewire salesforce', line: first});
    await until(() => /http:\/\//.test(server.text) || server.ended !== null, 'the fake says nothing');
    env.URL = server.text.match(/http:\/\/127\.0\.0\.1:\d+/)[0];
  }
  // What is neither a server nor left out is one script: its lines share variables and functions.
  let script = '';
  const expected = new Map();
  const run = () => {
    if (!script) return;
    const {stdout, stderr, status} = spawnSync('bash', ['-c', script], {...options, encoding: 'utf8', timeout: kSecondsMax * 1000, maxBuffer: 1 << 26});
    const ends = new Map([...stdout.matchAll(/^::(\d+) (\d+)$/gm)].map(([, at, code]) => [Number(at), Number(code)]));
    for (const [at, {command, exit}] of expected) {
      const code = ends.get(at);
      if (code === exit) ++typed;
      else complain(`${page}:${at}`, `${command}\n  ended with ${code ?? 'no end (' + status + ')'}, not ${exit}\n${(stdout + stderr).slice(-1500)}`);
    }
    script = '', expected.clear();
  };
  try {
    for (const {line, text} of commands) {
      const command = commandIn(text, language);
      if (!command) continue;
      if (kElsewhere.some(([pattern]) => pattern.test(command))) {
        ++elsewhere;
        continue;
      }
      if (kServer.test(command)) {
        run();
        const server = serve(placed(command), options);
        servers.push({server, command, line});
        await until(() => /http:\/\/|passed/.test(server.text) || server.ended !== null, command + ' says nothing');
        if (server.ended === null) ++typed;
        else complain(`${page}:${line}`, `${command}\n  ended with ${server.ended}\n${server.text.slice(-1500)}`);
        continue;
      }
      const exit = (kExits.find(([where, pattern]) => page.startsWith(where) && pattern.test(command)) || [null, null, 0])[2];
      expected.set(line, {command, exit});
      script += `${placed(command)}\ncode=$?; echo; echo "::${line} $code"\n`;
    }
    run();
  } catch (problem) {
    complain(`${page}:${first}`, problem.message);
  }
  for (const {server, command, line} of servers) {
    if (server.ended !== null) continue;
    const code = await server.stop();
    if (![0, 130, 143].includes(code)) complain(`${page}:${line}`, `${command}\n  was asked to end and ended with ${code}\n${server.text.slice(-1500)}`);
  }
}

/// A scenario in a page can be played: its sentences are there, with whom and what they name.
function check({page, line, commands}, folder) {
  const lines = commands.map(({text}) => text);
  const isStep = /^\s*(Given|When|Then|And|But|\*)\b/;
  const isWhole = lines.some((text) => /^\s*Feature:/.test(text));
  const body = lines.some((text) => /^\s*Scenario/.test(text)) ? lines : ['Scenario: From the page', ...lines.filter((text) => isStep.test(text) || /^\s*["|]/.test(text))];
  const cast = ['Feature: From a page', 'Background:', 'Given the customer Dana writes from dana@example.test', 'And the rep Ruiz works the queue "Support"'];
  const file = join(folder, `block-${line}.feature`);
  writeFileSync(file, (isWhole ? lines : [...cast, ...body]).join('\n') + '\n');
  const {status, stdout, stderr} = spawnSync(casewire, ['check', '--fixtures', join(folder, 'fixtures'), file], {encoding: 'utf8', cwd: folder});
  if (status === 0) ++typed;
  else complain(`${page}:${line}`, 'this scenario cannot be played\n' + (stdout + stderr).slice(-1500));
}

for (const page of pages) {
  const folder = stage(page);
  mkdirSync(join(folder, 'fixtures/recordings'), {recursive: true});
  cpSync(join(root, 'fixtures/recordings/takeover.har'), join(folder, 'fixtures/recordings/mine.har'));
  let at = 0;
  for (const block of blocksOf(page)) {
    if (block.language === 'gherkin') check(block, folder);
    // Each block of README is another reader's.
    if (isTyped(block)) await play(block, page === 'README.md' ? stage(page + ++at) : folder);
  }
}
rmSync(stages, {recursive: true, force: true});
assert.ok(typed >= 60, `only ${typed} were typed`);
console.log(`${typed} commands and scenarios end as the pages say; ${elsewhere} are typed by other tests`);
process.exit(bad.length > 0 ? 1 : 0);
