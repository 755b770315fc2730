import { Ends } from '../base/ends.js';
import { Observable } from '../base/observable.js';
import { countAttention, type AttentionCountDeps } from './attention-count.js';
import { countUnseen } from './unseen-count.js';

/** The two counts of the tray: events that the user has not seen, and servers that need attention. */
export class Counts {
  readonly unseen = new Observable(0);
  readonly attention = new Observable<ReadonlySet<string>>(new Set());
  readonly #ends = new Ends();

  start(deps: Omit<AttentionCountDeps, 'ids'>): void {
    this.#ends.add(
      countUnseen({ ...deps, count: this.unseen }),
      countAttention({ ...deps, ids: this.attention }),
    );
  }

  stop(): void {
    this.#ends.end();
  }
}
