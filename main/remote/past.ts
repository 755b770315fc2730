import type { RemoteInput, RemoteOutput } from '../../bridge/schema/remote.js';
import type { HistoryRange } from '../../bridge/schema/history.js';
import type { Actions } from '../actions/actions.js';
import type { Past } from '../base/past.js';
import { wallAhead } from '../base/wall-ahead.js';
import { settledServer } from './named-servers.js';
import type { SettledDeps } from './settled.js';
import { shownServer } from './shown-server.js';
import { withoutSecrets } from './without-secrets.js';

export interface PastDeps extends SettledDeps {
  readonly past: Past;
  readonly actions: Pick<Actions, 'startup.read'>;
}

const hour = 3_600_000;
const lengths: Record<HistoryRange, number> = {
  '5m': hour / 12,
  '1h': hour,
  '24h': 24 * hour,
  '7d': 7 * 24 * hour,
  '30d': 30 * 24 * hour,
};

/** Usage and states of a server over a range. Times are wall-clock times. */
export async function history(
  deps: PastDeps,
  { name, range }: RemoteInput<'history'>,
): Promise<RemoteOutput<'history'>> {
  const { past, clock } = deps;
  const server = await settledServer(deps, name);
  const now = clock.now();
  const ahead = wallAhead(clock);
  const wallOf = (at: number): number => Math.round(at + ahead);
  const [usage, states] = await Promise.all([
    past.usage(server.id, range),
    past.states(server.id, now - lengths[range], now),
  ]);
  return {
    server: shownServer(server, deps),
    usage: usage.map(({ at, cpuPercent, memoryBytes, diskBytes }) => ({
      at: wallOf(at),
      cpuPercent,
      memoryBytes,
      diskBytes,
    })),
    states: states.map(({ from, to, state }) => ({ from: wallOf(from), to: wallOf(to), state })),
  };
}

/** Startup configuration of a server without secrets, read from the panel now. */
export async function startup(
  deps: PastDeps,
  { name }: RemoteInput<'startup'>,
): Promise<RemoteOutput<'startup'>> {
  const server = await settledServer(deps, name);
  const read = await deps.actions['startup.read']({ serverId: server.id });
  return { ...withoutSecrets(read), server: shownServer(server, deps) };
}
