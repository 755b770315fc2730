import type { Account } from '../../bridge/domain.js';
import { connectAccount } from './connect-account.js';
import type { ActionsParts } from './parts.js';

/** Starts the sandbox on this machine and connects to it. Its key never leaves memory: it ends with the sandbox. */
export async function startDemo(parts: ActionsParts): Promise<Account> {
  const { panelUrl, key } = await parts.demo.start();
  const wasThere = parts.book.all.some((record) => record.isDemo);
  try {
    return await connectAccount(parts, { panelUrl, key, trusted: null, keep: 'memory', isDemo: true });
  } catch (error) {
    if (!wasThere) await parts.demo.stop().catch(() => parts.log.warn('demo.stop-failed'));
    throw error;
  }
}
