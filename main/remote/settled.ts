import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';

export interface SettledDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
}

/** A panel that does not answer must not keep those waiting who ask for servers of another. */
const listedWithinMs = 10_000;
/** What a server's state takes behind that: the first poll, or a connection to its node. */
const seenWithinMs = 4_000;

/**
 * Waits until there is something to tell: a Perch that was just started has not asked its panels yet. `seen` = also
 * for the first state of each server.
 */
export async function settled(deps: SettledDeps, { seen }: { seen: boolean }): Promise<void> {
  await until(deps, isListed, listedWithinMs);
  if (seen) await until(deps, isSeen, seenWithinMs);
}

function isListed({ accounts }: FleetState): boolean {
  return [...accounts.values()].every(({ state }) => state.kind !== 'loading');
}

function isSeen({ servers, accounts }: FleetState): boolean {
  return [...servers.values()].every(
    ({ power, condition, problem, link, accountId }) =>
      power !== null ||
      condition !== 'normal' ||
      problem !== null ||
      link.kind === 'refused' ||
      accounts.get(accountId)?.state.kind === 'failed',
  );
}

async function until(
  { store, clock }: SettledDeps,
  isSo: (state: FleetState) => boolean,
  withinMs: number,
): Promise<void> {
  if (isSo(store.state)) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      unlisten();
      cancel();
      resolve();
    };
    const unlisten = store.listen(({ next }) => {
      if (isSo(next)) end();
    });
    const cancel = clock.after(withinMs, end);
  });
}
