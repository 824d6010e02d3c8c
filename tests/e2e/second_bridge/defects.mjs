// Wrong bridges: each defect is this bridge with one fault between it and a vendor. The suite must convict every one of them.

const kDefects = {
  none: (vendors) => vendors,

  'drop-reply': ({ opencx, salesforce }) => {
    opencx.sendAsAgent = async () => 'never sent';
    return { opencx, salesforce };
  },
};

export function withDefect(name, vendors) {
  const defect = kDefects[name || 'none'];
  if (!defect) throw new Error(`unknown defect ${name}; there are ${Object.keys(kDefects).join(', ')}`);
  return defect(vendors);
}
