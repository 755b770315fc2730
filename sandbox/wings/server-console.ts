import { asLive, decode, echoOf, LineSplitter } from './console-text.js';
import { DAEMON_TEXT, daemonLine } from './daemon-lines.js';
import { FloodGate } from './flood-gate.js';
import { History } from './history.js';
import type { WingsTuning } from './tuning.js';

/** Who listens to a console. */
export interface ConsoleListener {
  /** A line for everybody who watches. */
  publish(line: string): void;
  /** A line of the process, also one that is discarded as flood. */
  saw(line: string): void;
}

/** The terminal of one server: what its process says, what is typed, what the daemon says. */
export class ServerConsole {
  readonly #appName: string;
  readonly #listener: ConsoleListener;
  readonly #history: History;
  readonly #flood: FloodGate;
  #lines: LineSplitter;

  constructor(appName: string, tuning: WingsTuning, now: () => number, listener: ConsoleListener) {
    this.#appName = appName;
    this.#listener = listener;
    this.#history = new History(tuning.historyLines);
    this.#flood = new FloodGate(tuning.floodLines, tuning.floodPeriodMs, now);
    this.#lines = this.#splitter();
  }

  /** A new process begins: history starts anew. */
  begin(): void {
    this.#history.clear();
    this.#lines = this.#splitter();
  }

  output(bytes: Buffer): void {
    this.#lines.feed(bytes);
  }

  /** What the terminal shows of a typed line, mixed into what the process has not finished yet. */
  echo(line: string): void {
    this.#lines.feed(Buffer.from(`${echoOf(line)}\n`, 'utf8'));
  }

  end(): void {
    this.#lines.end();
  }

  /** Daemon lines are neither throttled nor part of history. */
  daemon(text: string): void {
    this.#listener.publish(daemonLine(this.#appName, text));
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
    if (verdict === 'pass') this.#listener.publish(asLive(text));
    if (verdict === 'notice') this.daemon(DAEMON_TEXT.throttling);
    this.#listener.saw(text);
  }
}
