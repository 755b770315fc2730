import type { PlayersOnline, Reach } from '../../../bridge/schema/players.js';
import type { Clock } from '../../base/ports.js';
import type { ServerRow } from './server-row.js';

/**
 * The number of players in the row of one server: an answer of the game to this computer, the number of a plugin of the
 * panel, or the count of the console (PLAYERS "Which number is shown").
 *
 * An answer is better than the console, whose lines plugins change, and the panel's number is such an answer that is less
 * fresh. The console is quicker. So the row shows a newer count of the console if both agreed at the time of the answer.
 * The row also shows a count above zero instead of an answer of zero, because no server with players may look empty.
 *
 * Once the game has answered, the console counts alone only if both last agreed on a number above zero. Plugins may
 * hide all players from a console, so its zero means "unknown" once the game is silent.
 */
export class PlayerFigure {
  /** `at` = when the console last changed or confirmed the count. */
  #console: { readonly count: number; readonly at: number } | null = null;
  /** Answers of the game to this computer, and of a plugin of the panel. */
  #ofGame: PlayersOnline | null = null;
  #ofPanel: PlayersOnline | null = null;
  /** The answer that was compared with the console last. */
  #compared: PlayersOnline | null = null;
  /** Whether console and game last agreed on a number above zero; null = the game has not answered this process. */
  #agrees: boolean | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly row: ServerRow,
  ) {}

  /** The console reports this count; null = unknown. */
  console(count: number | null): void {
    this.#counted(count);
    const isSame = count !== null && count > 0 && count === this.#answer?.count;
    if (isSame) this.#agrees = true;
    this.row.patch({ players: this.#shown });
  }

  /** The game answered this computer; null = the last answer is out of date. `reach` as the row shows it. */
  answered(answer: PlayersOnline | null, reach: Reach | null): void {
    const isRunning = this.row.now?.power === 'running';
    this.#ofGame = isRunning ? answer : null;
    this.#compare();
    this.row.patch({ players: this.#shown, reach: isRunning ? reach : null });
  }

  /** The panel told a number, which counts while the game gives this computer none; null = out of date. */
  told(answer: PlayersOnline | null): void {
    this.#ofPanel = this.row.now?.power === 'running' ? answer : null;
    this.#compare();
    this.row.patch({ players: this.#shown });
  }

  /**
   * The server does not run, or a new process has begun, so earlier answers no longer count. `count` = the console's
   * count from now on.
   */
  ended(count: number | null): void {
    this.#ofGame = null;
    this.#ofPanel = null;
    this.#compared = null;
    this.#agrees = null;
    this.#counted(count);
    this.row.patch({ players: this.#shown, reach: null });
  }

  #compare(): void {
    const answer = this.#answer;
    // The console may have counted on since an answer that was compared before.
    if (answer === null || isSame(answer, this.#compared)) return;
    this.#compared = answer;
    const { count } = answer;
    const counted = this.#console?.count ?? count;
    const wasSame = this.#agrees === true;
    this.#agrees = counted === count && (wasSame || (this.#console !== null && count > 0));
  }

  get #answer(): PlayersOnline | null {
    return this.#ofGame ?? this.#ofPanel;
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

function isSame(one: PlayersOnline, other: PlayersOnline | null): boolean {
  return one.seenAt === other?.seenAt && one.source === other.source && one.count === other.count;
}
