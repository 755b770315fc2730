import { consoleCost } from '../../bridge/console/console-cost.js';
import type { RemoteLine } from '../../bridge/schema/remote.js';
import type { Call } from './call.js';

/** What a client may leave unread, by `consoleCost`. Behind that lines are left out for it, so that nobody else waits. */
const mostUnread = 1_000_000;
/** As little as this, and it is told again. */
const fewEnough = 100_000;

/** Tells one client what is added to a console, as far as it reads. */
export class Follower {
  readonly #call: Pick<Call<'logs'>, 'event'>;
  #unread = 0;
  #isBehind = false;
  /** Lines that it has not been told. */
  #skipped = 0;
  #isReset = false;

  constructor(call: Pick<Call<'logs'>, 'event'>) {
    this.#call = call;
  }

  /** `isReset` = the lines of a new start. */
  tell(lines: RemoteLine[], isReset: boolean): void {
    this.#isReset ||= isReset;
    if (this.#isBehind) this.#skipped += lines.length;
    else this.#send(lines);
  }

  #send(lines: RemoteLine[]): void {
    const cost = consoleCost(lines);
    const skipped = this.#skipped === 0 ? {} : { skipped: this.#skipped };
    const reset = this.#isReset ? { reset: true } : {};
    this.#skipped = 0;
    this.#isReset = false;
    this.#unread += cost;
    this.#isBehind = this.#unread > mostUnread;
    this.#call.event({ lines, ...skipped, ...reset }, () => this.#read(cost));
  }

  #read(cost: number): void {
    this.#unread -= cost;
    if (!this.#isBehind || this.#unread > fewEnough) return;
    this.#isBehind = false;
    if (this.#skipped > 0) this.#send([]);
  }
}
