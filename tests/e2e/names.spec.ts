/** What the table draws of a server's name, beside the name itself, at every size of the window. */
import type { Page } from '@playwright/test';
import { EverySize } from './every-size.js';
import { Onboarding } from './pages.js';
import { expect, test } from './perch.js';

interface Drawn {
  readonly name: string;
  /** With `…` where something of the name is left out, as the window shows it. */
  readonly drawn: string;
  /** Something is gone without a sign of it. */
  readonly isHidden: boolean;
}

/** The names of the rows in sight, letter by letter as far as each is within all that cuts. */
function drawnNames(page: Page): Promise<Drawn[]> {
  return page.getByTestId('fleet-row').evaluateAll((rows) =>
    rows.map((row) => {
      const cell = row.querySelector('[role=rowheader]');
      const name = cell?.querySelector('bdi');
      if (cell === null || name === null || name === undefined) throw new Error('A row has no name.');
      const frame = cell.getBoundingClientRect();
      const walker = document.createTreeWalker(name, NodeFilter.SHOW_TEXT);
      let [drawn, isHidden] = ['', false];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const box = node.parentElement;
        if (box === null) continue;
        const isCut = box.scrollWidth > box.clientWidth;
        const { left, right } = box.getBoundingClientRect();
        if (left < frame.left - 1 || right > frame.right + 1) isHidden = true;
        const hasSign = getComputedStyle(box).textOverflow === 'ellipsis';
        if (isCut && !hasSign) isHidden = true;
        const text = node.textContent ?? '';
        const sign = isCut && hasSign ? 13 : 0;
        let shown = '';
        for (let at = 0; at < text.length; at += 1) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const letter = range.getBoundingClientRect();
          if (letter.right <= Math.min(right, frame.right) - sign + 1) shown += text[at];
        }
        drawn += shown + (isCut && hasSign ? '…' : '');
      }
      return { name: name.textContent ?? '', drawn, isHidden };
    }),
  );
}

test.describe('among names that begin alike', () => {
  test.use({ sandboxFlags: ['--servers', '400'] });

  test('a name is cut with an ellipsis only, and never to the name of another server', async ({
    sandbox,
    launch,
  }) => {
    test.slow();
    const page = await (await launch()).window('main');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    const rows = page.getByTestId('fleet-row');
    await expect(rows.nth(8)).toBeVisible({ timeout: 30_000 });
    const names = new Set(sandbox.servers.map(({ name }) => name));
    const sizes = await EverySize.of(page);
    const pin = async (): Promise<void> => {
      const pins = await rows.evaluateAll((all) =>
        all.slice(0, 6).map((row) => row.getAttribute('data-server') ?? ''),
      );
      await page.evaluate((patch) => window.perch.call('settings.update', patch), { pins });
      await expect(rows.first().locator('.pin').first()).toBeVisible();
    };

    let looked = 0;
    for (const arranged of [(): Promise<void> => Promise.resolve(), pin]) {
      await arranged();
      for (const [width, height] of [
        [720, 440],
        [900, 600],
        [1280, 800],
        [2560, 1440],
      ] as const) {
        await sizes.set(width, height, 1);
        const shown = await drawnNames(page);
        const isOther = ({ name, drawn }: Drawn): boolean => drawn !== name && names.has(drawn);
        expect
          .soft(
            shown.filter(({ isHidden }) => isHidden),
            `hidden at ${width}`,
          )
          .toEqual([]);
        expect.soft(shown.filter(isOther), `another's name at ${width}`).toEqual([]);
        // A name of which hardly anything is left tells nobody anything.
        expect
          .soft(
            shown.filter(({ drawn }) => drawn.length < 8),
            `too little at ${width}`,
          )
          .toEqual([]);
        const alike = shown.filter(({ drawn }, at) => shown.findIndex((one) => one.drawn === drawn) !== at);
        expect.soft(alike, `alike at ${width}`).toEqual([]);
        if (width >= 1280) expect.soft(shown.filter(({ drawn, name }) => drawn !== name)).toEqual([]);
        looked += shown.length;
      }
    }
    expect(looked).toBeGreaterThan(80);
    await sizes.reset();
  });
});
