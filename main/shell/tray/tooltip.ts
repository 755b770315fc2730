import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { bytes, percent } from '../../../bridge/text/figures.js';
import { fleetTotals } from '../../../bridge/fleet/totals.js';
import type { Transfer } from '../../../bridge/schema/transfers.js';
import { activeWords, transferSummary } from '../../../bridge/transfers/transfer-summary.js';
import { say } from '../../../messages/messages.js';
import { totalsLine } from './totals-line.js';

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
  { unseen, transfers }: { unseen: number; transfers: readonly Transfer[] },
  isCounted?: (server: Server) => boolean,
): string {
  const { cpuPercent, memoryBytes, counts } = fleetTotals(state, isCounted);
  const hasFigures = platform !== 'linux' && counts.running > 0;
  const lines = [say('tray.tooltip', { totals: totalsLine(state, isCounted) })];
  if (unseen > 0) lines.push(say('events.unseen', { count: unseen }));
  const transfer = transferLine(transfers, platform);
  if (transfer !== null) lines.push(transfer);
  if (hasFigures) {
    lines.push(say('tray.figures', { cpu: percent(cpuPercent), memory: bytes(memoryBytes) }));
  }
  return lines.join('\n').slice(0, mostCharacters);
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
