import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { bytes, percent } from '../../../bridge/text/figures.js';
import { fleetTotals } from '../../../bridge/fleet/totals.js';
import { say } from '../../../messages/messages.js';
import { totalsLine } from './totals-line.js';

/** Windows cuts longer tooltips. */
const mostCharacters = 127;

/**
 * Tooltip: totals, events and, except on Linux, usage figures.
 *
 * On Linux Chromium announces a menu change with each tooltip change, which closes an open menu. So on Linux the
 * tooltip changes no more often than the menu.
 */
export function tooltip(
  state: FleetState,
  platform: NodeJS.Platform,
  unseen: number,
  isCounted?: (server: Server) => boolean,
): string {
  const { cpuPercent, memoryBytes, counts } = fleetTotals(state, isCounted);
  const hasFigures = platform !== 'linux' && counts.running > 0;
  const lines = [say('tray.tooltip', { totals: totalsLine(state, isCounted) })];
  if (unseen > 0) lines.push(say('events.unseen', { count: unseen }));
  if (hasFigures) {
    lines.push(say('tray.figures', { cpu: percent(cpuPercent), memory: bytes(memoryBytes) }));
  }
  return lines.join('\n').slice(0, mostCharacters);
}
