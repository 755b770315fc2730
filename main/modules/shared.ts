import type { Clock, Log, Random } from '../base/ports.js';
import type { createDisk } from '../disk/create-disk.js';
import type { FleetStore } from '../fleet/store.js';

/** Dependencies of all groups of modules in this folder. */
export interface Shared {
  readonly store: FleetStore;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly disk: ReturnType<typeof createDisk>;
}
