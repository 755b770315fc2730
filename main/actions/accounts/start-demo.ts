import type { Account } from '../../../bridge/schema/domain.js';
import { connectAccount } from './connect-account.js';
import type { ActionsDeps } from '../deps.js';

/**
 * Starts the sandbox on this computer and connects to it. Its key stays in memory, because it ends with the sandbox.
 */
export async function startDemo(deps: ActionsDeps): Promise<Account> {
  const { panelUrl, key } = await deps.demo.start();
  const wasThere = deps.book.all.some((record) => record.isDemo);
  try {
    return await connectAccount(deps, { panelUrl, key, trusted: null, keep: 'memory', isDemo: true });
  } catch (error) {
    if (!wasThere) await deps.demo.stop().catch(() => deps.log.warn('demo.stop-failed'));
    throw error;
  }
}
