import type { Link, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import type { ArrivingLine } from '../console/console-buffer.js';
import { PlayerCount } from './player-count.js';
import { PlayerFigure } from './player-figure.js';
import { playerNews } from './player-lines.js';
import type { ServerRow } from './server-row.js';

/**
 * Counts the players of one server from its console.
 * The count is known after a start or a list of players was seen, and becomes unknown when the connection is lost.
 */
export class PlayerWatch {
  readonly #count = new PlayerCount();

  readonly figure: PlayerFigure;

  constructor(
    clock: Clock,
    private readonly row: ServerRow,
  ) {
    this.figure = new PlayerFigure(clock, row);
  }

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
    // A state that is known again after a failed poll is no end of a process.
    if (from === null && state === 'running') this.#show();
    else this.figure.ended(this.#count.now);
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
    this.figure.console(this.#count.now);
  }
}
