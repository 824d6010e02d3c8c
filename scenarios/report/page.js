'use strict';
// Filters, the drawer with an entry's details, cause chains, keyboard. Text reaches the page through textContent only.
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const make = (name, text, css) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    if (css) element.className = css;
    return element;
  };

  // ---- filter
  const filter = one('#filter');
  const tag = one('#tag');
  let verdict = '';
  const words = new Map(all('.scenario').map((scenario) => [scenario,
    (one('summary .name', scenario).textContent + ' ' + one('.steps', scenario).textContent + ' ' +
     one('h2', scenario.parentElement).textContent).toLowerCase()]));
  const applyFilter = () => {
    const wanted = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const [scenario, text] of words) {
      const fits = (!verdict || scenario.dataset.verdict === verdict) && text.includes(wanted) &&
          (!tag || !tag.value || scenario.dataset.tags.split(' ').includes(tag.value));
      scenario.hidden = !fits;
      shown += fits;
    }
    for (const feature of all('.feature')) feature.hidden = !one('.scenario:not([hidden])', feature);
    one('#nothing').hidden = shown > 0;
    one('#shown').textContent = shown === words.size ? '' : shown + ' of ' + words.size + ' shown';
  };
  for (const chip of all('.chips button')) {
    chip.addEventListener('click', () => {
      verdict = chip.dataset.verdict;
      for (const other of all('.chips button')) other.setAttribute('aria-pressed', String(other === chip));
      applyFilter();
    });
  }
  const showAll = () => {
    filter.value = '';
    if (tag) tag.value = '';
    one('.chips [data-verdict=""]').click();
  };
  filter.addEventListener('input', applyFilter);
  if (tag) tag.addEventListener('change', applyFilter);

  // ---- journals, read when first needed
  const journals = new Map();
  const journalOf = (scenario) => {
    if (!journals.has(scenario)) {
      const entries = JSON.parse(one('#' + scenario.id + '-journal').textContent);
      journals.set(scenario, new Map(entries.map((entry) => [entry.seq, entry])));
    }
    return journals.get(scenario);
  };
  const rowsOf = (scenario) => all('.row[data-first]', scenario);
  const rowMaps = new Map();
  const rowOf = (scenario, sequence) => {
    if (!rowMaps.has(scenario)) {
      const rows = new Map();
      for (const row of rowsOf(scenario)) {
        for (let at = Number(row.dataset.first); at <= Number(row.dataset.last); ++at) rows.set(at, row);
      }
      rowMaps.set(scenario, rows);
    }
    return rowMaps.get(scenario).get(sequence);
  };

  // ---- details
  const drawer = one('#details');
  let chosen = null;
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
  const entryLink = (scenario, sequence) => {
    const link = make('button', '#' + sequence, 'link');
    link.type = 'button';
    link.addEventListener('click', () => goTo(scenario, sequence));
    return link;
  };
  const entryElement = (scenario, entry) => {
    const box = make('div', undefined, 'entry');
    const table = make('table');
    const line = (name, value) => {
      const row = table.insertRow();
      row.append(make('th', name));
      const cell = make('td');
      cell.append(value);
      row.append(cell);
    };
    line('entry', '#' + entry.seq + ' at ' + entry.at);
    if (entry.cause) line('caused by', entryLink(scenario, entry.cause));
    const effects = [...journalOf(scenario).values()].filter((other) => other.cause === entry.seq).slice(0, 30);
    if (effects.length) {
      const list = make('span');
      for (const effect of effects) list.append(entryLink(scenario, effect.seq), ' ');
      line('led to', list);
    }
    line('actor', entry.actor);
    const long = [];
    for (const [name, value] of Object.entries(entry.data || {})) {
      if (['request', 'response', 'text', 'fields'].includes(name)) long.push([name, value]);
      else line(name.replace(/_/g, ' '), Array.isArray(value) ?
        value.map((each) => typeof each === 'object' ? Object.entries(each).map(([k, v]) => k + ' ' + v).join(', ') : each).join('\n') :
        typeof value === 'object' ? JSON.stringify(value) : String(value));
    }
    box.append(table);
    for (const [name, value] of long) {
      box.append(make('h3', name), typeof value === 'string' ? bodyElement(value) : highlighted(JSON.stringify(value, null, 2)));
    }
    if (entry.cut_bytes) box.append(make('p', entry.cut_bytes + ' bytes of text are not in this page.', 'remark'));
    return box;
  };
  const show = (row) => {
    const scenario = row.closest('.scenario');
    const journal = journalOf(scenario);
    const first = Number(row.dataset.first);
    const last = Number(row.dataset.last);
    if (chosen) chosen.classList.remove('chosen');
    chosen = row;
    row.classList.add('chosen');
    const body = one('.body', drawer);
    body.replaceChildren();
    body.scrollTop = 0;
    one('h2', drawer).textContent = journal.has(first) ? journal.get(first).brief : 'Entry ' + first;
    for (let sequence = first; sequence <= last; ++sequence) {
      if (journal.has(sequence)) body.append(entryElement(scenario, journal.get(sequence)));
    }
    drawer.hidden = false;
    history.replaceState(null, '', '#' + row.id);
  };
  const close = () => {
    drawer.hidden = true;
    if (!chosen) return;
    chosen.classList.remove('chosen');
    chosen.focus({preventScroll: true});
    chosen = null;
  };
  const focusRow = (row) => {
    for (const other of rowsOf(row.closest('.scenario'))) other.setAttribute('tabindex', other === row ? '0' : '-1');
    row.focus({preventScroll: true});
    row.scrollIntoView({block: 'nearest'});
  };
  const neighbour = (row, by) => {
    const rows = rowsOf(row.closest('.scenario'));
    return rows[rows.indexOf(row) + by];
  };
  const goTo = (scenario, sequence) => {
    const row = rowOf(scenario, sequence);
    if (!row) return;
    focusRow(row);
    row.scrollIntoView({block: 'center'});
    show(row);
  };
  one('[data-close]', drawer).addEventListener('click', close);
  for (const button of all('[data-go]', drawer)) {
    button.addEventListener('click', () => {
      const next = chosen && neighbour(chosen, Number(button.dataset.go));
      if (!next) return;
      next.scrollIntoView({block: 'center'});
      show(next);
    });
  }

  // ---- cause chains: what led here, and what came of it
  const trace = (row) => {
    const scenario = row.closest('.scenario');
    const rows = rowsOf(scenario);
    const lit = new Set([row]);
    const pairs = [];
    for (let at = row; at && at.dataset.cause;) {
      const cause = rowOf(scenario, Number(at.dataset.cause));
      if (!cause || lit.has(cause)) break;
      pairs.push([cause, at]);
      lit.add(cause);
      at = cause;
    }
    // Effects stand below their causes: one pass from the row down finds them all.
    const downstream = new Set([row]);
    for (const other of rows.slice(rows.indexOf(row) + 1)) {
      const cause = other.dataset.cause && rowOf(scenario, Number(other.dataset.cause));
      if (!cause || !downstream.has(cause)) continue;
      downstream.add(other);
      lit.add(other);
      pairs.push([cause, other]);
    }
    untrace(scenario);
    if (lit.size === 1) return;
    const links = one('.links', scenario);
    for (const [cause, effect] of pairs) {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      const from = Number(cause.dataset.y), to = Number(effect.dataset.y);
      const bow = Math.min(18, 6 + (to - from) / 12);
      path.setAttribute('d', `M112 ${from}C${112 - bow} ${from} ${112 - bow} ${to} 112 ${to}`);
      links.append(path);
    }
    for (const each of lit) each.classList.add('lit');
    one('.diagram', scenario).classList.add('tracing');
  };
  const untrace = (scenario) => {
    const diagram = one('.diagram', scenario);
    if (!diagram || !diagram.classList.contains('tracing')) return;
    diagram.classList.remove('tracing');
    one('.links', diagram).replaceChildren();
    for (const row of all('.lit', diagram)) row.classList.remove('lit');
  };
  for (const diagram of all('.diagram')) {
    const scenario = diagram.closest('.scenario');
    const rowAt = (event) => event.target.closest && event.target.closest('.row[data-first]');
    diagram.addEventListener('click', (event) => { const row = rowAt(event); if (row) { focusRow(row); show(row); } });
    diagram.addEventListener('mouseover', (event) => { const row = rowAt(event); if (row) trace(row); else untrace(scenario); });
    diagram.addEventListener('mouseleave', () => untrace(scenario));
    diagram.addEventListener('focusin', (event) => { const row = rowAt(event); if (row && row.matches(':focus-visible')) trace(row); });
    diagram.addEventListener('focusout', () => untrace(scenario));
    diagram.addEventListener('keydown', (event) => {
      const row = rowAt(event);
      if (!row) return;
      const by = {ArrowDown: 1, ArrowUp: -1}[event.key];
      const next = by && neighbour(row, by);
      if (next) {
        focusRow(next);
        if (!drawer.hidden) show(next);
      } else if (event.key === 'Enter' || event.key === ' ') {
        show(row);
      } else {
        return;
      }
      event.preventDefault();
    });
  }

  // ---- the rest of the page
  for (const button of all('[data-entry]')) {
    button.addEventListener('click', () => goTo(button.closest('.scenario'), Number(button.dataset.entry)));
  }
  for (const button of all('[data-copy]')) {
    button.addEventListener('click', () => {
      const code = button.previousElementSibling;
      getSelection().selectAllChildren(code);
      // The clipboard is refused on file:// by some browsers; the command is selected then, and can be copied by hand.
      if (navigator.clipboard) navigator.clipboard.writeText(code.textContent).then(() => { button.textContent = 'Copied'; }, () => {});
    });
  }
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !drawer.hidden) close();
    if (event.key === '/' && !/^(input|select|textarea)$/i.test(event.target.tagName)) {
      event.preventDefault();
      filter.focus();
    }
  });
  // A link to a scenario, a step or an entry opens what it lies in.
  const followHash = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const scenario = target.closest('.scenario');
    if (scenario && scenario.hidden) showAll();
    if (scenario) scenario.open = true;
    target.scrollIntoView({block: target === scenario ? 'start' : 'center'});
    if (target.dataset.first) show(target);
  };
  addEventListener('hashchange', followHash);
  followHash();
})();
