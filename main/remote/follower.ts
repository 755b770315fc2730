import { consoleCost } from '../../bridge/console/console-cost.js';
import type { RemoteLine } from '../../bridge/schema/remote.js';
import type { Call } from './call.js';

/**
 * Unread text of a client, by `consoleCost`, above which lines are skipped for it. A slow client delays nobody else.
 */
const mostUnread = 1_000_000;
/** Unread text, by `consoleCost`, below which the client gets lines again. */
const fewEnough = 100_000;

/** Sends new console lines to one client, as fast as the client reads. */
export class Follower {
  readonly #call: Pick<Call<'logs'>, 'event'>;
  #unread = 0;
  #isBehind = false;
  /** Number of lines that were skipped for the client. */
  #skipped = 0;
  #isReset = false;

  constructor(call: Pick<Call<'logs'>, 'event'>) {
    this.#call = call;
  }

  /** `isReset` = the server has started again, and these are its first lines. */
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
