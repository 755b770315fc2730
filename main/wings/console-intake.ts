/** Sorts the console lines of one server into history, live lines and repeats before they reach the listener. */
import type { PowerState } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { cutText } from './cut-text.js';
import { comparable, withoutRepeats, type Arrived } from './history.js';

/** Wings sends at most 65,536 bytes in one event (PROTOCOL 4.12). Longer text is cut. */
const longestText = 65_536;
/** Ms to wait for the first line. A stopped or silent server sends no answer to `send logs`. */
const firstLineMs = 2000;
const quietMs = 150;
/** Longest time (ms) to hold lines back, for a server that prints continuously. */
const longestMs = 1500;
const mostLines = 2000;
const mostCharacters = 2_000_000;
const rememberedLines = 200;

export class ConsoleIntake {
  readonly #alarm: Alarm;
  /** Shown lines of the process in comparable form, oldest first. */
  #shown: string[] = [];
  /** Lines held back while history may be arriving; null otherwise. */
  #held: Arrived[] | null = null;
  #heldSince = 0;
  #heldCharacters = 0;

  constructor(
    private readonly clock: Clock,
    private readonly emit: (lines: Arrived[]) => void,
  ) {
    this.#alarm = new Alarm(clock);
  }

  /** History was requested: holds lines back until repeats can be removed. */
  expectHistory(): void {
    this.release();
    this.#held = [];
    this.#heldCharacters = 0;
    this.#wait(firstLineMs);
  }

  add(source: 'server' | 'daemon' | 'install', text: string): void {
    const line: Arrived = { at: this.clock.now(), source, text: cutText(text, longestText) };
    if (this.#held === null) {
      this.#remember(line);
      this.emit([line]);
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

  /** `previous` is null for the first state of a connection. */
  power(previous: PowerState | null, state: PowerState): void {
    const isNewStart = state === 'starting' && previous !== null;
    if (state === 'offline' || isNewStart) this.release();
    // History holds lines of the current process only, so older lines can't repeat.
    if (isNewStart) this.#shown = [];
  }

  /** Passes held lines on, without repeats. */
  release(): void {
    const held = this.#held;
    this.#close();
    if (held === null || held.length === 0) return;
    const lines = withoutRepeats(held, this.#shown);
    for (const line of lines) this.#remember(line);
    if (lines.length > 0) this.emit(lines);
  }

  /** Drops held and remembered lines. */
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
