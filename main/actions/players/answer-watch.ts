/** Waits for the console's answer to one command about players. */
import type { HandlerOutput } from '../../../bridge/schema/contract.js';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import type { Link } from '../../../bridge/schema/domain.js';
import type { Game } from '../../../bridge/panel/games.js';
import { shownAnswer } from '../../../bridge/players/verb-answer.js';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';
import type { Consoles } from '../../fleet/api.js';

type Answer = HandlerOutput<'players.act'>;

/** Longest wait for the console to open; then the command is sent, and its answer may be missed. */
const openMs = 4000;
/** Longest wait for the answer. A game answers within a tick; a node and a slow network add their time. */
const answerMs = 5000;

export interface Asked {
  readonly serverId: string;
  readonly game: Game | null;
  /** The answer in a line of the console; null = none. */
  readonly read: (line: string) => Answer['outcome'] | null;
}

export class AnswerWatch {
  readonly #unwatch: () => void;
  readonly #alarm: Alarm;
  #isLive = false;
  /** True from the sending on: earlier lines belong to other commands. */
  #isSent = false;
  #answer: Answer | null = null;
  /** Ends the wait that is under way. */
  #wake: () => void = () => undefined;

  constructor(
    { clock, consoles }: { readonly clock: Clock; readonly consoles: Pick<Consoles, 'watch'> },
    private readonly asked: Asked,
  ) {
    this.#alarm = new Alarm(clock);
    this.#unwatch = consoles.watch(asked.serverId, {
      snapshot: (_lines, link) => this.#linked(link),
      lines: (lines) => this.#heard(lines),
      link: (link) => this.#linked(link),
      reset: () => undefined,
    });
  }

  /** Resolves when the console can hear the answer, or after the longest wait. Send the command directly after. */
  async ready(): Promise<void> {
    if (!this.#isLive) await this.#wait(openMs);
    this.#isSent = true;
  }

  async next(): Promise<Answer> {
    if (this.#answer === null) await this.#wait(answerMs);
    return this.#answer ?? { outcome: 'no-answer', line: null };
  }

  stop(): void {
    this.#alarm.clear();
    this.#unwatch();
  }

  #linked({ kind }: Link): void {
    this.#isLive = kind === 'live';
    if (this.#isLive && !this.#isSent) this.#wake();
  }

  #heard(lines: readonly ConsoleLine[]): void {
    if (!this.#isSent || this.#answer !== null) return;
    for (const { source, text } of lines) {
      // Replayed lines may answer an earlier command.
      if (source !== 'server') continue;
      for (const line of text.split('\n')) {
        const outcome = this.asked.read(line);
        if (outcome === null) continue;
        this.#answer = { outcome, line: shownAnswer(line, this.asked.game) };
        return this.#wake();
      }
    }
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#alarm.clear();
        resolve();
      };
      this.#alarm.set(ms, resolve);
    });
  }
}
