// What this bridge is told: its world by the environment (docs/testing-your-bridge.md, "Environment"), its manners by options.

/// Ways of writing on a Case that the vendor's page leaves open. The first value of each is what this bridge does unasked.
const kManners = {
  transcript: ['one', 'each'], // what was said before: in one comment, or a comment for each message
  summary: ['description', 'comment-too'],
  'later-mail': ['email', 'comment'], // as an incoming EmailMessage, or as a comment
  customer: ['contact', 'supplied', 'both'], // whom the Case is with: ContactId, SuppliedEmail, or both
  closing: ['close', 'leave'], // what becomes of the conversation when its Case is closed
  link: ['below', 'none'], // the address of the conversation below the summary
  comments: ['internal', 'public'], // whether a customer portal would show them
  agent: ['rep', 'desk'], // under whose name an answer stands in the Inbox
  news: ['webhooks', 'sweep'], // whether webhooks are acted upon, or only a sweep every few minutes
};

const kVariables = {
  listen: 'CASEWIRE_LISTEN',
  stateDir: 'CASEWIRE_STATE_DIR',
  loginUrl: 'SALESFORCE_LOGIN_URL',
  clientId: 'SALESFORCE_CLIENT_ID',
  clientSecret: 'SALESFORCE_CLIENT_SECRET',
  refreshToken: 'SALESFORCE_REFRESH_TOKEN',
  opencxUrl: 'OPENCX_URL',
  opencxKey: 'OPENCX_API_KEY',
  opencxSecret: 'OPENCX_WEBHOOK_SECRET',
  salesforceSecret: 'SALESFORCE_WEBHOOK_SECRET',
};

/// Throws with every mistake at once.
export function readSettings(words, environment) {
  const settings = { manners: {}, control: '', defect: '' };
  const mistakes = [];
  for (const [name, values] of Object.entries(kManners)) settings.manners[name] = values[0];
  for (let i = 0; i < words.length; i += 2) {
    const [option, value = ''] = [words[i], words[i + 1]];
    if (option === '--control') settings.control = value;
    else if (option === '--defect') settings.defect = value;
    else if (option === '--manner') {
      const [name, manner] = value.split('=');
      if (kManners[name]?.includes(manner)) settings.manners[name] = manner;
      else mistakes.push(`unknown manner ${value}; there are ${describeManners()}`);
    } else mistakes.push(`unknown option ${option}`);
  }
  for (const [name, variable] of Object.entries(kVariables)) {
    settings[name] = environment[variable] ?? '';
    if (settings[name] === '') mistakes.push(`${variable} is not set`);
  }
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return settings;
}

function describeManners() {
  return Object.entries(kManners)
    .map(([name, values]) => `${name}=${values.join('|')}`)
    .join(', ');
}
