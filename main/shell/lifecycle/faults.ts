import type { App } from 'electron';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import type { Clock, Log } from '../../base/ports.js';

/** Errors per minute above which Perch restarts: the fault repeats itself, and Perch's state is no longer reliable. */
const mostAMinute = 20;
const minuteMs = 60_000;
/** Time in ms after the start in which another restart would not help. */
const soonMs = 10 * minuteMs;

export interface FaultsDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Restarts Perch. */
  readonly restart: () => void;
  /** Shows an error to the user, and ends Perch. */
  readonly giveUp: () => void;
}

/**
 * Counts uncaught errors of main.
 *
 * One error ends only its own operation (a timer, a socket message, a click). Perch continues, because it reads the
 * lists again every minute, and a restart would lose typed text. Too many errors restart Perch; if they follow soon
 * after a start, Perch shows an error and ends.
 */
export class Faults {
  readonly #startedAt: number;
  #recent: number[] = [];
  #isOver = false;

  constructor(private readonly deps: FaultsDeps) {
    this.#startedAt = deps.clock.now();
  }

  listen(target: Pick<NodeJS.Process, 'on'>): void {
    target.on('uncaughtException', (error) => this.#heard('app.uncaught', error));
    target.on('unhandledRejection', (reason) => this.#heard('app.unhandled', reason));
  }

  #heard(event: string, error: unknown): void {
    if (this.#isOver) return;
    const { clock, log, restart, giveUp } = this.deps;
    const now = clock.now();
    log.error(event, { message: error instanceof Error ? error.stack : String(error) });
    this.#recent = [...this.#recent.filter((at) => now - at < minuteMs), now];
    if (this.#recent.length <= mostAMinute) return;
    this.#isOver = true;
    const isAgain = now - this.#startedAt < soonMs;
    log.error('app.faulty', { again: isAgain });
    if (isAgain) giveUp();
    else restart();
  }
}

/** Stops Perch in order and starts it again. */
export function startAgain(app: Pick<App, 'relaunch' | 'quit'>, from: StartedFrom): void {
  const image = ownImage(from);
  app.relaunch(image === null ? {} : { execPath: image });
  app.quit();
}
