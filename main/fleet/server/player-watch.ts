import type { Link, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import type { ArrivingLine } from '../console/console-buffer.js';
import { PlayerCount } from './player-count.js';
import { playerNews } from './player-lines.js';
import type { ServerRow } from './server-row.js';

/**
 * Counts the players of one server from its console.
 * The count is known after a start or a list of players was seen, and becomes unknown when the connection is lost.
 */
export class PlayerWatch {
  readonly #count = new PlayerCount();

  constructor(
    private readonly clock: Clock,
    private readonly row: ServerRow,
  ) {}

  link({ kind }: Link): void {
    if (kind === 'live') return;
    this.#count.lost();
    this.#show();
  }

  /** The row changes from state `from` to `state`. */
  power(from: PowerState | null, state: PowerState): void {
    if (state === from) return;
    if (state === 'starting' && this.row.isLive) this.#count.began();
    else if (state !== 'running') this.#count.lost();
    this.#show();
  }

  lines(lines: readonly ArrivingLine[]): void {
    let isNews = false;
    for (const { source, text } of lines) {
      // History lines may be older than a list or come from an earlier process.
      const news = source === 'server' ? playerNews(text) : null;
      if (news === null) continue;
      this.#count.heard(news);
      isNews = true;
    }
    if (isNews) this.#show();
  }

  #show(): void {
    const { now: count } = this.#count;
    this.row.patch({
      players: count === null ? null : { count, slots: null, source: 'console', seenAt: this.clock.now() },
    });
  }
}
