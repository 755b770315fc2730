import type { WebContents } from 'electron';
import { Alarm } from '../../base/alarm.js';
import type { Clock, Log } from '../../base/ports.js';

/** A page that crashes more often than this within ten minutes is closed; the tray opens a new one. */
const mostReloads = 2;
const recentMs = 10 * 60_000;
/** On top of what Chromium waits before it says that a page does not answer. */
const hangsMs = 10_000;

export interface PageHealthDeps {
  /** Names it in the log. */
  readonly page: string;
  readonly contents: Pick<WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer' | 'isDevToolsOpened'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Its process is gone, and nothing that is sent to it arrives. */
  readonly onGone: () => void;
  readonly giveUp: () => void;
}

/** Replaces the process of a page that crashed, or that hangs and would never answer again. */
export class PageHealth {
  readonly #deps: PageHealthDeps;
  readonly #hang: Alarm;
  #crashes: number[] = [];

  constructor(deps: PageHealthDeps) {
    this.#deps = deps;
    this.#hang = new Alarm(deps.clock);
  }

  watch(): void {
    const { contents, log, page } = this.#deps;
    contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.error('window.crashed', { page, reason, exitCode });
      this.#replace();
    });
    contents.on('unresponsive', () => {
      log.warn('window.unresponsive', { page });
      this.#hang.set(hangsMs, () => this.#end());
    });
    contents.on('responsive', () => this.stop());
  }

  stop(): void {
    this.#hang.clear();
  }

  /** A page that stands still in a debugger hangs on purpose. Its process is gone then, which replaces it. */
  #end(): void {
    const { contents, log, page } = this.#deps;
    if (contents.isDevToolsOpened()) return;
    log.error('window.hangs', { page });
    contents.forcefullyCrashRenderer();
  }

  #replace(): void {
    const { contents, clock, onGone, giveUp } = this.#deps;
    this.stop();
    onGone();
    const now = clock.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < recentMs), now];
    if (this.#crashes.length > mostReloads) giveUp();
    else contents.reload();
  }
}
