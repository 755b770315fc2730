import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Clock } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';

export interface SettledDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
}

/** Longest wait for the server lists, in ms. A dead panel must not block commands for servers of other panels. */
const listedWithinMs = 10_000;
/** Longest further wait for the first state of each server, in ms: a poll, or a connection to the node. */
const seenWithinMs = 4_000;

/**
 * Waits until the server lists are loaded, because a fresh Perch has not asked its panels yet.
 *
 * `seen` = wait for the first state of each server as well. Both waits have a time limit.
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
