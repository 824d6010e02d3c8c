// The list of scenarios: filter, search, keys, and the page's address, in which scenario, step and filter stand.

const Place = (() => {
  const place = {s: 0, step: 0, entry: 0, q: '', verdict: '', tag: ''};
  const read = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const name of ['s', 'step', 'entry']) place[name] = Number(said.get(name)) || 0;
    for (const name of ['q', 'verdict', 'tag']) place[name] = said.get(name) || '';
    return place;
  };
  const set = (changes) => {
    Object.assign(place, changes);
    if ('s' in changes && !('entry' in changes)) place.entry = 0;
    const hash = new URLSearchParams(Object.entries(place).filter(([, value]) => value).map(([name, value]) => [name, String(value)]));
    try {
      history.replaceState(null, '', '#' + hash);
    } catch { /* some browsers limit how often: the address then stays behind for a moment */ }
  };
  return {read, set};
})();

const List = (() => {
  const filter = one('#filter'), tag = one('#tag'), scenarios = all('.scenario');
  let verdict = '';
  let inside = null;  // numbers of the scenarios in whose journals the text was found
  const words = new Map(scenarios.map((scenario) => [scenario, (one('summary .name', scenario).textContent + ' ' +
    one('h2', scenario.parentElement).textContent).toLowerCase()]));
  // Sentences of the script come with the index, a moment later.
  scenarioIndex.then((index) => {
    scenarios.forEach((scenario) => words.set(scenario, words.get(scenario) + ' ' + index[Number(scenario.id.slice(1)) - 1].words.toLowerCase()));
    if (filter && filter.value) apply();
  }, () => {});

  const apply = () => {
    const wanted = filter.value.trim().toLowerCase();
    let shown = 0;
    for (const [scenario, text] of words) {
      const fits = (!verdict || scenario.dataset.verdict === verdict) &&
        (text.includes(wanted) || (inside !== null && inside.has(scenario.id))) &&
        (!tag || !tag.value || scenario.dataset.tags.split(' ').includes(tag.value));
      scenario.hidden = !fits;
      shown += fits;
    }
    for (const feature of all('.feature')) feature.hidden = !one('.scenario:not([hidden])', feature);
    one('#nothing').hidden = shown > 0;
    one('#shown').textContent = shown === words.size ? '' : shown + ' of ' + words.size + ' shown';
    one('#inside').hidden = !wanted || inside !== null;
    Place.set({q: filter.value.trim(), verdict, tag: tag ? tag.value : ''});
  };
  const chooseVerdict = (wanted) => {
    verdict = wanted;
    for (const chip of all('.chips button')) chip.setAttribute('aria-pressed', String(chip.dataset.verdict === wanted));
  };

  /// Looks into every journal, pack by pack, and lets the page breathe between them.
  const searchInside = async () => {
    const wanted = filter.value.trim().toLowerCase();
    if (!wanted) return;
    const index = await scenarioIndex, found = new Set();
    const holds = (value, texts) => {
      if (isReference(value)) return texts.has(Number(value.slice(1)));
      if (typeof value === 'string') return value.toLowerCase().includes(wanted);
      if (typeof value === 'number') return String(value) === wanted;
      return value !== null && typeof value === 'object' && Object.values(value).some((part) => holds(part, texts));
    };
    const packs = [...new Set(index.map((each) => each.pack))];
    for (const number of packs) {
      one('#shown').textContent = 'searching… ' + Math.round(100 * number / packs.length) + ' %';
      const pack = await packNumbered(number);
      const texts = new Set(pack.texts.flatMap((text, at) => text.toLowerCase().includes(wanted) ? [at] : []));
      index.forEach((each, at) => {
        if (each.pack === number && holds(pack.scenarios[each.at], texts)) found.add('s' + (at + 1));
      });
      await new Promise((resume) => setTimeout(resume));
      if (filter.value.trim().toLowerCase() !== wanted) return;
    }
    inside = found;
    apply();
  };

  for (const chip of all('.chips button')) {
    chip.addEventListener('click', () => { chooseVerdict(chip.dataset.verdict); apply(); });
  }
  if (filter) {
    filter.addEventListener('input', () => { inside = null; apply(); });
    filter.addEventListener('keydown', (event) => { if (event.key === 'Enter') searchInside(); });
    one('#inside').addEventListener('click', searchInside);
  }
  if (tag) tag.addEventListener('change', apply);
  for (const scenario of scenarios) {
    scenario.addEventListener('toggle', () => {
      if (scenario.open) Sheets.open(scenario); else if (Details.isOpen()) Details.close();
    });
    scenario.addEventListener('focusin', () => Sheets.makeCurrent(scenario));
  }
  for (const link of all('[data-scenario]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      reveal(one('#' + link.dataset.scenario));
    });
  }

  // A promise or a failure mode stands for its tag.
  for (const link of all('[data-tag]')) {
    link.addEventListener('click', (event) => {
      event.preventDefault();
      filter.value = '';
      inside = null;
      chooseVerdict('');
      tag.value = link.dataset.tag;
      apply();
      one('.toolbar').scrollIntoView({block: 'start'});
    });
  }

  const reveal = async (scenario, step) => {
    if (scenario.hidden) { filter.value = ''; if (tag) tag.value = ''; inside = null; chooseVerdict(''); apply(); }
    const sheet = await Sheets.open(scenario, step);
    scenario.scrollIntoView({block: 'start'});
    return sheet;
  };
  const openNext = (by) => {
    const shown = scenarios.filter((each) => !each.hidden), at = shown.findIndex((each) => each.open);
    const next = shown[at < 0 ? 0 : at + by];
    if (!next) return;
    if (at >= 0) shown[at].open = false;
    reveal(next).then(() => one('summary', next).focus({preventScroll: true}));
  };

  // ---- keys
  const help = one('#help');
  one('[data-help]').addEventListener('click', () => help.showModal());
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    const isTyping = /^(input|select|textarea)$/i.test(event.target.tagName);
    if (event.key === 'Escape') {
      if (Details.isOpen()) Details.close(); else if (isTyping) event.target.blur();
      return;
    }
    if (isTyping) return;
    // A region that scrolls keeps its arrow keys; j and k walk from everywhere.
    const scrolls = event.target.closest && event.target.closest('.scroller, #details');
    const keys = {
      j: () => Sheets.walk(1), k: () => Sheets.walk(-1),
      ArrowDown: () => !scrolls && Sheets.walk(1), ArrowUp: () => !scrolls && Sheets.walk(-1),
      ArrowRight: () => !scrolls && Sheets.walk(1), ArrowLeft: () => !scrolls && Sheets.walk(-1),
      n: () => (openNext(1), true), p: () => (openNext(-1), true),
      '/': () => (filter.focus(), true), '?': () => (help.showModal(), true),
    };
    if (keys[event.key] && keys[event.key]()) event.preventDefault();
  });

  // ---- the address
  const follow = async () => {
    const place = {...Place.read()};
    filter.value = place.q;
    if (tag) tag.value = place.tag;
    chooseVerdict(place.verdict);
    if (place.q || place.tag || place.verdict) apply();
    const scenario = place.s && one('#s' + place.s);
    if (!scenario) return false;
    const sheet = await reveal(scenario, place.step ? place.step - 1 : undefined);
    if (place.entry && sheet) Details.open(sheet, place.entry);
    return true;
  };
  addEventListener('hashchange', follow);
  // What the page opens by itself, unless its address says otherwise.
  const opened = scenarios.find((scenario) => scenario.open);
  if (opened && Place.read().s) opened.open = false;
  follow().then((isDone) => { if (!isDone && opened) Sheets.open(opened); });
})();
