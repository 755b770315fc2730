import type { Link, PowerState } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import type { PlayerSighting } from '../../base/player-sighting.js';
import type { ArrivingLine } from '../console/console-buffer.js';
import { PlayerCount } from './player-count.js';
import { PlayerFigure } from './player-figure.js';
import { playerNews, type PlayerNews } from './player-lines.js';
import type { ServerRow } from './server-row.js';

/** Limit of remembered names by id: no real game has more. */
const mostNames = 2000;

/**
 * Counts the players of one server from its console.
 * The count is known after a start or a list of players was seen, and becomes unknown when the connection is lost.
 */
export class PlayerWatch {
  readonly #count = new PlayerCount();
  /** Names by id, for games whose lines of leaving have no name. */
  #nameOf: Map<string, string> | null = null;

  readonly figure: PlayerFigure;

  constructor(
    clock: Clock,
    private readonly row: ServerRow,
    /** Hears the players by name. */
    private readonly told: (sighting: PlayerSighting) => void,
  ) {
    this.figure = new PlayerFigure(clock, row);
  }

  link({ kind }: Link): void {
    if (kind === 'live') return;
    this.told({ kind: 'lost' });
    this.#nameOf = null;
    this.#count.lost();
    this.#show();
  }

  /** The row changes from state `from` to `state`. */
  power(from: PowerState | null, state: PowerState): void {
    if (state === from) return;
    if (state !== 'running') {
      this.told({ kind: 'ended' });
      this.#nameOf = null;
    }
    if (state === 'starting' && this.row.isLive) this.#count.began();
    else if (state !== 'running') this.#count.lost();
    // If only a poll failed and the state is known again, no process has ended.
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
      this.#tell(news);
      isNews = true;
    }
    if (isNews) this.#show();
  }

  #tell(news: PlayerNews): void {
    const altered = news.isAltered === true ? ({ isAltered: true } as const) : {};
    if (news.kind === 'online') {
      const { names, count } = news;
      return this.told({ kind: 'listed', names, isWhole: names.length >= count, ...altered });
    }
    const { who, name } = news;
    const kind = news.kind === 'joined' ? 'joined' : 'left';
    // A line of leaving may have only the id.
    if (kind === 'joined' && name !== null && name !== who) this.#remember(who, name);
    const known = kind === 'joined' ? name : (name ?? this.#nameOf?.get(who) ?? null);
    if (kind === 'left') this.#nameOf?.delete(who);
    this.told({ kind, name: known, ...(known === who ? {} : { id: who }), ...altered });
  }

  #remember(id: string, name: string): void {
    const names = (this.#nameOf ??= new Map<string, string>());
    names.set(id, name);
    const [oldest] = names.keys();
    if (names.size > mostNames && oldest !== undefined) names.delete(oldest);
  }

  #show(): void {
    this.figure.console(this.#count.now);
  }
}
