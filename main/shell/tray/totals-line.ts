import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { fleetTotals } from '../../../bridge/fleet/totals.js';
import { locale, say } from '../../../messages/messages.js';

/** States in the totals line, with the words of the popover. */
export const counted = ['running', 'crashed', 'busy', 'offline', 'unreachable', 'unknown', 'unread'] as const;

/** Totals such as `12 running · 1 crashed · 3 offline`. Servers with `isCounted` = false do not count. */
export function totalsLine(state: FleetState, isCounted?: (server: Server) => boolean): string {
  if (state.accounts.size === 0) return say('tray.no-panel');
  const { counts, servers } = fleetTotals(state, isCounted);
  if (servers > 0) {
    const parts = counted.filter((each) => counts[each] > 0 || each === 'running');
    return parts.map((each) => countOf(each, counts[each])).join(' · ');
  }
  const loading = [...state.accounts.values()].some((account) => account.state.kind === 'loading');
  return say(loading ? 'tray.asking' : 'tray.no-servers');
}

/** A state's number of servers, such as `12 running`. */
export function countOf(state: (typeof counted)[number], count: number): string {
  return say(`fleet.count-${state}`, { count, figure: count.toLocaleString(locale()) });
}
