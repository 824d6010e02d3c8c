// node said.mjs CASEWIRE: what the pages name is there. Every command of casewire, casewire-bridge and ./dev that they name, in a block or between
// backticks, with its options; the files of this tree in it; the tests in docs/compare.md; links.

import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {allPages, blocksOf, commandIn, isTyped, pages, root, spansOf, textOf} from './pages.mjs';

const [casewire, bridge] = process.argv.slice(2).map((path) => resolve(path));
const bad = [];
const complain = (place, what) => bad.push(`${place}: ${what}`);

const helps = new Map();
/// What a program says of itself, or of one of its commands; empty when there is no such command.
const helpOf = (program, ...words) => {
  const key = [program, ...words].join(' ');
  if (!helps.has(key)) {
    const {status, stdout} = spawnSync(program, [...words, '--help'], {encoding: 'utf8'});
    helps.set(key, status === 0 ? stdout : '');
  }
  return helps.get(key);
};
const devHelp = execFileSync(join(root, 'dev'), ['help'], {encoding: 'utf8'});
const names = (help, option) => new RegExp(`(^|[\\s,!])${option}([\\s,{]|$)`, 'm').test(help);

let commands = 0;
function look(place, text) {
  // Where quotes are, words are somebody's.
  const [program, command, ...rest] = text.replace(/"[^"]*"|'[^']*'/g, '_').split(/\s+/);
  if (program === './dev' && /^[a-z]/.test(command || '')) {
    ++commands;
    if (!new RegExp(`^\\./dev ${command}\\b`, 'm').test(devHelp)) complain(place, `./dev ${command}: there is no such command`);
    return;
  }
  if (program !== 'casewire' && program !== 'casewire-bridge') return;
  ++commands;
  let help = '';
  if (program === 'casewire-bridge') help = helpOf(bridge) + (/^[a-z]/.test(command ?? '') ? helpOf(bridge, command) : '');
  else if (/^[a-z]+$/.test(command || '')) {
    help = helpOf(casewire, command);
    if (help === '') return complain(place, `casewire ${command}: there is no such command`);
  } else help = helpOf(casewire);
  for (const word of [command, ...rest]) {
    const option = (word || '').match(/^--[a-z-]+/);
    if (option && !names(help, option[0])) complain(place, `${program} ${program === 'casewire' ? command + ' ' : ''}has no ${option[0]}`);
    const file = (word || '').match(/^(scenarios|fixtures)\/[A-Za-z0-9_.\/-]+/);
    if (file && !existsSync(join(root, file[0]))) complain(place, `there is no ${file[0]}`);
  }
}
const parts = (line) => line.split(/&&|\|\||;|\||&/).map((part) => part.trim());
for (const page of pages) {
  for (const block of blocksOf(page)) {
    if (!isTyped(block)) continue;
    for (const {line, text} of block.commands) for (const part of parts(commandIn(text, block.language))) look(`${page}:${line}`, part);
  }
}
for (const page of allPages) for (const {line, text} of spansOf(page)) for (const part of parts(text)) look(`${page}:${line}`, part);
if (commands < 100) complain('pages', `only ${commands} commands were found`);

// `Suite.Name` in the column of ours.
const tests = new Set([...textOf('docs/compare.md').matchAll(/`([A-Z][A-Za-z]+)\.([A-Z][A-Za-z0-9]+)`/g)].map(([, suite, name]) => `${suite}.${name}`));
if (tests.size < 10) complain('docs/compare.md', `names only ${tests.size} tests`);
for (const test of tests) {
  const [suite, name] = test.split('.');
  const found = spawnSync('grep', ['-rqE', `(TEST|TEST_F|TEST_P)\\(${suite}, *${name}\\)|NAME ${suite}\\.${name}( |$)`, join(root, 'tests')]);
  if (found.status !== 0) complain('docs/compare.md', `there is no test ${test}`);
}

// Each need of docs/recordings.md stands in a test's name or among what is left out, with the reason.
const titles = execFileSync('grep', ['-rhoE', '(TEST|TEST_F|TEST_P)\\([A-Za-z]+, *R[0-9][A-Za-z0-9]*', '--include=*_test.cpp', join(root, 'tests')], {encoding: 'utf8'});
const needs = new Set([...titles.matchAll(/, *((?:R[0-9]+)+)[A-Z]/g)].flatMap(([, all]) => all.match(/R[0-9]+/g)));
for (const [, need] of textOf('docs/recordings.md').matchAll(/^- (R[0-9]+), [^:]+: \S/gm)) needs.add(need);
for (let number = 1; number <= 32; ++number) if (!needs.has(`R${number}`)) complain('docs/recordings.md', `no test is named after R${number}, and it is not left out`);

let links = 0;
for (const page of allPages) {
  for (const [, link] of textOf(page).matchAll(/\]\(([^)#:]+)/g)) {
    ++links;
    if (!existsSync(join(root, dirname(page), link))) complain(page, `there is no ${link}`);
  }
}
for (const line of bad) console.log(line);
console.log(bad.length ? `${bad.length} are wrong` : `${commands} commands, ${tests.size} tests and ${links} links are right`);
process.exit(bad.length ? 1 : 0);
