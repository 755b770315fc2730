/** The one notice above a server's tabs: of all that could be said the thing that explains the rest. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { FixIt } from '../../../bridge/schema/fix-its.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PowerFailure } from '../../state/fleet/power-control.svelte.js';

export type ServerNotice =
  /** A signal of the person's failed just now; they put the sentence away. */
  | { readonly kind: 'failure'; readonly problem: Problem }
  /** What keeps the server from running, and what helps. */
  | { readonly kind: 'fix'; readonly fixIt: FixIt }
  /** The last question about the server failed. */
  | { readonly kind: 'server'; readonly problem: Problem }
  /** Its panel does not answer. */
  | { readonly kind: 'panel'; readonly problem: Problem };

interface Known {
  readonly failure: PowerFailure | null;
  readonly fixIt: FixIt | null;
  readonly problem: Server['problem'];
  readonly account: Pick<Account, 'state'> | undefined;
}

export function serverNotice({ failure, fixIt, problem, account }: Known): ServerNotice | null {
  if (failure !== null) return { kind: 'failure', problem: failure.problem };
  if (fixIt !== null) return { kind: 'fix', fixIt };
  if (problem !== null) return { kind: 'server', problem };
  return account?.state.kind === 'failed' ? { kind: 'panel', problem: account.state.problem } : null;
}
