/** Checks a view for people with low vision, their own colours, reduced motion, or no mouse. */
import type { Page } from '@playwright/test';
import { layerOver, seriousProblems } from './axe.js';
import { unreadable } from './forced.js';
import { motions } from './motion.js';
import { expect } from './perch.js';
import { tabFaults } from './tab-walk.js';

/** Settings of a page between the checks. */
export const defaultMedia = { colorScheme: 'light', forcedColors: 'none', reducedMotion: 'reduce' } as const;

/** Checks one view after another and collects all faults, so that one run reports them all. */
export class AccessibilityChecks {
  readonly page: Page;
  readonly found: string[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** `tab: false` for views that Tab closes, such as menus. A modal layer is checked alone. */
  async check(name: string, { tab = true } = {}): Promise<void> {
    const { page } = this;
    const note = (what: string, faults: readonly string[]): void => {
      this.found.push(...faults.map((fault) => `${name}, ${what}: ${fault}`));
    };
    await page.emulateMedia(defaultMedia);
    const over = await layerOver(page);
    const within = over === undefined ? {} : { within: over };
    note('axe', await seriousProblems(page, within));
    note('motion', await motions(page));
    // Other axe rules do not depend on colours.
    for (const media of [{ colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
      await page.emulateMedia({ ...defaultMedia, ...media });
      // The terminal and the charts read their colours again.
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next))));
      note(Object.values(media).join(), await seriousProblems(page, { ...within, only: ['color-contrast'] }));
    }
    note('forced', await unreadable(page));
    await page.emulateMedia(defaultMedia);
    if (tab) note('Tab', await tabFaults(page));
  }

  expectNoFaults(): void {
    expect(this.found.join('\n')).toBe('');
  }
}

/** Planted faults that each check must find, as proof that the checks work. */
export const planted = [
  /light|axe: color-contrast/,
  /dark: color-contrast/,
  /axe: label/,
  /motion: b/,
  /no ring at button/,
  /out of sight: input/,
  /forced: hidden/,
  /no key leads to a/,
  /Tab does not come to button.* “never”/,
];

/** Plants the faults in the page. */
export async function plant(page: Page): Promise<void> {
  await page.evaluate(() => {
    const form = document.createElement('form');
    form.id = 'planted';
    form.innerHTML = `<button type="button" style="outline: none">none</button>
      <input style="position: fixed; left: -300px" />
      <a href="#" tabindex="-1">skipped</a>
      <i style="color: #777; background: #888">faint</i>
      <b style="transition: opacity 1s !important">slow</b>
      <s class="hidden" style="background: CanvasText; color: Canvas">hidden</s>
      <button type="button">held</button>
      <button type="button">never</button>`;
    document.querySelector('main')?.append(form);
    form.querySelectorAll('button')[1]?.addEventListener('keydown', (event) => event.preventDefault());
  });
}
