/** Console lines of one server on their way to the listener: which are history, which were shown already. */
import type { PowerState } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { cutText } from './cut-text.js';
import { comparable, withoutRepeats, type Arrived } from './history.js';

/** Wings sends at most 65,536 bytes in one event (PROTOCOL 4.12); a longer text is not from it. */
const longestText = 65_536;
/** A stopped or silent server answers `send logs` with nothing at all. */
const firstLineMs = 2000;
const quietMs = 150;
/** For a server that never stops printing: history ends here at the latest. */
const longestMs = 1500;
const mostLines = 2000;
const mostCharacters = 2_000_000;
const rememberedLines = 200;

export class ConsoleIntake {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  readonly #emit: (lines: Arrived[]) => void;
  /** Comparable lines of the process, oldest first. */
  #shown: string[] = [];
  /** Set while history may be arriving. */
  #held: Arrived[] | null = null;
  #heldSince = 0;
  #heldCharacters = 0;

  constructor(clock: Clock, emit: (lines: Arrived[]) => void) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock);
    this.#emit = emit;
  }

  /** History was asked for: what comes now is held back until it is known what of it is new. */
  expectHistory(): void {
    this.release();
    this.#held = [];
    this.#heldCharacters = 0;
    this.#wait(firstLineMs);
  }

  add(source: 'server' | 'daemon' | 'install', text: string): void {
    const line: Arrived = { at: this.#clock.now(), source, text: cutText(text, longestText) };
    if (this.#held === null) {
      this.#remember(line);
      this.#emit([line]);
      return;
    }
    if (this.#held.length === 0) this.#heldSince = line.at;
    this.#held.push(source === 'server' ? { ...line, source: 'history' } : line);
    this.#heldCharacters += line.text.length;
    const isFull = this.#held.length >= mostLines || this.#heldCharacters >= mostCharacters;
    const left = this.#heldSince + longestMs - line.at;
    if (isFull || left <= 0) this.release();
    else this.#wait(Math.min(quietMs, left));
  }

  /** `previous` = null for the first state of a connection. */
  power(previous: PowerState | null, state: PowerState): void {
    const isNewStart = state === 'starting' && previous !== null;
    if (state === 'offline' || isNewStart) this.release();
    // History holds the lines of one process only; those of the one before cannot come again.
    if (isNewStart) this.#shown = [];
  }

  /** Hands over what is held back. */
  release(): void {
    const held = this.#held;
    this.#close();
    if (held === null || held.length === 0) return;
    const lines = withoutRepeats(held, this.#shown);
    for (const line of lines) this.#remember(line);
    if (lines.length > 0) this.#emit(lines);
  }

  /** Forgets everything, held lines included. */
  clear(): void {
    this.#close();
    this.#shown = [];
  }

  #close(): void {
    this.#alarm.clear();
    this.#held = null;
  }

  #wait(ms: number): void {
    this.#alarm.set(ms, () => this.release());
  }

  #remember(line: Arrived): void {
    if (line.source === 'daemon' || line.source === 'install' || line.text === '') return;
    this.#shown.push(comparable(line.text));
    if (this.#shown.length > rememberedLines * 2) this.#shown = this.#shown.slice(-rememberedLines);
  }
}
