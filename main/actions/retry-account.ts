import type { ActionsDeps } from './deps.js';

/** Reads the key again, after the keyring was unlocked say, and asks the panel again. Rejects while it still fails. */
export async function retryAccount({ fleet }: Pick<ActionsDeps, 'fleet'>, accountId: string): Promise<void> {
  await fleet.retryAccount(accountId);
}
