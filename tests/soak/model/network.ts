import type { SoakTime } from '../soak-time.js';

/** The computer's way to the world. */
export class SoakNetwork {
  /** A cable that is out is told by the system; a way that is dead somewhere behind it is not. */
  state: 'up' | 'unplugged' | 'dead' = 'up';
  readonly #time: SoakTime;
  readonly #mended = new Set<() => void>();

  constructor(time: SoakTime) {
    this.#time = time;
  }

  get isUp(): boolean {
    return this.state === 'up' && !this.#time.isAsleep;
  }

  /** What the system says. */
  get isOnline(): boolean {
    return this.state !== 'unplugged';
  }

  /** Called each time that the way may be whole again; returns the function that ends that. */
  onMended(run: () => void): () => void {
    this.#mended.add(run);
    return () => void this.#mended.delete(run);
  }

  mended(): void {
    for (const run of [...this.#mended]) run();
  }
}
