// Three windows onto the world as it stood at a step: the customer's mailbox as her mail program threads it, the conversation in the
// Inbox, and the Case. What the step changed is tinted; what its check wanted and did not find stands there as a dashed ghost.

const Windows = (() => {
  /// Everything that had happened by `to`; what is later than `from` is new.
  const spanOf = (data, step) => {
    const upTo = (last) => data.steps.slice(0, last + 1).reduce((end, each) => Math.max(end, each.last || 0), 0);
    return step >= data.steps.length ? {from: upTo(step - 1), to: data.journal || 0} : {from: upTo(step - 1), to: upTo(step)};
  };
  const tinted = (element, isNew) => {
    if (!isNew) return element;
    element.classList.add('new');
    element.prepend(make('span', 'New: ', 'spoken'));
    return element;
  };
  const entryButton = (entry, show) => button('#' + entry, 'Show journal entry ' + entry, () => show(entry), 'link');
  const fileChips = (files) => (files || []).map(Files.element);

  /// Her mail program folds what a mail quotes.
  const mailText = (text) => {
    const lines = (text || '').split('\n');
    let begin = lines.findIndex((line) => /^\s*>/.test(line));
    if (begin > 0 && /:\s*$/.test(lines[begin - 1])) --begin;  // "On Monday Dana wrote:"
    const own = make('div', (begin < 0 ? lines : lines.slice(0, begin)).join('\n').trim(), 'words');
    if (begin < 0) return [own];
    return [own, make('details', [make('summary', '…'), make('div', lines.slice(begin).join('\n').trim(), 'words')], 'quoted')];
  };
  const ghost = (text) => make('div', [make('b', 'Wanted, and not there: '), text], 'ghost');

  /// Where a replay departed from its recording: what was recorded beside what was made.
  const sides = (step) => make('div', [['Recorded', step.recorded], ['Made', step.made]].map(([title, text]) =>
    make('section', [make('h3', title), make('pre', text.split('\n').map((line) =>
      line.startsWith('> ') ? make('mark', line.slice(2) + '\n') : line.replace(/^ {2}/, '') + '\n'))], 'side-of')), 'sides');

  const mailElement = (mail, span, show) => {
    const head = make('header', [make('b', mail.writer || mail.from), make('span', mail.sent ? 'to ' + (mail.to || []).join(', ') : 'from ' + mail.from),
      make('time', timeText(mail.at || 0)), entryButton(mail.entry, show)]);
    return tinted(make('article', [head, ...mailText(mail.text), ...fileChips(mail.files),
      mail.verdict ? make('p', mail.verdict, 'refused') : null], 'mail ' + (mail.sent ? 'sent' : 'received')), mail.entry > span.from);
  };
  const mailboxElements = (mailbox, span, show) => {
    const threads = new Map();
    for (const mail of mailbox.mails) {
      if (mail.entry <= span.to) threads.set(mail.thread, [...(threads.get(mail.thread) || []), mail]);
    }
    if (!threads.size) return [make('p', 'No mail yet.', 'empty')];
    // The thread with the newest mail on top, as she would see it.
    return [...threads.values()].sort((a, b) => b.at(-1).entry - a.at(-1).entry).map((mails) =>
      make('section', [make('h4', [mails[0].subject || '(no subject)', make('small', counted(mails.length, 'mail'))]),
        ...mails.map((mail) => mailElement(mail, span, show))], 'thread'));
  };

  const kOwners = {ai: 'the AI has it', human: 'a person has it', none: 'waits for a person'};
  const kSpeakers = {ai: 'AI', contact: 'Customer', human_agent: 'Person'};
  const eventElement = (event, span, show) => {
    const who = event.name || kSpeakers[event.sender] || '';
    const isBubble = Boolean(event.sender && event.text !== undefined || event.type === 'message');
    const element = isBubble ?
      make('div', [make('header', [make('b', who), make('span', event.type === 'message' ? '' : event.type.replace(/_/g, ' ')),
        make('time', timeText(event.at || 0)), entryButton(event.entry, show)]), make('div', event.text || '', 'words'),
      ...fileChips(event.files)], 'bubble-line by-' + (event.sender || 'nobody')) :
      make('div', [make('span', event.type.replace(/_/g, ' ') + (who ? ' by ' + who : '') + (event.text ? ': ' + event.text : '')),
        make('time', timeText(event.at || 0)), entryButton(event.entry, show)], 'happening');
    element.classList.add('owner-' + (event.owner || 'none'));
    return tinted(element, event.entry > span.from);
  };
  const sessionElement = (session, span, show) => {
    const events = session.events.filter((event) => event.entry <= span.to);
    if (!events.length) return null;
    const owner = events.map((event) => event.owner).filter(Boolean).at(-1) || 'none';
    return make('section', [make('h4', [(session.contact || 'Conversation') + (session.ticket ? ' #' + session.ticket : ''),
      make('span', kOwners[owner] || owner, 'owner owner-' + owner)]), ...events.map((event) => eventElement(event, span, show))], 'session');
  };

  // ---- the Case
  const kHead = ['Status', 'OwnerId', 'Priority', 'Origin', 'Case_From__c'];
  const kLabels = {OwnerId: 'Owner', Case_From__c: 'From', ContactId: 'Contact', AccountId: 'Account', ParentId: 'Parent'};
  const valueText = (value, names) => value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) :
    names[value] ? names[value] : String(value);
  const folded = (one, span) => {
    const fields = {}, changed = new Set(), items = new Map();
    let gone = false;
    for (const change of one.changes) {
      if (change.entry > span.to) continue;
      const isNew = change.entry > span.from;
      if (change.object === 'Case') {
        if (change.id !== one.id) continue;
        gone = change.change === 'delete';
        for (const [name, value] of Object.entries(change.fields || {})) {
          if (isNew && JSON.stringify(fields[name]) !== JSON.stringify(value)) changed.add(name);
          fields[name] = value;
        }
        continue;
      }
      const known = items.get(change.id) || {first: change, fields: {}};
      items.set(change.id, {...known, fields: {...known.fields, ...change.fields}, gone: change.change === 'delete',
        isNew: known.isNew || isNew, entry: change.entry});
    }
    return {fields, changed, gone, items: [...items.values()]};
  };
  const itemElement = (item, data, show) => {
    const {object, by, at} = item.first, fields = item.fields, names = data.world.names || {};
    const head = (what) => make('header', [make('b', by || 'nobody named'), make('span', what), make('time', timeText(at || 0)),
      entryButton(item.entry, show)]);
    const plain = (html) => new DOMParser().parseFromString(html || '', 'text/html').body.textContent;
    const make3 = (kind, what, text) => make('article', [head(what), make('div', text || '', 'words')], 'item ' + kind);
    if (object === 'CaseComment') return make3('comment', fields.IsPublished ? 'public comment' : 'internal comment', fields.CommentBody);
    if (object === 'EmailMessage') {
      const element = make3('mail', (fields.Incoming ? 'mail from ' + (fields.FromAddress || '') : 'mail to ' + (fields.ToAddress || '')),
        fields.TextBody || plain(fields.HtmlBody));
      if (fields.Subject) one('.words', element).before(make('div', fields.Subject, 'subject'));
      return element;
    }
    if (object === 'ContentDocumentLink') {
      const file = (data.world.files || {})[fields.ContentDocumentId] || {name: names[fields.ContentDocumentId] || fields.ContentDocumentId};
      return make('article', [head('file'), Files.element(file)], 'item file-item');
    }
    if (object === 'FeedItem' || object === 'FeedComment') {
      const forWhom = {AllUsers: 'public post', InternalUsers: 'internal post'}[fields.Visibility] ?? 'post';
      return make3('post', forWhom, plain(fields.Body || fields.CommentBody));
    }
    return make3('record', object, fields.Subject || '');
  };
  const caseElement = (one, data, span, show) => {
    const {fields, changed, gone, items} = folded(one, span);
    if (!Object.keys(fields).length) return null;
    const names = data.world.names || {};
    const fact = (name) => {
      if (fields[name] === undefined || fields[name] === null || fields[name] === '') return null;
      const element = make('div', [make('dt', kLabels[name] || name), make('dd', valueText(fields[name], names))]);
      return tinted(element, changed.has(name));
    };
    const rest = Object.keys(fields).filter((name) => !kHead.includes(name) && !['CaseNumber', 'Subject', 'Description'].includes(name)).sort();
    const changedRest = rest.filter((name) => changed.has(name));
    const facts = (list, css) => make('dl', list.map(fact), css);
    const title = make('h4', [(fields.CaseNumber || one.id) + (one.name ? ' · case ' + one.name : ''),
      make('span', gone ? 'deleted' : fields.IsClosed ? 'closed' : 'open', 'owner ' + (gone || fields.IsClosed ? 'closed' : 'open'))]);
    const quiet = rest.filter((name) => !changed.has(name));
    return make('section', [title, tinted(make('p', fields.Subject || '(no subject)', 'subject'), changed.has('Subject')),
      facts(kHead, 'facts-row'), fields.Description ? tinted(make('div', fields.Description, 'words description'), changed.has('Description')) : null,
      changedRest.length ? facts(changedRest, 'facts-row') : null,
      quiet.length ? make('details', [make('summary', counted(quiet.length, changedRest.length ? 'further field' : 'more field')), facts(quiet, 'facts-row')], 'more') : null,
      ...items.map((item) => {
        const element = tinted(itemElement(item, data, show), item.isNew);
        if (item.gone) element.classList.add('gone');
        return element;
      })], 'case');
  };

  const kTitles = {mailbox: 'Mailbox', conversation: 'Inbox', case: 'Salesforce'};
  const ghostOf = (data, at) => {
    const step = data.steps[at >= data.steps.length ? data.steps.findIndex((each) => !['passed', 'unreached'].includes(each.verdict)) : at];
    return step && step.expected && !['passed', 'unreached'].includes(step.verdict) ? step : null;
  };

  /// Puts the windows as of `step` into `place`; `show` opens a journal entry. Returns how many things the step changed.
  const render = (place, data, step, show) => {
    const span = spanOf(data, step), world = data.world || {}, missing = ghostOf(data, step);
    const parts = {mailbox: [], conversation: [], case: []};
    for (const mailbox of world.mailboxes || []) {
      if (world.mailboxes.length > 1 && !mailbox.mails.some((mail) => mail.entry <= span.to) && !(missing && missing.subject === mailbox.owner)) continue;
      const section = make('section', [make('h4', [mailbox.owner, make('small', mailbox.address)], 'whose'), ...mailboxElements(mailbox, span, show)], 'mailbox');
      section.dataset.of = mailbox.owner;
      parts.mailbox.push(section);
    }
    for (const session of world.sessions || []) {
      const element = sessionElement(session, span, show);
      if (element) element.dataset.of = session.contact;
      parts.conversation.push(element);
    }
    for (const one of world.cases || []) {
      const element = caseElement(one, data, span, show);
      if (element) element.dataset.of = one.name;
      parts.case.push(element);
    }
    const windows = Object.entries(kTitles).map(([kind, title]) => {
      const found = parts[kind].filter(Boolean);
      const scroller = make('div', found.length ? found : [make('p', {mailbox: 'Nobody has a mailbox yet.', conversation: 'No conversation yet.', case: 'No Case yet.'}[kind], 'empty')], 'scroller');
      scroller.tabIndex = 0;
      scroller.setAttribute('role', 'region');
      scroller.setAttribute('aria-label', title + ' as it stood here');
      if (missing && missing.window === kind) (found.find((element) => element.dataset.of === missing.subject) || scroller).append(ghost(missing.expected));
      const changes = all('.new', scroller).length;
      return make('section', [make('h3', [title, changes ? make('small', counted(changes, 'change'), 'changes') : null]), scroller], 'window ' + kind);
    });
    place.replaceChildren(...windows);
    if (missing && missing.recorded) place.append(sides(missing));
    else if (missing && !kTitles[missing.window]) place.append(ghost(missing.expected));
    for (const window of windows) {
      const news = one('.ghost', window) || one('.new', window), scroller = one('.scroller', window);
      // Within its own window only: the page stays where it is.
      if (news) scroller.scrollTop += news.getBoundingClientRect().top - scroller.getBoundingClientRect().top - 40;
      else scroller.scrollTop = kTitlesFromTheEnd.has(window.classList[1]) ? scroller.scrollHeight : 0;
    }
    return all('.new', place).length;
  };
  const kTitlesFromTheEnd = new Set(['conversation']);
  return {render, spanOf};
})();
