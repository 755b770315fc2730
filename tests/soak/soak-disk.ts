import type { KnownServer } from '../../bridge/schema/known-server.js';
import type { LastKnown } from '../../main/base/ports.js';
import { memorySchema } from '../../bridge/schema/memory.js';
import { HeldFields } from '../support/held-fields.js';
import { RememberedEvents } from '../support/remembered-events.js';

/** Data that a run of Perch leaves for the next run. */
export class SoakDisk implements LastKnown {
  readonly events = new RememberedEvents();
  readonly memory = new HeldFields(memorySchema.parse({}));
  /** True after Perch was killed: no further write follows. */
  isCut = false;
  #known: readonly KnownServer[] = [];

  get known(): readonly KnownServer[] {
    return this.#known;
  }

  load(): Promise<readonly KnownServer[]> {
    return Promise.resolve(this.#known);
  }

  save(known: readonly KnownServer[]): Promise<void> {
    if (!this.isCut) this.#known = known;
    return Promise.resolve();
  }
}
