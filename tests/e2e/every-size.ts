/** Checks one view for layout faults at every window size and screen scale. */
import type { CDPSession, Page } from '@playwright/test';
import { layoutFaults } from './pseudo-walk.js';
import { tooWide } from './too-wide.js';

/** CSS pixels; the first is the minimum size of the main window. */
const windowSizes = [
  [720, 440],
  [900, 600],
  [1280, 800],
  [2560, 1440],
] as const;
const scales = [1, 1.25, 2];
/** CSS pixels of the smallest window at a zoom of 200 %, where only the width is checked: each view scrolls. */
const zoomed = [360, 220, 2] as const;
/** A view has room to spare in the widest window, and without a GPU 5120 x 2880 pixels take long to draw. */
const scalesOf = (width: number): readonly number[] => (width > 2000 ? [1] : scales);
/**
 * Time in ms. Figures and states change during a check, so only a fault that persists this long counts, and in this many
 * looks: on a busy machine one look may take a second.
 */
const patienceMs = 1200;
const fewestLooks = 6;

export class EverySize {
  readonly #page: Page;
  readonly #session: CDPSession;
  /** Layout faults with their places. */
  readonly faults: string[] = [];

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async of(page: Page): Promise<EverySize> {
    return new EverySize(page, await page.context().newCDPSession(page));
  }

  /**
   * Collects faults without stopping, so that one run reports all. `apart` = selector of excluded parts; `again`
   * reopens layers that a resize closes. Restores the window's size.
   */
  async look(view: string, apart: string, again?: () => Promise<void>): Promise<void> {
    for (const [width, height] of windowSizes) {
      for (const scale of scalesOf(width)) {
        await this.set(width, height, scale);
        await again?.();
        await this.#look(`${view} at ${width} x ${height}, ${scale}`, () =>
          layoutFaults(this.#page, { apart }),
        );
      }
    }
    await this.set(...zoomed);
    await again?.();
    await this.#look(`${view} at a zoom of 200 %`, () => tooWide(this.#page));
    await this.reset();
  }

  /** Checks a window of fixed size. */
  async lookAsItIs(view: string, apart: string): Promise<void> {
    const [width, height] = await this.#page.evaluate(() => [innerWidth, innerHeight] as const);
    for (const scale of scales) {
      await this.set(width, height, scale);
      await this.#look(`${view} at ${scale}`, () => layoutFaults(this.#page, { apart }));
    }
    await this.reset();
  }

  async set(width: number, height: number, scale: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: scale, mobile: false };
    await this.#session.send('Emulation.setDeviceMetricsOverride', metrics);
    await this.#page.evaluate(async (wanted) => {
      const frame = (): Promise<number> => new Promise(requestAnimationFrame);
      const isThere = (): boolean =>
        innerWidth === wanted.width &&
        innerHeight === wanted.height &&
        devicePixelRatio === wanted.deviceScaleFactor;
      while (!isThere()) await frame();
      // Elements that measure themselves do so in the first frame; the result is drawn in the next.
      for (let frames = 0; frames < 3; frames += 1) await frame();
    }, metrics);
  }

  async reset(): Promise<void> {
    await this.#session.send('Emulation.clearDeviceMetricsOverride');
  }

  async #look(what: string, faultsNow: () => Promise<string[]>): Promise<void> {
    let found: string[] = [];
    const deadline = Date.now() + patienceMs;
    for (let looks = 0; looks < fewestLooks || Date.now() < deadline; looks++) {
      found = await faultsNow();
      if (found.length === 0) return;
      await this.#page.waitForTimeout(100);
    }
    this.faults.push(...found.map((fault) => `${what}: ${fault}`));
  }
}
