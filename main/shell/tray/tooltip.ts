import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { bytes, percent } from '../../../bridge/text/figures.js';
import { fleetTotals } from '../../../bridge/fleet/totals.js';
import { say } from '../../../messages/messages.js';
import { totalsLine } from './menu-model.js';

/** Windows cuts a tooltip here. */
const mostCharacters = 127;

/**
 * The totals, and the figures that the menu must not have. Not on Linux: Chromium announces a change of the menu with
 * each change of the tooltip, which closes an open menu, so there it may change no more often than the menu.
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
