import type { AccountRecord, SecretOf } from './ports.js';

/** The key of an account as the vault knows it: for the origin of its panel, which a path or a name does not change. */
export function panelSecret({
  id,
  keyStorage,
  awaitsKey,
  panelUrl,
}: Pick<AccountRecord, 'id' | 'keyStorage' | 'awaitsKey' | 'panelUrl'>): SecretOf {
  return { id, keyStorage, awaitsKey, goesTo: new URL(panelUrl).origin };
}
