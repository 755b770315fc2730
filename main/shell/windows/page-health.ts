import type { WebContents, WebFrameMain } from 'electron';
import { Alarm } from '../../base/alarm.js';
import type { Clock, Log } from '../../base/ports.js';

/** Largest number of reloads within ten minutes. One more crash closes the window; the tray opens a new window. */
const mostReloads = 2;
const recentMs = 10 * 60_000;
/** Time in ms, after Chromium's own delay, until an unresponsive page is replaced. */
const hangsMs = 10_000;
/** Time in ms for the first picture of a page. Main then asks the page for an answer. */
const pictureMs = 15_000;

export interface PageHealthDeps {
  /** Name of the page in the log. */
  readonly page: string;
  readonly contents: Pick<WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer' | 'isDevToolsOpened'> & {
    readonly mainFrame: Pick<WebFrameMain, 'executeJavaScript'>;
  };
  readonly clock: Clock;
  readonly log: Log;
  /** Called when the page's process is gone. Messages to the page are lost. */
  readonly onGone: () => void;
  readonly giveUp: () => void;
}

/** Replaces the process of a page that crashed or hangs. */
export class PageHealth {
  readonly #hang: Alarm;
  readonly #picture: Alarm;
  #crashes: number[] = [];

  constructor(private readonly deps: PageHealthDeps) {
    this.#hang = new Alarm(deps.clock);
    this.#picture = new Alarm(deps.clock);
  }

  watch(): void {
    const { contents, log, page } = this.deps;
    contents.on('render-process-gone', (_event, { reason, exitCode }) => {
      log.error('window.crashed', { page, reason, exitCode });
      this.#replace();
    });
    contents.on('unresponsive', () => this.#hangs());
    contents.on('responsive', () => this.#hang.clear());
    this.#expectPicture();
  }

  /** The page has drawn its first picture. */
  drawn(): void {
    this.#picture.clear();
  }

  stop(): void {
    this.#hang.clear();
    this.#picture.clear();
  }

  /**
   * Chromium reports a page as unresponsive only after a press of the user. A page can hang before its first picture,
   * for example if the graphics process does not answer it (PLATFORM "Test desktop" 6).
   */
  #expectPicture(): void {
    this.#picture.set(pictureMs, () => {
      this.#hangs();
      // The promise of a destroyed page rejects. `#replace` replaces such a page.
      void this.#answered().catch(() => undefined);
    });
  }

  /** Resolves as soon as the page's process runs a script. */
  async #answered(): Promise<void> {
    await this.deps.contents.mainFrame.executeJavaScript('0');
    this.#hang.clear();
  }

  #hangs(): void {
    const { log, page } = this.deps;
    log.warn('window.unresponsive', { page });
    this.#hang.set(hangsMs, () => this.#end());
  }

  /**
   * Crashes the process of a hanging page, so that `#replace` reloads the page. A page with open developer tools is
   * left alone: the debugger may have stopped it.
   */
  #end(): void {
    const { contents, log, page } = this.deps;
    if (contents.isDevToolsOpened()) return;
    log.error('window.hangs', { page });
    contents.forcefullyCrashRenderer();
  }

  #replace(): void {
    const { contents, clock, onGone, giveUp } = this.deps;
    this.stop();
    onGone();
    const now = clock.now();
    this.#crashes = [...this.#crashes.filter((at) => now - at < recentMs), now];
    if (this.#crashes.length > mostReloads) giveUp();
    else {
      contents.reload();
      this.#expectPicture();
    }
  }
}
