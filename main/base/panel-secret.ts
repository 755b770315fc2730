import type { AccountRecord, SecretOf } from './ports.js';

/** The vault's description of an account's key. The key is bound to the origin of its panel, without path or label. */
export function panelSecret({
  id,
  keyStorage,
  awaitsKey,
  panelUrl,
}: Pick<AccountRecord, 'id' | 'keyStorage' | 'awaitsKey' | 'panelUrl'>): SecretOf {
  return { id, keyStorage, awaitsKey, goesTo: new URL(panelUrl).origin };
}
