import type { FleetState } from '../../../bridge/changes.js';
import type { Server } from '../../../bridge/domain.js';
import { fleetTotals } from '../../../bridge/totals.js';
import { locale, say } from '../../../words/words.js';
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
    lines.push(say('tray.figures', { cpu: Math.round(cpuPercent), memory: memory(memoryBytes) }));
  }
  return lines.join('\n').slice(0, mostCharacters);
}

function memory(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${oneDecimal(mebibytes / 1024)} GiB`;
}

function oneDecimal(value: number): string {
  return value.toLocaleString(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
}
