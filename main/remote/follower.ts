import { consoleCost } from '../../bridge/console/console-cost.js';
import type { RemoteLine } from '../../bridge/schema/remote-entities.js';
import type { Call } from './call.js';

/**
 * Unread text of a client, by `consoleCost`, above which lines are skipped for it. A slow client delays nobody else.
 */
const mostUnread = 1_000_000;
/** Unread text, by `consoleCost`, below which the client gets lines again. */
const fewEnough = 100_000;

/**
 * Sends new console lines to one client, as fast as the client reads. The returned function takes lines; `isReset` =
 * the server has started again, and these are its first lines.
 */
export function createFollower({ event }: Pick<Call<'logs'>, 'event'>) {
  let unread = 0;
  let isBehind = false;
  /** Number of lines that were skipped for the client. */
  let skipped = 0;
  let isReset = false;

  function send(lines: RemoteLine[]): void {
    const cost = consoleCost(lines);
    const update = { lines, ...(skipped === 0 ? {} : { skipped }), ...(isReset ? { reset: true } : {}) };
    skipped = 0;
    isReset = false;
    unread += cost;
    isBehind = unread > mostUnread;
    event(update, () => {
      unread -= cost;
      if (!isBehind || unread > fewEnough) return;
      isBehind = false;
      if (skipped > 0) send([]);
    });
  }

  return (lines: RemoteLine[], isNewStart: boolean): void => {
    isReset ||= isNewStart;
    if (isBehind) skipped += lines.length;
    else send(lines);
  };
}
