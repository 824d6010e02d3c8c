// Wrong bridges: each defect is this bridge with one fault between it and a vendor. The suite must convict every one of them.

const kDefects = {
  none: () => {},

  'drops-a-reply': ({ opencx }) => {
    opencx.sendAsAgent = async () => 'never sent';
  },

  'sends-a-reply-twice': ({ opencx }) => {
    const send = opencx.sendAsAgent.bind(opencx);
    opencx.sendAsAgent = async (...words) => {
      await send(...words);
      return send(...words);
    };
  },

  // Into the conversation in which the customer spoke first.
  'answers-in-the-wrong-thread': ({ opencx }) => {
    const read = opencx.session.bind(opencx);
    const first = new Map();
    opencx.session = async (id) => {
      const session = await read(id);
      const known = first.get(session.contact?.id);
      if (!known || session.created_at < known.created_at) first.set(session.contact?.id, session);
      return session;
    };
    const send = opencx.sendAsAgent.bind(opencx);
    opencx.sendAsAgent = async (id, words) => send(first.get((await read(id)).contact?.id)?.id ?? id, words);
  },

  'leaves-the-ai-in-charge': ({ opencx }) => {
    const send = opencx.sendAsAgent.bind(opencx);
    opencx.sendAsAgent = (id, words) => send(id, { ...words, isTakeover: false });
  },

  'doubles-a-comment': ({ salesforce }) => {
    const createAll = salesforce.createAll.bind(salesforce);
    salesforce.createAll = async (object, rows) => {
      await createAll(object, rows);
      await createAll(object, rows);
    };
  },

  'loses-what-she-says-later': ({ salesforce }) => {
    const create = salesforce.create.bind(salesforce);
    salesforce.create = async (object, fields) => (object === 'EmailMessage' ? 'never made' : create(object, fields));
  },

  // It takes every Case for closed.
  'opens-a-case-each-time': ({ salesforce }) => {
    const query = salesforce.query.bind(salesforce);
    salesforce.query = async (soql, how) => {
      if (soql.includes('IsClosed = false')) return [];
      const rows = await query(soql, how);
      return soql.includes('MasterRecordId FROM Case') ? rows.map((row) => ({ ...row, IsClosed: true })) : rows;
    };
  },

  'garbles-files': ({ opencx }) => {
    const fetch = opencx.fileContent.bind(opencx);
    opencx.fileContent = async (url) => Buffer.from((await fetch(url)).toString('latin1').replace(/[\x80-\xff]/g, '?'));
  },
};

export function withDefect(name, vendors) {
  const plant = kDefects[name || 'none'];
  if (!plant) throw new Error(`unknown defect ${name}; there are ${Object.keys(kDefects).join(', ')}`);
  plant(vendors);
  return vendors;
}
