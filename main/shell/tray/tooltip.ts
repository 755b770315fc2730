import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { bytes, percent } from '../../../bridge/text/figures.js';
import { fleetTotals } from '../../../bridge/fleet/totals.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { activeWords, transferSummary } from '../../../bridge/transfers/transfer-summary.js';
import type { PlayersOnline } from '../../../bridge/schema/players.js';
import { playersOfSlots } from '../../../bridge/text/player-figures.js';
import { say } from '../../../messages/messages.js';
import { nameOf } from './server-entry.js';
import { totalsLine } from './totals-line.js';

interface TooltipFacts {
  readonly unseen: number;
  readonly transfers: readonly Transfer[];
  /** Server id -> players online. */
  readonly players: ReadonlyMap<string, PlayersOnline>;
  /** Ids of the pinned servers. */
  readonly pins: readonly string[];
}

/** Most servers with their players in the tooltip. */
const mostNamed = 3;

/** Windows cuts longer tooltips. */
const mostCharacters = 127;

/**
 * Tooltip: totals, events, transfers and, except on Linux, figures that change every second.
 *
 * On Linux Chromium announces a menu change with each tooltip change, which closes an open menu. So on Linux the
 * tooltip changes no more often than the menu.
 */
export function tooltip(
  state: FleetState,
  platform: NodeJS.Platform,
  { unseen, transfers, players, pins }: TooltipFacts,
  isCounted?: (server: Server) => boolean,
): string {
  const { cpuPercent, memoryBytes, counts } = fleetTotals(state, isCounted);
  const hasFigures = platform !== 'linux' && counts.running > 0;
  const lines = [say('tray.tooltip', { totals: totalsLine(state, isCounted) })];
  if (unseen > 0) lines.push(say('events.unseen', { count: unseen }));
  const transfer = transferLine(transfers, platform);
  if (transfer !== null) lines.push(transfer);
  const people = playersLine(state, players, pins);
  if (people !== '') lines.push(people);
  if (hasFigures) {
    lines.push(say('tray.figures', { cpu: percent(cpuPercent), memory: bytes(memoryBytes) }));
  }
  return lines.join('\n').slice(0, mostCharacters);
}

/** `Survival: 12 of 40 · Creative: 3`: pinned servers first, then those with most players; without empty servers. */
function playersLine(
  { servers }: FleetState,
  players: TooltipFacts['players'],
  pins: TooltipFacts['pins'],
): string {
  const isPinned = (id: string): number => Number(pins.includes(id));
  return [...players]
    .filter(([, { count }]) => count > 0)
    .sort(([id, one], [otherId, other]) => isPinned(otherId) - isPinned(id) || other.count - one.count)
    .slice(0, mostNamed)
    .flatMap(([id, one]) => {
      const server = servers.get(id);
      if (server === undefined) return [];
      return [say('tray.players', { server: nameOf(server), players: playersOfSlots(one) })];
    })
    .join(' · ');
}

/** `Downloading 2 files · 34 %`; null = none is under way. */
function transferLine(transfers: readonly Transfer[], platform: NodeJS.Platform): string | null {
  const all = transferSummary(transfers);
  const { active, share } = all;
  if (active === 0) return null;
  const summary = activeWords(all).join(' · ');
  if (share === null || platform === 'linux') return summary;
  return say('transfers.tooltip', { summary, progress: percent(share * 100) });
}
