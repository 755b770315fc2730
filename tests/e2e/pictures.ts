/**
 * Pictures of a view in both themes and two sizes; axe checks the view, or the layer over it alone, and the contrast of
 * each theme.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { layerOver, seriousProblems } from './axe.js';
import { expect, resizeMain, type Perch } from './perch.js';

const folder = resolve(import.meta.dirname, '../../out/screens');
const sizes = { large: [1280, 800], small: [720, 440] } as const;
type Size = keyof typeof sizes;
const themes = ['light', 'dark'] as const;
/** Other axe rules do not depend on colours. */
const rulesIn = (theme: (typeof themes)[number]) => (theme === 'light' ? {} : { only: ['color-contrast'] });
/**
 * True in `npm test`: each theme in one size. Pictures are for the eye, and the checks look at a view in each theme
 * once. A run of one spec takes all four.
 */
const isFew = process.env['PERCH_FEW_PICTURES'] !== undefined;
/** Time for layout, fonts, transitions and the terminal's fit to settle, in ms. */
const restMs = 160;

export class Pictures {
  readonly #perch: Perch;
  readonly #page: Page;

  constructor(perch: Perch, page: Page) {
    mkdirSync(folder, { recursive: true });
    this.#perch = perch;
    this.#page = page;
  }

  /** `again` reopens layers that a resize closes, such as menus. Leaves the window large. */
  async take(name: string, again?: () => Promise<void>): Promise<void> {
    let shown: readonly Size[] = isFew ? ['small'] : ['large', 'small'];
    for (const theme of themes) {
      await this.#setTheme(this.#page, theme);
      for (const size of shown) {
        const [width, height] = sizes[size];
        await resizeMain(this.#perch, width, height);
        await again?.();
        await this.#page.waitForTimeout(restMs);
        await this.#page.screenshot({ path: join(folder, `${name}-${theme}-${size}.png`) });
      }
      const within = await layerOver(this.#page);
      const looked = { ...rulesIn(theme), ...(within === undefined ? {} : { within }) };
      expect(await seriousProblems(this.#page, looked), `${name} in ${theme}`).toEqual([]);
      shown = isFew ? ['large'] : shown.toReversed();
    }
  }

  /** Takes pictures of the popover, which is as high as its content. */
  async takePopover(popover: Page, name: string): Promise<void> {
    for (const theme of themes) {
      await this.#setTheme(popover, theme);
      await popover.waitForTimeout(restMs);
      await popover.screenshot({ path: join(folder, `${name}-${theme}.png`) });
      expect(await seriousProblems(popover, rulesIn(theme)), `${name} in ${theme}`).toEqual([]);
    }
  }

  async #setTheme(page: Page, theme: (typeof themes)[number]): Promise<void> {
    await this.#page.evaluate((wanted) => window.perch.call('settings.update', { theme: wanted }), theme);
    await page.emulateMedia({ colorScheme: theme });
  }
}
