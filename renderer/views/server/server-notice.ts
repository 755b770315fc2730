/** Chooses the one notice above a server's tabs: the notice that explains the others. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { FixIt } from '../../../bridge/schema/fix-its.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PowerFailure } from '../../state/fleet/power-control.svelte.js';

export type ServerNotice =
  /** A power signal of the user just failed; the user dismisses the notice. */
  | { readonly kind: 'failure'; readonly problem: Problem }
  /** Known cause that keeps the server from running, with its fix. */
  | { readonly kind: 'fix'; readonly fixIt: FixIt }
  /** The last request about the server failed. */
  | { readonly kind: 'server'; readonly problem: Problem }
  /** The panel does not answer. */
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
