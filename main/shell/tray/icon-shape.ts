/** Shape of the tray icon: the idle bird, or another shape if a state needs attention. Pure. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import type { Server } from '../../../bridge/schema/domain.js';
import { fleetTotals, type WorstState } from '../../../bridge/fleet/totals.js';

/** Drawn in `build/icons/drawings.mjs`. */
export type IconShape = 'idle' | 'busy' | 'unknown' | 'crashed';

const shapes: Record<WorstState, IconShape> = {
  crashed: 'crashed',
  unknown: 'unknown',
  busy: 'busy',
  running: 'idle',
  offline: 'idle',
};

export function iconShape(state: FleetState, isCounted: (server: Server) => boolean): IconShape {
  return shapes[fleetTotals(state, isCounted).worst];
}
