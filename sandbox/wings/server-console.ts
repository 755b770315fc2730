import { asLive, decode, echoOf, LineSplitter } from './console-text.js';
import { DAEMON_TEXT, daemonLine } from './daemon-lines.js';
import { FloodGate } from './flood-gate.js';
import { History } from './history.js';
import type { WingsTuning } from './tuning.js';

/** Listener of a console. */
export interface ConsoleListener {
  /** A line for all clients. */
  publish(line: string): void;
  /** A line of the process, even if it is discarded as flood. */
  saw(line: string): void;
}

/** Console of one server: output of the process, typed lines, and daemon lines. */
export class ServerConsole {
  readonly #history: History;
  readonly #flood: FloodGate;
  #lines: LineSplitter;

  constructor(
    private readonly appName: string,
    tuning: WingsTuning,
    now: () => number,
    private readonly listener: ConsoleListener,
  ) {
    this.#history = new History(tuning.historyLines);
    this.#flood = new FloodGate(tuning.floodLines, tuning.floodPeriodMs, now);
    this.#lines = this.#splitter();
  }

  /** Starts a new history for a new process. */
  begin(): void {
    this.#history.clear();
    this.#lines = this.#splitter();
  }

  output(bytes: Buffer): void {
    this.#lines.feed(bytes);
  }

  /** Echo of a typed line, mixed into an unfinished line of the process. */
  echo(line: string): void {
    this.#lines.feed(Buffer.from(`${echoOf(line)}\n`, 'utf8'));
  }

  end(): void {
    this.#lines.end();
  }

  /** Daemon lines are neither throttled nor part of history. */
  daemon(text: string): void {
    this.listener.publish(daemonLine(this.appName, text));
  }

  replay(): string[] {
    return this.#history.replay();
  }

  #splitter(): LineSplitter {
    return new LineSplitter({
      line: (bytes) => this.#history.add(bytes === null ? null : decode(bytes)),
      piece: (bytes) => this.#live(decode(bytes)),
    });
  }

  #live(text: string): void {
    const verdict = text === '' ? 'discard' : this.#flood.judge();
    if (verdict === 'pass') this.listener.publish(asLive(text));
    if (verdict === 'notice') this.daemon(DAEMON_TEXT.throttling);
    this.listener.saw(text);
  }
}
