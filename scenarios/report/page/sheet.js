// What a scenario shows when it is opened: what is wrong, its steps, the windows at the chosen step, its diagram.

const Sheets = (() => {
  const sheets = new Map();  // by the scenario's number

  // ---- in which words two texts differ

  const kWordsMax = 500;
  const wordsOf = (text, offset = 0) => [...text.matchAll(/[^\s,;:"()]+/g)].slice(0, kWordsMax)
    .map((match) => ({word: match[0], at: offset + match.index}));
  /// The longest common subsequence, as pairs of places.
  const commonOf = (a, b) => {
    const longest = Array.from({length: a.length + 1}, () => new Uint16Array(b.length + 1));
    for (let i = a.length - 1; i >= 0; --i) {
      for (let j = b.length - 1; j >= 0; --j) {
        longest[i][j] = a[i].word === b[j].word ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < a.length && j < b.length;) {
      if (a[i].word === b[j].word) pairs.push([i++, j++]);
      else if (longest[i + 1][j] >= longest[i][j + 1]) ++i;
      else ++j;
    }
    return pairs;
  };
  const quotedIn = (text) => [...text.matchAll(/"([^"]*)"/g)].map((match) => wordsOf(match[1], match.index + 1));
  const withMarks = (text, words) => {
    const parts = [];
    let end = 0;
    for (const {word, at} of words) {
      parts.push(text.slice(end, at), make('mark', word));
      end = at + word.length;
    }
    return [...parts, text.slice(end)];
  };
  /// Texts that have much in common are compared as a whole; otherwise what the one quotes with what the other quotes that is nearest.
  const compared = (expected, found) => {
    const likeness = (a, b) => ({a, b, pairs: commonOf(a, b)});
    let best = likeness(wordsOf(expected), wordsOf(found));
    if (best.pairs.length * 2 < Math.max(best.a.length, best.b.length)) {
      const all = quotedIn(expected).flatMap((a) => quotedIn(found).map((b) => likeness(a, b)));
      best = all.sort((one, other) => other.pairs.length / other.a.length - one.pairs.length / one.a.length)[0];
      if (!best || best.pairs.length * 2 < best.a.length) return [[expected], [found]];
    }
    const inA = new Set(best.pairs.map(([i]) => i)), inB = new Set(best.pairs.map(([, j]) => j));
    const first = best.pairs[0]?.[1] ?? 0, last = best.pairs.at(-1)?.[1] ?? 0;
    return [withMarks(expected, best.a.filter((unused, at) => !inA.has(at))),
      withMarks(found, best.b.filter((unused, at) => !inB.has(at) && at > first && at < last))];
  };

  const failureElement = (sheet) => {
    const {wrong} = sheet.data;
    const box = make('div', [make('h3', wrong.headline)], 'failure');
    const [expected, found] = wrong.expected && wrong.found ? compared(wrong.expected, wrong.found) : [[wrong.expected], [wrong.found]];
    const list = make('dl');
    if (wrong.expected) list.append(make('dt', 'expected'), make('dd', expected));
    if (wrong.found) list.append(make('dt', 'found'), make('dd', found));
    if (list.children.length) box.append(list);
    for (const violation of wrong.violations || []) {
      const line = make('p', [make('b', violation.invariant), ' ' + violation.what + ' ']);
      if (violation.entry) line.append(button('#' + violation.entry, 'Show journal entry ' + violation.entry, () => Details.open(sheet, violation.entry), 'link'));
      box.append(line);
    }
    for (const complaint of wrong.complaints || []) {
      if (complaint === wrong.headline) continue;
      const [first, ...more] = complaint.split('\n');
      box.append(more.length ? make('details', [make('summary', first), make('pre', more.join('\n'))], 'as-text') : make('p', complaint, 'complaint'));
    }
    const text = make('pre', wrong.text);
    box.append(make('details', [make('summary', 'as text'), copyButton(text, () => wrong.text), text], 'as-text'));
    return box;
  };

  const kMarks = {passed: '✓', failed: '✗', 'not exercised': '–', unknown: '?', pending: '…', unreached: '·'};
  const kClasses = {'not exercised': 'skipped'};
  const badge = (verdict) => {
    const element = make('span', kMarks[verdict] || '?', 'badge ' + (kClasses[verdict] || verdict));
    element.title = verdict === 'unreached' ? 'not reached' : verdict;
    return element;
  };
  const stepsElement = (sheet) => {
    const {steps} = sheet.data;
    let keyword = '';
    const items = steps.map((step, at) => {
      const words = make('span', [make('b', step.keyword === keyword ? 'And' : step.keyword), ' ' + step.text]);
      keyword = step.keyword;
      const link = button('', '', () => choose(sheet, at));
      link.append(badge(step.verdict), words);
      if (step.below) words.append(make('pre', step.below, 'below'));
      link.disabled = step.verdict === 'unreached';
      return make('li', [link], kClasses[step.verdict] || step.verdict);
    });
    const end = button('', '', () => choose(sheet, steps.length));
    end.append(make('span', '■', 'badge'), make('span', 'at the end'));
    return make('ol', [...items, make('li', [end], 'end')], 'steps');
  };

  const firstBad = (data) => data.steps.findIndex((step) => !['passed', 'unreached'].includes(step.verdict));
  const firstChoice = (data) => firstBad(data) < 0 ? data.steps.length : firstBad(data);
  const canChoose = (data, step) => step === data.steps.length || (data.steps[step] && data.steps[step].verdict !== 'unreached');

  /// Shows the world as it stood at a step, and brings the diagram there.
  const choose = (sheet, step) => {
    const {data, element} = sheet;
    if (!canChoose(data, step)) step = firstChoice(data);
    sheet.step = step;
    current = sheet;
    all('.steps button', element).forEach((each, at) => {
      if (at === step) each.setAttribute('aria-current', 'step'); else each.removeAttribute('aria-current');
    });
    const changes = Windows.render(one('.windows', element), data, step, (entry) => Details.open(sheet, entry));
    const chosen = data.steps[step];
    one('.moment output', element).replaceChildren(
      make('b', chosen ? 'Step ' + (step + 1) + ' of ' + data.steps.length : 'At the end'),
      make('span', chosen ? chosen.keyword + ' ' + chosen.text : firstBad(data) < 0 ? 'after the last step' : 'where the scenario ended', 'sentence'),
      make('small', changes ? counted(changes, 'change') + ' in it' : 'nothing changed'));
    for (const row of all('.row.step', element)) row.classList.toggle('at', chosen !== undefined && Number(row.dataset.step) === step);
    const row = all('.row.step', element).find((each) => Number(each.dataset.step) === step);
    if (row) Details.scrollInto(row, 'start');
    else if (!chosen) { const wire = one('.wire', element); wire.scrollTop = wire.scrollHeight; }
    const item = all('.steps button', element)[step], side = one('.side', element);
    if (item.offsetTop < side.scrollTop || item.offsetTop + item.offsetHeight > side.scrollTop + side.clientHeight) {
      side.scrollTop = item.offsetTop - side.clientHeight / 2;
    }
    Place.set({s: sheet.number, step: step + 1});
  };
  let current = null;
  const walk = (by) => {
    const sheet = current || [...sheets.values()].find((each) => each.element.open);
    if (!sheet || !sheet.element.open || sheet.step === undefined) return false;
    let next = sheet.step + by;
    while (next >= 0 && next < sheet.data.steps.length && !canChoose(sheet.data, next)) next += by;
    if (next < 0 || next > sheet.data.steps.length) return true;
    choose(sheet, next);
    return true;
  };

  const build = (sheet) => {
    const {data} = sheet;
    const side = make('div', undefined, 'side');
    if (data.wrong) side.append(failureElement(sheet));
    if (data.note) side.append(make('p', data.note, 'remark'));
    side.append(stepsElement(sheet));
    side.append(make('p', sheet.place + '\nseed ' + data.seed + ', ' + counted(data.journal || 0, 'journal entry').replace('entrys', 'entries') +
      (data.not_drawn ? ', ' + data.not_drawn + ' of them not drawn' : ''), 'facts'));
    if (data.rerun) {
      const code = make('code', data.rerun);
      side.append(make('p', [code, copyButton(code, () => data.rerun)], 'rerun'));
    }
    if (data.log.length) {
      side.append(make('details', [make('summary', counted(data.log.length, 'line') + ' logged by the bridge'),
        make('pre', data.log.map((line) => timeText(line.at || 0) + ' ' + line.text).join('\n'))], 'as-text log'));
    }
    const stage = make('div', undefined, 'stage');
    const status = make('output');
    status.setAttribute('aria-live', 'polite');
    stage.append(make('div', [button('◀', 'Step before (k)', () => walkIn(sheet, -1)), button('▶', 'Next step (j)', () => walkIn(sheet, 1)), status], 'moment'),
      make('div', undefined, 'windows'));
    const wire = make('div', undefined, 'wire');
    wire.tabIndex = -1;
    if (data.rows.length) {
      const diagram = Diagram.body(data);
      wire.append(make('div', [Diagram.head(data.titles)], 'titles'), diagram);
      Details.attend(sheet, diagram);
      diagram.addEventListener('click', (event) => {
        const row = event.target.closest('.row.step');
        if (row) choose(sheet, Number(row.dataset.step));
      });
    } else {
      wire.append(make('p', 'The journal of this scenario is empty.', 'remark'));
    }
    stage.append(wire);
    const content = make('div', [side, stage], data.rows.length ? 'sheet' : 'sheet unplayed');
    for (const old of all(':scope > :not(summary)', sheet.element)) old.remove();
    sheet.element.append(content);
  };
  const walkIn = (sheet, by) => { current = sheet; walk(by); };

  /// Builds what stands in a scenario's <details>; the promise is kept when it can be looked at.
  const open = (element, step) => {
    const number = Number(element.id.slice(1));
    element.open = true;
    if (!sheets.has(number)) {
      const sheet = {number, element, place: element.dataset.place};
      sheet.ready = dataOf(number).then((data) => {
        sheet.data = data;
        build(sheet);
        choose(sheet, step === undefined ? firstChoice(data) : step);
        return sheet;
      }, (problem) => {
        element.append(make('p', 'This browser cannot read what the page holds: ' + problem, 'remark'));
        return sheet;
      });
      sheets.set(number, sheet);
    } else if (step !== undefined) {
      sheets.get(number).ready.then((sheet) => choose(sheet, step));
    }
    return sheets.get(number).ready;
  };
  const makeCurrent = (element) => { current = sheets.get(Number(element.id.slice(1))) || current; };
  return {open, walk, makeCurrent, current: () => current};
})();
