import type { App } from 'electron';
import { ownImage, type StartedFrom } from '../../base/app-image.js';
import type { Clock, Log } from '../../base/ports.js';

/** More than this within a minute is a fault that repeats itself, and nothing in Perch can be relied on any more. */
const mostAMinute = 20;
const minuteMs = 60_000;
/** One that comes back so soon after a start would only come back again. */
const soonMs = 10 * minuteMs;

export interface FaultsDeps {
  readonly clock: Clock;
  readonly log: Log;
  /** Starts Perch anew. */
  readonly restart: () => void;
  /** Tells the person, and ends. */
  readonly giveUp: () => void;
}

/**
 * Errors of main that nobody caught. One of them ends what it happened in (a timer, a socket's message, a click), and
 * the rest goes on: the lists are read anew every minute, and a restart would take what is typed in the windows with
 * it. Many of them are another matter: then Perch starts anew, or, where that was tried, ends and says so.
 */
export class Faults {
  readonly #deps: FaultsDeps;
  readonly #startedAt: number;
  #recent: number[] = [];
  #isOver = false;

  constructor(deps: FaultsDeps) {
    this.#deps = deps;
    this.#startedAt = deps.clock.now();
  }

  listen(target: Pick<NodeJS.Process, 'on'>): void {
    target.on('uncaughtException', (error) => this.#heard('app.uncaught', error));
    target.on('unhandledRejection', (reason) => this.#heard('app.unhandled', reason));
  }

  #heard(event: string, error: unknown): void {
    if (this.#isOver) return;
    const { clock, log, restart, giveUp } = this.#deps;
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

/** Ends in order and starts again. */
export function startAnew(app: Pick<App, 'relaunch' | 'quit'>, from: StartedFrom): void {
  const image = ownImage(from);
  app.relaunch(image === null ? {} : { execPath: image });
  app.quit();
}
