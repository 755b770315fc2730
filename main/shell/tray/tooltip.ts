import type { FleetState } from '../../../bridge/changes.js';
import { fleetTotals } from '../../../bridge/totals.js';
import { totalsLine } from './menu-model.js';

/** Windows cuts a tooltip here. */
const mostCharacters = 127;

/**
 * The totals, and the figures that the menu must not have. Not on Linux: Chromium announces a change of the menu with
 * each change of the tooltip, which closes an open menu, so there it may change no more often than the menu.
 */
export function tooltip(state: FleetState, platform: NodeJS.Platform): string {
  const { cpuPercent, memoryBytes, counts } = fleetTotals(state);
  const hasFigures = platform !== 'linux' && counts.running > 0;
  const figures = hasFigures ? `\nCPU ${Math.round(cpuPercent)} % · ${memory(memoryBytes)} of memory` : '';
  return `Perch: ${totalsLine(state)}${figures}`.slice(0, mostCharacters);
}

function memory(bytes: number): string {
  const mebibytes = bytes / 1024 ** 2;
  return mebibytes < 1024 ? `${Math.round(mebibytes)} MiB` : `${(mebibytes / 1024).toFixed(1)} GiB`;
}
