import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const REGION_BYTES = 96 * 1024;
const MOST_REGIONS = 24;

/** Files of a game in its working folder: a world that grows with every save, up to a few MB. */
export class World {
  readonly #folder: string;
  #regions = 0;

  constructor(folder: string) {
    this.#folder = join(folder, 'world');
  }

  save(): void {
    mkdirSync(this.#folder, { recursive: true });
    this.#regions = Math.min(this.#regions + 2, MOST_REGIONS);
    for (let index = Math.max(0, this.#regions - 2); index < this.#regions; index++) {
      writeFileSync(join(this.#folder, `region.${index}.dat`), Buffer.alloc(REGION_BYTES, index + 1));
    }
    writeFileSync(join(this.#folder, 'level.json'), JSON.stringify({ regions: this.#regions }));
  }
}
