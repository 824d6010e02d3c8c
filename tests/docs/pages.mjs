// What stands in the pages for a reader to type: the commands of their blocks, and those that the text names between backticks.

import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
export const textOf = (page) => readFileSync(join(root, page), 'utf8');

const pagesIn = (folder) => readdirSync(join(root, folder)).filter((name) => name.endsWith('.md')).map((name) => join(folder, name));
/// Those with blocks that are typed and scenarios that are checked.
export const pages = ['README.md', ...pagesIn('docs'), ...pagesIn('docs/clients')];
/// And those that only name things.
export const allPages = [...pages, 'llms.txt', 'ARCHITECTURE.md', ...pagesIn('docs/decisions')];

/// {page, line, language, commands} of each block; lines that go on are joined.
export function* blocksOf(page) {
  let language = null, commands = [], line = 0, first = 0, open = '';
  for (const text of textOf(page).split('\n')) {
    ++line;
    const fence = text.match(/^\s*```(\w*)/);
    if (fence) {
      if (language !== null) yield {page, line: first, language, commands};
      language = language === null ? fence[1] : null;
      commands = [], first = line;
      continue;
    }
    if (language === null) continue;
    open += text;
    if (language === 'sh' && open.endsWith('\\')) {
      open = open.slice(0, -1);
      continue;
    }
    commands.push({line, text: open});
    open = '';
  }
}

const withoutRemark = (text) => text.replace(/(^|\s)#\s.*$/, '').trim();
/// What is typed of a block's line: of a CI server's file the commands alone.
export const commandIn = (text, language) => language === 'sh' ? withoutRemark(text) :
  (text.match(/^\s*- (?:run: )?(casewire .*)$/) || text.match(/sh '(casewire .*)'/) || [])[1] || '';
export const isTyped = ({language}) => ['sh', 'yaml', 'groovy'].includes(language);

/// {page, line, text} of what stands between backticks outside of blocks.
export function* spansOf(page) {
  let inside = false, line = 0;
  for (const text of textOf(page).split('\n')) {
    ++line;
    if (/^\s*```/.test(text)) inside = !inside;
    else if (!inside) for (const [, span] of text.matchAll(/`([^`]+)`/g)) yield {page, line, text: span};
  }
}
