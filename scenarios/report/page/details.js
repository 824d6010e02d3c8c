// The drawer with a journal entry: what it says, what led to it, what came of it, what the bridge logged then.

const Details = (() => {
  const drawer = one('#details');
  let chosen = null;  // the row
  let sheet = null;   // its scenario's

  const highlighted = (text) => {
    const pre = make('pre');
    // Keys, strings, and the other values of pretty-printed JSON.
    const token = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
    let end = 0;
    for (const match of text.matchAll(token)) {
      pre.append(text.slice(end, match.index));
      pre.append(make('span', match[1] || match[0], match[2] ? 'j-key' : match[1] ? 'j-string' : 'j-value'));
      if (match[2]) pre.append(match[2]);
      end = match.index + match[0].length;
    }
    pre.append(text.slice(end));
    return pre;
  };
  const bodyElement = (text) => {
    try {
      const value = JSON.parse(text);
      if (value !== null && typeof value === 'object') return highlighted(JSON.stringify(value, null, 2));
    } catch { /* not JSON: shown as it is */ }
    return make('pre', text);
  };

  const shellWord = (text) => "'" + text.replace(/'/g, "'\\''") + "'";
  /// "Name: value" lines
  const headersIn = (lines) => (lines || '').split('\n').filter(Boolean).map((line) => {
    const colon = line.indexOf(':');
    return {name: line.slice(0, colon), value: line.slice(colon + 1).trim()};
  });
  const headerNamed = (lines, name) => (headersIn(lines).find((each) => each.name.toLowerCase() === name) || {}).value;
  const typeOf = (lines, body) => headerNamed(lines, 'content-type') || (/^\s*[[{]/.test(body || '') ? 'application/json' : 'text/plain');

  /// Credentials and addresses are left to variables.
  const curlOf = (call) => {
    const base = {salesforce: '$SALESFORCE_URL', opencx: '$OPENCX_URL', bridge: '$BRIDGE_URL'}[call.to] || '$URL';
    const words = ['curl', '--globoff'];
    if (call.method !== 'GET') words.push('-X ' + call.method);
    words.push('"' + base + '"' + shellWord(call.target));
    for (const {name, value} of headersIn(call.request_headers)) {
      if (/^(accept-encoding|user-agent)$/i.test(name)) continue;
      const kept = value.replace(/\(left out\)$/, '');
      words.push('-H ' + shellWord(name + ': ' + kept) + (kept === value ? '' : '"$TOKEN"'));
    }
    if (call.request) words.push('--data-raw ' + shellWord(call.request));
    return words.join(' ');
  };

  const isText = (text) => typeof text === 'string' && text !== '';
  /// One call as HAR 1.2. What it took is of the world's time.
  const harOf = (call, at) => {
    const body = (text, headers) => ({size: new Blob([text || '']).size, mimeType: typeOf(headers, text)});
    const took = call.took_ms || 0;
    const request = {method: call.method, url: 'http://' + (call.to || 'unknown') + '.test' + call.target, httpVersion: 'HTTP/1.1',
      cookies: [], headers: headersIn(call.request_headers), queryString: [...new URLSearchParams(call.target.split('?')[1] || '')].map(([name, value]) => ({name, value})),
      headersSize: -1, bodySize: body(call.request).size};
    if (isText(call.request)) request.postData = {mimeType: body(call.request, call.request_headers).mimeType, text: call.request};
    const content = {...body(call.response, call.response_headers), text: call.response || ''};
    const response = {status: call.status || 0, statusText: call.error || '', httpVersion: 'HTTP/1.1', cookies: [],
      headers: headersIn(call.response_headers), content, redirectURL: headerNamed(call.response_headers, 'location') || '', headersSize: -1,
      bodySize: content.size};
    return JSON.stringify({log: {version: '1.2', creator: {name: 'casewire', version: '1'}, entries: [
      {startedDateTime: new Date(at).toISOString(), time: took, request, response, cache: {}, timings: {send: 0, wait: took, receive: 0}}]}}, null, 2);
  };
  /// The mail put together again from what the journal keeps of it: large files by name only.
  const emlOf = (mail, at, files) => {
    const utf8 = (text) => String.fromCharCode(...new TextEncoder().encode(text));
    const header = (text) => /^[\x20-\x7e]*$/.test(text) ? text :
      text.match(/.{1,15}/gu).map((piece) => '=?utf-8?B?' + btoa(utf8(piece)) + '?=').join('\r\n ');
    const list = (value) => Array.isArray(value) ? value : value ? [value] : [];
    const lines = ['From: ' + mail.from, 'To: ' + list(mail.to).join(', '), 'Subject: ' + header(mail.subject || ''),
      'Date: ' + new Date(at).toUTCString().replace('GMT', '+0000')];
    if (mail.message_id) lines.push('Message-ID: <' + mail.message_id + '>');
    if (mail.in_reply_to) lines.push('In-Reply-To: <' + mail.in_reply_to + '>');
    if (list(mail.references).length) lines.push('References: ' + list(mail.references).map((id) => '<' + id + '>').join('\r\n '));
    const folded = (base64) => (base64.match(/.{1,76}/g) || []).join('\r\n') + '\r\n';
    const text = 'Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n' +
      folded(btoa(utf8((mail.text || '').replace(/\r?\n/g, '\r\n'))));
    const whole = files.filter((file) => file.content);
    for (const file of list(mail.attachments)) {
      if (!whole.some((each) => each.name === file.name)) lines.push('X-File: ' + header((file.name || String(file)) + (file.bytes ? ', ' + file.bytes + ' bytes' : '')));
    }
    lines.push('MIME-Version: 1.0');
    if (!whole.length) return lines.join('\r\n') + '\r\n' + text;
    const boundary = '=_casewire_' + at;
    const parts = whole.map((file) => 'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n' +
      "Content-Disposition: attachment; filename*=UTF-8''" + encodeURIComponent(file.name) + '\r\n\r\n' + folded(file.content));
    lines.push('Content-Type: multipart/mixed; boundary="' + boundary + '"', '', '');
    return lines.join('\r\n') + [text, ...parts].map((part) => '--' + boundary + '\r\n' + part).join('\r\n') + '\r\n--' + boundary + '--\r\n';
  };

  const addLine = (table, name, value) => {
    const row = table.insertRow();
    row.append(make('th', name));
    row.insertCell().append(value);
  };
  const headersElement = (lines, what) => {
    const table = make('table');
    for (const {name, value} of headersIn(lines)) addLine(table, name, value);
    return make('details', [make('summary', what + ' · ' + counted(table.rows.length, 'header')), table], 'headers');
  };

  const entryLink = (sequence) => button('#' + sequence, 'Show journal entry ' + sequence, () => open(sheet, sequence), 'link');
  const entryElement = (data, entry) => {
    const table = make('table');
    const line = (name, value) => addLine(table, name, value);
    const start = Date.parse(data.start);
    line('entry', '#' + entry.seq + ' at ' + timeText(entry.at || 0) + ', ' + new Date(start + (entry.at || 0)).toISOString());
    if (entry.cause) line('caused by', entryLink(entry.cause));
    const effects = (data.effects.get(entry.seq) || []).slice(0, 30);
    if (effects.length) line('led to', make('span', effects.flatMap((sequence) => [entryLink(sequence), ' '])));
    line('actor', entry.actor);
    const long = [];
    for (const [name, value] of Object.entries(entry.data || {})) {
      if (['request', 'response', 'text', 'fields'].includes(name)) long.push([name, value]);
      else if (name === 'request_headers' || name === 'response_headers') long.push([name, headersElement(value, name.split('_')[0])]);
      else if (name === 'took_ms') line('took', timeText(value) + ' of the world\u2019s time');
      else line(name.replace(/_/g, ' '), Array.isArray(value) ?
        value.map((each) => typeof each === 'object' ? Object.entries(each).map(([k, v]) => k + ' ' + v).join(', ') : each).join('\n') :
        typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
    const box = make('div', [table], 'entry');
    if (entry.kind === 'http') {
      // Where the clipboard is refused, what is to be copied stands open and marked.
      const copied = (label, css, textOf) => {
        const text = make('pre', textOf(), css), folded = make('details', [make('summary', 'as ' + label), text]);
        const copy = copyButton(text, textOf);
        copy.textContent = 'Copy as ' + label;
        copy.addEventListener('click', () => { folded.open = true; });
        return {copy, folded};
      };
      const har = () => harOf(entry.data, start + (entry.at || 0));
      const asCurl = copied('curl', 'curl', () => curlOf(entry.data)), asHar = copied('HAR', 'har', har);
      box.append(make('div', [asCurl.copy, asHar.copy, saveButton('Save as HAR', 'entry-' + entry.seq + '.har', 'application/json', har),
        asCurl.folded, asHar.folded], 'as-curl'));
    }
    if (entry.kind === 'mail') {
      const seen = ((data.world || {}).mailboxes || []).flatMap((mailbox) => mailbox.mails).find((mail) => mail.entry === entry.seq);
      const files = (seen || {}).files || [];
      box.append(saveButton('Save as .eml', 'mail-' + entry.seq + '.eml', 'message/rfc822', () => emlOf(entry.data, start + (entry.at || 0), files)));
      if (files.length) box.append(make('div', files.map(Files.element), 'files'));
    }
    for (const [name, value] of long) {
      if (value instanceof Element) box.append(value);
      else box.append(make('h3', name), typeof value === 'string' ? bodyElement(value) : highlighted(JSON.stringify(value, null, 2)));
    }
    if (entry.cut_bytes) box.append(make('p', entry.cut_bytes + ' bytes of text are not in this page.', 'remark'));
    const logged = data.log.filter((each) => (each.after || 0) === entry.seq);
    if (logged.length) box.append(make('h3', 'logged by the bridge after it'), make('pre', logged.map((each) => each.text).join('\n'), 'log'));
    return box;
  };

  const show = (ofSheet, row) => {
    sheet = ofSheet;
    const {data} = sheet;
    const first = Number(row.dataset.first), last = Number(row.dataset.last);
    if (chosen) chosen.classList.remove('chosen');
    chosen = row;
    row.classList.add('chosen');
    const entries = [];
    for (let sequence = first; sequence <= last; ++sequence) {
      if (data.bySequence.has(sequence)) entries.push(data.bySequence.get(sequence));
    }
    const body = one('.body', drawer);
    body.replaceChildren(...entries.map((entry) => entryElement(data, entry)));
    body.scrollTop = 0;
    one('h2', drawer).textContent = entries.length ? entries[0].brief : 'Entry ' + first;
    drawer.hidden = false;
    Place.set({entry: first});
  };
  const focusRow = (row) => {
    for (const other of Diagram.rowsOf(row.closest('.diagram'))) other.setAttribute('tabindex', other === row ? '0' : '-1');
    row.focus({preventScroll: true});
  };
  const open = (ofSheet, sequence) => {
    const row = Diagram.rowOf(one('.diagram', ofSheet.element), sequence);
    if (!row) return;
    focusRow(row);
    scrollInto(row);
    show(ofSheet, row);
  };
  /// Within the diagram's own scroller where it has one.
  const scrollInto = (row, block = 'center') => {
    const scroller = row.closest('.wire');
    const isOwn = scroller && scroller.scrollHeight > scroller.clientHeight + 1;
    if (!isOwn) return row.scrollIntoView({block});
    const place = row.getBoundingClientRect(), frame = scroller.getBoundingClientRect();
    scroller.scrollTop += place.top - frame.top - (block === 'start' ? 48 : (frame.height - place.height) / 2);
  };
  const close = () => {
    drawer.hidden = true;
    Place.set({entry: 0});
    if (!chosen) return;
    chosen.classList.remove('chosen');
    chosen.focus({preventScroll: true});
    chosen = null;
  };
  const neighbour = (row, by) => {
    const rows = Diagram.rowsOf(row.closest('.diagram'));
    return rows[rows.indexOf(row) + by];
  };
  const go = (by) => {
    const next = chosen && neighbour(chosen, by);
    if (!next) return;
    scrollInto(next);
    show(sheet, next);
  };
  one('[data-close]', drawer).addEventListener('click', close);
  for (const each of all('[data-go]', drawer)) each.addEventListener('click', () => go(Number(each.dataset.go)));

  /// Clicks, keys and the pointer on a sheet's diagram.
  const attend = (ofSheet, diagram) => {
    const rowAt = (event) => event.target.closest && event.target.closest('.row[data-first]');
    diagram.addEventListener('click', (event) => {
      const row = rowAt(event);
      if (row) { focusRow(row); show(ofSheet, row); }
    });
    diagram.addEventListener('mouseover', (event) => {
      const row = rowAt(event);
      if (row) Diagram.trace(diagram, row); else Diagram.untrace(diagram);
    });
    diagram.addEventListener('mouseleave', () => Diagram.untrace(diagram));
    diagram.addEventListener('focusin', (event) => {
      const row = rowAt(event);
      if (row && row.matches(':focus-visible')) Diagram.trace(diagram, row);
    });
    diagram.addEventListener('focusout', () => Diagram.untrace(diagram));
    diagram.addEventListener('keydown', (event) => {
      const row = rowAt(event);
      if (!row) return;
      const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
      const next = by && neighbour(row, by);
      if (next) {
        focusRow(next);
        scrollInto(next);
        if (!drawer.hidden) show(ofSheet, next);
      } else if (event.key === 'Enter' || event.key === ' ') {
        show(ofSheet, row);
      } else if (!by) {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    });
  };
  return {open, close, attend, scrollInto, isOpen: () => !drawer.hidden};
})();
