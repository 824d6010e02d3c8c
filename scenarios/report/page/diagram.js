// A scenario's rows as SVG: lifelines of customer, OpenCX, bridge, Salesforce and rep; time runs downwards. Colours come from the style
// sheet, so that one drawing serves light, dark and paper.

const Diagram = (() => {
  const kWidth = 1120, kHeadHeight = 44, kColumns = [190, 400, 610, 830, 1040], kBridge = 2;
  const kGutter = 114;  // times stand left of it
  const kNoteWidth = 240, kBoxWidth = 124;
  const kCharacter = 6.4;  // the mean width of 12 px sans-serif, for cutting labels
  const kMonospace = 7;

  const svg = (name, attributes, children = []) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  const line = (x1, y1, x2, y2, css) => svg('line', {class: css, x1, y1, x2, y2});
  const box = (x, y, width, height, css, rx = 6) => svg('rect', {class: css, x, y, width, height, rx});
  const text = (x, y, css, words) => svg('text', {class: css, x, y}, [words]);
  const shape = (css, d) => svg('path', {class: css, d});
  const cut = (words, characters) => {
    const letters = [...words.trim().split('\n')[0].trim()];
    const whole = letters.join('') === words.trim();
    if (letters.length + (whole ? 0 : 1) <= characters) return letters.join('') + (whole ? '' : '…');
    return letters.slice(0, characters - 1).join('').trim() + '…';
  };
  const fitted = (words, pixels) => cut(words || '', Math.max(Math.floor(pixels / kCharacter), 8));
  const widthOf = (words) => Math.floor([...words].length * kCharacter);
  const arrowHead = (x, y, right, css) => {
    const back = right ? x - 9 : x + 9;
    return shape(css, `M${x} ${y}L${back} ${y - 4}L${back} ${y + 4}Z`);
  };
  const brokenEnd = (x, y) => shape('break', `M${x - 5} ${y - 5}l10 10m0-10l-10 10`);

  const heightOf = (row) => ({step: 40, exchange: 50, arrow: row.cut ? 48 : 38, note: 32, band: 34, gap: 34,
    callout: 20 + 17 * (row.lines || []).length})[row.shape];
  const opensDetails = (row) => row.first && !['step', 'gap', 'callout'].includes(row.shape);

  const answer = (row, middle, y, span) => {
    const words = fitted(row.answer, span - 40);
    const width = widthOf(words) + 14;
    return [box(middle - width / 2, y - 8, width, 16, 'status-box', 8), text(middle, y + 4, 'status', words)];
  };
  const exchange = (row, y) => {
    const from = kColumns[row.from], to = kColumns[row.to], right = to > from;
    const there = y + 21, back = y + 37, middle = (from + to) / 2, span = Math.abs(to - from);
    const label = text(middle, there - 6, 'label', fitted(row.label, span + 60));
    if (row.cut === 'there') {
      return [label, line(from, there, middle, there, 'request'), brokenEnd(middle, there),
        line(middle + (right ? 12 : -12), there, to, there, 'ghost'), ...answer(row, middle, back, span)];
    }
    const sent = [label, line(from, there, to, there, 'request'), arrowHead(to, there, right, 'head')];
    if (row.cut === 'back') {
      // The answer set out and never arrived: the line breaks near the caller.
      const end = from + (to - from) / 5;
      return [...sent, line(to, back, end, back, 'response'), brokenEnd(end, back), ...answer(row, (end + to) / 2, back, span * 0.8)];
    }
    return [...sent, line(to, back, from, back, 'response'), arrowHead(from, back, !right, 'head response-head'),
      ...answer(row, middle, back, span)];
  };
  const arrow = (row, top) => {
    const from = kColumns[row.from], to = kColumns[row.to], right = to > from;
    const y = top + 24, middle = (from + to) / 2, span = Math.abs(to - from);
    const parts = [text(middle, y - 8, 'label', fitted(row.label, span + 20))];
    if (row.cut) {
      const end = from + (to - from) * 0.8;
      parts.push(line(from, y, end, y, 'request'), brokenEnd(end, y), text(middle, y + 17, 'status', fitted(row.answer, span)));
    } else {
      parts.push(line(from, y, to, y, 'request'), arrowHead(to, y, right, 'head'));
    }
    if (row.kind === 'mail') parts.push(shape('envelope', `M${middle - 8} ${y - 5}h16v11h-16zl8 6l8 -6`));
    return parts;
  };
  const note = (row, y) => {
    const words = fitted(row.label, kNoteWidth - 16);
    const width = Math.max(60, widthOf(words) + 20), x = kColumns[row.from];
    return [box(x - width / 2, y + 5, width, 22, 'paper'), text(x, y + 20, 'label', words)];
  };
  const band = (row, y) => [box(kGutter + 4, y + 5, kWidth - kGutter - 8, 24, 'stripe'),
    text((kGutter + kWidth) / 2, y + 21, 'label', fitted(row.label, kWidth - kGutter - 40))];
  const callout = (row, y) => {
    const parts = [shape('pointer', `M${kGutter + 20} ${y + 4}l8 -9l8 9z`),
      box(kGutter + 4, y + 3, kWidth - kGutter - 8, heightOf(row) - 8, 'bubble')];
    row.lines.forEach((words, at) => {
      const indent = words.length - words.trimStart().length;
      parts.push(text(kGutter + 18 + indent * kMonospace, y + 20 + 17 * at, at === 0 ? 'wrong' : 'wrong-detail',
        fitted(words, kWidth - kGutter - 40)));
    });
    return parts;
  };
  const step = (row, y) => {
    const blank = row.label.indexOf(' ');
    const mark = {good: '✓', waiting: '–', warning: '?'}[row.tone] || '✗';
    const sentence = svg('text', {class: 'sentence', x: 36, y: y + 28}, [svg('tspan', {class: 'keyword'}, [row.label.slice(0, blank)]),
      ' ' + fitted(row.label.slice(blank + 1), kWidth - 130)]);
    return [box(4, y + 10, kWidth - 8, 26, 'heading'), text(16, y + 28, 'mark', mark), sentence];
  };
  const draw = {step, exchange, arrow, note, band, gap: band, callout};

  const spoken = (row, titles) => 'Entry ' + row.first + ' at ' + timeText(row.at || 0) + ': ' +
    (row.shape === 'exchange' || row.shape === 'arrow' ? titles[row.from] + ' to ' + titles[row.to] + ', ' : '') +
    row.label + (row.answer ? ', ' + row.answer : '');

  /// The lifelines' titles, as a drawing of its own: it stays in sight while the diagram scrolls.
  const head = (titles) => svg('svg', {class: 'diagram-head', 'aria-hidden': 'true', viewBox: `0 0 ${kWidth} ${kHeadHeight}`,
    width: kWidth, height: kHeadHeight}, [text(8, 27, 'time', 'virtual time'), ...titles.flatMap((title, at) => {
    const person = at === 0 || at === titles.length - 1;
    return [box(kColumns[at] - kBoxWidth / 2, 8, kBoxWidth, 28, person ? 'actor person' : at === kBridge ? 'actor tested' : 'actor',
      person ? 14 : 6), text(kColumns[at], 27, 'actor-name', fitted(title, kBoxWidth - 16))];
  })]);

  const body = (data) => {
    const groups = [], bridgeLine = [];
    let y = 0, lastTime = '', afterStep = false, tabStopGiven = false, isDown = false, stretchBegan = 0;
    for (const row of data.rows) {
      const height = heightOf(row);
      if (row.shape === 'step' && afterStep) y -= 9;  // headings in a row, as checks are, stand close
      afterStep = row.shape === 'step';
      const group = svg('g', {class: `row ${row.shape} ${row.tone || 'plain'} k-${row.kind}`}, [box(0, y, kWidth, height, 'hit', 0)]);
      if (row.shape === 'step') group.dataset.step = row.step || 0;
      if (opensDetails(row)) {
        Object.assign(group.dataset, {first: row.first, last: row.last, y: y + height / 2});
        if (row.cause) group.dataset.cause = row.cause;
        // One row of a diagram is in the tab order; the arrow keys move on.
        group.setAttribute('tabindex', tabStopGiven ? '-1' : '0');
        tabStopGiven = true;
        group.setAttribute('role', 'button');
        group.setAttribute('aria-label', spoken(row, data.titles));
      }
      if (row.shape !== 'step' && row.shape !== 'callout') {
        const middle = y + height / 2, time = timeText(row.at || 0);
        if (time !== lastTime) group.append(text(8, middle - 1, 'time', time));
        lastTime = time;
        if (row.first) group.append(text(8, middle + 11, 'sequence', '#' + row.first + (row.last > row.first ? '–' + row.last : '')));
      }
      group.append(...draw[row.shape](row, y));
      groups.push(group);
      y += height;
      // The bridge's lifeline is whole while the bridge runs.
      if (Boolean(row.down) !== isDown) {
        const turn = y - height / 2;
        bridgeLine.push(line(kColumns[kBridge], stretchBegan, kColumns[kBridge], turn, isDown ? 'lifeline down' : 'lifeline'));
        stretchBegan = turn;
        isDown = !isDown;
      }
    }
    y += 12;
    bridgeLine.push(line(kColumns[kBridge], stretchBegan, kColumns[kBridge], y, isDown ? 'lifeline down' : 'lifeline'));
    const lifelines = kColumns.filter((x, at) => at !== kBridge).map((x) => line(x, 0, x, y, 'lifeline'));
    return svg('svg', {class: 'diagram', role: 'group', 'aria-label': 'Sequence diagram', viewBox: `0 0 ${kWidth} ${y}`, width: kWidth,
      height: y}, [...lifelines, ...bridgeLine, svg('g', {class: 'links'}), ...groups]);
  };

  // ---- cause chains: what led to a row, and what came of it

  const rowsOf = (diagram) => all('.row[data-first]', diagram);
  const rowOf = (diagram, sequence) => rowsOf(diagram).find((row) => row.dataset.first <= sequence && sequence <= row.dataset.last);
  const untrace = (diagram) => {
    if (!diagram.classList.contains('tracing')) return;
    diagram.classList.remove('tracing');
    one('.links', diagram).replaceChildren();
    for (const row of all('.lit', diagram)) row.classList.remove('lit');
  };
  const trace = (diagram, row) => {
    const rows = rowsOf(diagram);
    const bySequence = new Map(rows.flatMap((each) => {
      const first = Number(each.dataset.first), count = Number(each.dataset.last) - first + 1;
      return Array.from({length: count}, (unused, at) => [first + at, each]);
    }));
    const causeOf = (each) => each.dataset.cause && bySequence.get(Number(each.dataset.cause));
    const lit = new Set([row]), pairs = [];
    for (let at = row, cause = causeOf(at); cause && !lit.has(cause); at = cause, cause = causeOf(at)) {
      pairs.push([cause, at]);
      lit.add(cause);
    }
    // Effects stand below their causes: one pass from the row down finds them all.
    const downstream = new Set([row]);
    for (const other of rows.slice(rows.indexOf(row) + 1)) {
      const cause = causeOf(other);
      if (!cause || !downstream.has(cause)) continue;
      downstream.add(other);
      lit.add(other);
      pairs.push([cause, other]);
    }
    untrace(diagram);
    if (lit.size === 1) return;
    for (const [cause, effect] of pairs) {
      const from = Number(cause.dataset.y), to = Number(effect.dataset.y), bow = 112 - Math.min(18, 6 + (to - from) / 12);
      one('.links', diagram).append(svg('path', {d: `M112 ${from}C${bow} ${from} ${bow} ${to} 112 ${to}`}));
    }
    for (const each of lit) each.classList.add('lit');
    diagram.classList.add('tracing');
  };

  return {head, body, rowsOf, rowOf, trace, untrace};
})();
