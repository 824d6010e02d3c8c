// What every part of the page uses. Text reaches the page through textContent only.

const one = (selector, root = document) => root.querySelector(selector);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

/// make('p', 'text', 'class'), make('p', [child, 'text'], 'class')
const make = (name, content, css) => {
  const element = document.createElement(name);
  if (Array.isArray(content)) element.append(...content.filter((part) => part !== null && part !== undefined));
  else if (content !== undefined) element.textContent = content;
  if (css) element.className = css;
  return element;
};
const button = (text, label, act, css) => {
  const element = make('button', text, css);
  element.type = 'button';
  if (label) {
    element.title = label;
    element.setAttribute('aria-label', label);
  }
  element.addEventListener('click', act);
  return element;
};
const counted = (count, noun) => count + ' ' + noun + (count === 1 ? '' : 's');
const bytesText = (bytes) => bytes < 1024 ? bytes + ' B' : bytes < 1048576 ? Math.round(bytes / 1024) + ' KB' :
  (bytes / 1048576).toFixed(1) + ' MB';

/// 90061001 -> "1d 01:01:01.001"
const timeText = (ms) => {
  const two = (value) => String(value).padStart(2, '0');
  const days = Math.floor(ms / 86400000);
  return (days ? days + 'd ' : '') + two(Math.floor(ms / 3600000) % 24) + ':' + two(Math.floor(ms / 60000) % 60) + ':' +
    two(Math.floor(ms / 1000) % 60) + '.' + String(ms % 1000).padStart(3, '0');
};

/// Copies; where the clipboard is refused (some browsers on file://) the text is selected and can be copied by hand.
const copyButton = (element, textOf) => button('Copy', '', (event) => {
  const done = () => { event.target.textContent = 'Copied'; };
  getSelection().selectAllChildren(element);
  if (navigator.clipboard) navigator.clipboard.writeText(textOf()).then(done, () => {});
}, 'copy');

/// A file of the page's own making: nothing is fetched.
const saveButton = (label, name, type, textOf) => button(label, '', () => {
  const link = make('a');
  link.href = URL.createObjectURL(new Blob([textOf()], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}, 'save');

// ---- the scenarios' data, inflated when somebody looks

const inflated = async (id) => {
  const bytes = Uint8Array.from(atob(one('#' + id).textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return JSON.parse(await new Response(stream).text());
};
const once = (load) => {
  const loaded = new Map();
  return (key) => {
    if (!loaded.has(key)) loaded.set(key, load(key));
    return loaded.get(key);
  };
};
const isReference = (value) => typeof value === 'string' && value.charCodeAt(0) === 2;
/// Equal texts stand once in a pack: a reference is U+0002 and the text's number.
const revived = (value, texts) => {
  if (isReference(value)) return texts[Number(value.slice(1))];
  if (Array.isArray(value)) return value.map((part) => revived(part, texts));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, revived(part, texts)]));
};
const packNumbered = once((number) => inflated('pack-' + number));
const scenarioIndex = one('#pack-index') ? inflated('pack-index') : Promise.resolve([]);
/// By its number in the page, from 1.
const dataOf = once(async (number) => {
  const {pack, at} = (await scenarioIndex)[number - 1];
  const {texts, scenarios} = await packNumbered(pack);
  const data = revived(scenarios[at], texts);
  for (const list of ['steps', 'rows', 'entries', 'log']) data[list] = data[list] || [];
  data.bySequence = new Map(data.entries.map((entry) => [entry.seq, entry]));
  data.effects = new Map();
  for (const entry of data.entries) {
    if (entry.cause) data.effects.set(entry.cause, [...(data.effects.get(entry.cause) || []), entry.seq]);
  }
  return data;
});
