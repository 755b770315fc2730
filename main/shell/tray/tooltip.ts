import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { bytes, percent } from '../../../bridge/text/figures.js';
import { fleetTotals } from '../../../bridge/fleet/totals.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { transferSummary } from '../../../bridge/transfers/transfer-summary.js';
import { say } from '../../../messages/messages.js';
import { totalsLine } from './totals-line.js';

/** Windows cuts longer tooltips. */
const mostCharacters = 127;

/**
 * Tooltip: totals, events, downloads and, except on Linux, figures that change every second.
 *
 * On Linux Chromium announces a menu change with each tooltip change, which closes an open menu. So on Linux the
 * tooltip changes no more often than the menu.
 */
export function tooltip(
  state: FleetState,
  platform: NodeJS.Platform,
  { unseen, transfers }: { unseen: number; transfers: readonly Transfer[] },
  isCounted?: (server: Server) => boolean,
): string {
  const { cpuPercent, memoryBytes, counts } = fleetTotals(state, isCounted);
  const hasFigures = platform !== 'linux' && counts.running > 0;
  const lines = [say('tray.tooltip', { totals: totalsLine(state, isCounted) })];
  if (unseen > 0) lines.push(say('events.unseen', { count: unseen }));
  const download = downloadLine(transfers, platform);
  if (download !== null) lines.push(download);
  if (hasFigures) {
    lines.push(say('tray.figures', { cpu: percent(cpuPercent), memory: bytes(memoryBytes) }));
  }
  return lines.join('\n').slice(0, mostCharacters);
}

/** `Downloading 2 files · 34 %`; null = none is under way. */
function downloadLine(transfers: readonly Transfer[], platform: NodeJS.Platform): string | null {
  const { active, share } = transferSummary(transfers);
  if (active === 0) return null;
  const summary = say('transfers.running-count', { count: active });
  if (share === null || platform === 'linux') return summary;
  return say('transfers.tooltip', { summary, progress: percent(share * 100) });
}
