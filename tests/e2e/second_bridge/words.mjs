// How things are worded on a Case and in an answer.

import crypto from 'node:crypto';

export const kCommentBytesMax = 4_000;
const kSubjectMax = 255;
const kDescriptionMax = 32_000;

export function subjectOf(history) {
  const first = history.find((item) => item.event.context?.subject);
  return cut(first?.event.context.subject ?? 'Conversation by email', kSubjectMax);
}

/// The summary first; what follows it is ours.
export function descriptionOf(session, summary, former, hasLink) {
  const below = [];
  if (former) below.push(`Follows case ${former.CaseNumber}, which was closed.`);
  if (hasLink) below.push(`Conversation: https://platform.open.cx/inbox/${session.id}`);
  const head = summary ?? 'A person took this conversation over; nobody wrote a summary.';
  const whole = [head, ...below].join('\n\n');
  if (whole.length <= kDescriptionMax) return whole;
  if (head.length <= kDescriptionMax) return head;
  return cut(head, kDescriptionMax - 60) + '\n[cut here: the whole summary stands in the comments]';
}

export function isCutInDescription(summary) {
  return (summary ?? '').length > kDescriptionMax;
}

/// One message, headed by who said it.
export function spoken(item, contactName) {
  const { sender, content, attachments = [] } = item.event;
  const role = { contact: 'customer', ai: 'AI', human_agent: 'agent' }[sender.type] ?? sender.type;
  const name = sender.name || (sender.type === 'contact' ? contactName : '');
  const files = attachments.map((file) => `[file: ${file.name}]`);
  return [`${name ? `${name} (${role})` : `(${role})`}, ${item.created_at}:`, content?.text ?? '', ...files].join('\n').trimEnd();
}

/// What marks a comment as telling these items.
export function markOf(items) {
  return `[told: ${items.map(shortId).join(' ')}]`;
}
export function shortId(item) {
  return crypto.createHash('sha256').update(item).digest('hex').slice(0, 10);
}
export function marksIn(text) {
  return [...text.matchAll(/\[told: ([0-9a-f ]+)\]/g)].flatMap((match) => match[1].split(' '));
}

/// Comments that a Case takes, the mark below each of them.
export function comments(text, mark) {
  const room = kCommentBytesMax - Buffer.byteLength(mark) - 40;
  const parts = split(text, room);
  return parts.map((part, i) => `${part}\n\n${parts.length > 1 ? `(${i + 1}/${parts.length}) ` : ''}${mark}`);
}

/// Pieces of at most so many bytes, cut where a line or a word ends if there is such a place.
export function split(text, bytesMax) {
  const parts = [];
  let rest = Buffer.from(text);
  while (rest.length > bytesMax) {
    let end = bytesMax;
    while ((rest[end] & 0xc0) === 0x80) end -= 1; // not inside a character
    const head = rest.subarray(0, end);
    const place = ['\n\n', '\n', ' '].map((gap) => head.lastIndexOf(gap)).find((at) => at > bytesMax / 2);
    if (place !== undefined) end = place + 1;
    parts.push(rest.subarray(0, end).toString().trimEnd());
    rest = rest.subarray(end);
  }
  parts.push(rest.toString());
  return parts;
}

/// At most so many UTF-16 units, no character in halves.
export function cut(text, unitsMax) {
  if (text.length <= unitsMax) return text;
  const head = text.slice(0, unitsMax - 1);
  return (/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head) + '…';
}

/// What tells two texts apart, whoever folded the white space in between.
export function fingerprint(text) {
  return crypto.createHash('sha256').update(text.replace(/\s+/g, ' ').trim()).digest('hex').slice(0, 32);
}

const kEntities = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', euro: '€', pound: '£', yen: '¥', cent: '¢', sect: '§' },
  ...{ copy: '©', reg: '®', trade: '™', hellip: '…', mdash: '—', ndash: '–', bull: '•', middot: '·', deg: '°', times: '×' },
  ...{ lsquo: '‘', rsquo: '’', sbquo: '‚', ldquo: '“', rdquo: '”', bdquo: '„', laquo: '«', raquo: '»', shy: '', szlig: 'ß' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', aring: 'å', Aring: 'Å', aelig: 'æ', AElig: 'Æ' },
  ...{ oslash: 'ø', Oslash: 'Ø', eacute: 'é', Eacute: 'É', egrave: 'è', ecirc: 'ê', euml: 'ë', agrave: 'à', aacute: 'á' },
  ...{ acirc: 'â', atilde: 'ã', ccedil: 'ç', Ccedil: 'Ç', ntilde: 'ñ', Ntilde: 'Ñ', iacute: 'í', icirc: 'î', iuml: 'ï' },
  ...{ oacute: 'ó', ocirc: 'ô', otilde: 'õ', uacute: 'ú', ugrave: 'ù', ucirc: 'û', yacute: 'ý', iexcl: '¡', iquest: '¿' },
};

/// What a rich-text composer wrote, as plain text.
export function htmlAsText(html) {
  return html
    .replace(/<(script|style|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/\s+/g, ' ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/(p|div|tr|ul|ol|table|h[1-6]|blockquote)>/gi, '\n')
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi, (_, url, label) =>
      label.trim() === url || !/^https?:/.test(url) ? label : `${label} (${url})`,
    )
    .replace(/<[^>]*>/g, '')
    .replace(/&#x([0-9a-f]+);/gi, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
    .replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)))
    .replace(/&(\w+);/g, (whole, name) => kEntities[name] ?? whole)
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
