import type { PlayersOnline, Reach } from '../../../bridge/schema/players.js';
import type { Clock } from '../../base/ports.js';
import type { ServerRow } from './server-row.js';

/**
 * Which number of players the row of one server shows: an answer of the game or the panel, or the count of the console.
 *
 * An answer is better than the console, whose lines plugins change. The console is quicker. So a count of the console
 * that is newer than the answer is shown if both agreed at the time of the answer. A count above zero is also shown in
 * place of an answer of zero, because nobody may take a server with players for an empty one.
 *
 * A console that disagreed with the last answer is not shown alone either when the game becomes silent: the number is
 * unknown then.
 */
export class PlayerFigure {
  /** `at` = when the console last changed or confirmed the count. */
  #console: { readonly count: number; readonly at: number } | null = null;
  #answer: PlayersOnline | null = null;
  /** Whether console and answer agreed at the time of the last answer of this process; null = never compared. */
  #agrees: boolean | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly row: ServerRow,
  ) {}

  /** The console reports this count; null = unknown. */
  console(count: number | null): void {
    this.#counted(count);
    this.row.patch({ players: this.#shown });
  }

  /** The game or the panel answered; null = the last answer is out of date. `reach` as the row shows it. */
  answered(answer: PlayersOnline | null, reach: Reach | null): void {
    const isRunning = this.row.now?.power === 'running';
    this.#answer = isRunning ? answer : null;
    if (this.#answer !== null && this.#console !== null)
      this.#agrees = this.#console.count === this.#answer.count;
    this.row.patch({ players: this.#shown, reach: isRunning ? reach : null });
  }

  /**
   * The server does not run, or a new process has begun, so an earlier answer says nothing. `count` = of the console
   * from now on.
   */
  ended(count: number | null): void {
    this.#answer = null;
    this.#agrees = null;
    this.#counted(count);
    this.row.patch({ players: this.#shown, reach: null });
  }

  #counted(count: number | null): void {
    this.#console = count === null ? null : { count, at: this.clock.now() };
  }

  get #shown(): PlayersOnline | null {
    const counted = this.#console;
    const answer = this.#answer;
    if (counted === null) return answer;
    const { count, at: seenAt } = counted;
    const ofConsole: PlayersOnline = { count, slots: answer?.slots ?? null, source: 'console', seenAt };
    if (answer === null) return this.#agrees === false ? null : ofConsole;
    if (answer.count === 0 && count > 0) return ofConsole;
    return seenAt > answer.seenAt && this.#agrees === true ? ofConsole : answer;
  }
}
