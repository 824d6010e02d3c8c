// node pictures.mjs CASEWIRE FOLDER: the pictures of the documentation, from a run of today. Exit code 77: there is no Chromium here.

import {spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';
import {Chromium, chromiumPath} from './chromium.mjs';

const [casewire, pictures] = process.argv.slice(2).map((path) => resolve(path));
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const path = chromiumPath();
if (!path) {
  console.error('SKIPPED: there is no Chromium here; ./dev pictures installs it');
  process.exit(77);
}
const folder = mkdtempSync(join(tmpdir(), 'casewire-pictures-'));
mkdirSync(pictures, {recursive: true});
const play = (name, ...words) => {
  const file = join(folder, name + '.html');
  const {status, stderr} = spawnSync(casewire, ['run', '--no-config', '--simulated', '-j', '1', '--html', file, ...words], {cwd: root, encoding: 'utf8'});
  if (status > 1) throw new Error(stderr);
  return pathToFileURL(file).href;
};
const red = play('red', 'tests/browser/verdicts.feature');
const suite = play('suite', 'scenarios/suite');

const browser = await Chromium.start(path);
const take = async (name, url, width, height, scheme, prepare = '0') => {
  await browser.look(width, height, scheme);
  await browser.open(url);
  await browser.until('document.querySelector(".scenario[open] .window") || document.querySelector(".matrix")');
  await browser.ask(prepare);
  await new Promise((resume) => setTimeout(resume, 300));
  writeFileSync(join(pictures, name + '.png'), await browser.picture());
  console.log(join(pictures, name + '.png'));
};
const intoView = (selector) => `document.querySelector(${JSON.stringify(selector)}).scrollIntoView({block: "start"})`;
await take('failure', red, 1280, 1000, 'light', intoView('.scenario[open]'));
await take('world', red + '#s=1&step=6', 1280, 1000, 'dark', intoView('#s1'));
await take('phone', red + '#s=1&step=6', 400, 900, 'light', intoView('#s1 .windows, #s1 .window'));
await take('promises', suite, 1280, 800, 'light', 'document.querySelector(".matrix").open = true');
await browser.close();
rmSync(folder, {recursive: true, force: true});
