import { toProblem } from '../../bridge/errors.js';
import { refreshState } from '../actions/servers/refresh-first.js';
import type { KnownServers } from '../rules/known-servers.js';
import type { FleetModules } from './fleet-modules.js';
import type { Shared } from './shared.js';

interface RefreshDeps extends Pick<Shared, 'clock' | 'log' | 'store'>, Pick<FleetModules, 'fleet'> {
  readonly known: Pick<KnownServers, 'doubtMs'>;
}

/** Longest read of a server's state, in ms. After it Perch keeps the last known state. */
const refreshMs = 20_000;

/** Resolves when the state of the servers is current, or can't be read soon. Never rejects. */
export async function refreshServers(
  { clock, log, store, fleet, known }: RefreshDeps,
  serverIds: readonly string[],
): Promise<void> {
  // After a sleep a dead connection looks live, and Perch would not ask the panel.
  const { doubtMs } = known;
  if (doubtMs > 0) await new Promise<void>((resolve) => void clock.after(doubtMs, resolve));
  const late = new Promise<void>((resolve) => void clock.after(refreshMs, resolve));
  const look = (id: string): Promise<void> =>
    refreshState({ store, fleet }, id).catch((error: unknown) => {
      log.info('rules.not-fresh', { server: id, code: toProblem(error).code });
    });
  await Promise.race([Promise.all(serverIds.map(look)), late]);
}
