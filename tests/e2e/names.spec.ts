/** Server names in the table beside the real names, at every window size. */
import type { Page } from '@playwright/test';
import { EverySize } from './every-size.js';
import { Onboarding } from './pages.js';
import { expect, test, type Perch } from './perch.js';

interface Drawn {
  readonly name: string;
  /** Name as the window shows it, with `…` instead of omitted parts. */
  readonly drawn: string;
  /** True if part of the name is missing without an ellipsis. */
  readonly isHidden: boolean;
}

/** Names of visible rows, letter by letter as far as no ancestor cuts them. */
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

/** Most looks at names with a fault: a name is measured and shortened in the frames after a change of its row. */
const mostLooks = 10;

interface Wanted {
  readonly names: ReadonlySet<string>;
  /** True if there is room for whole names. */
  readonly isWhole: boolean;
}

/**
 * Each name is complete or has an ellipsis, differs from other servers' names, and keeps enough letters to be
 * recognised.
 */
function faultsOf(shown: readonly Drawn[], { names, isWhole }: Wanted): Record<string, readonly Drawn[]> {
  return {
    hidden: shown.filter(({ isHidden }) => isHidden),
    another: shown.filter(({ name, drawn }) => drawn !== name && names.has(drawn)),
    short: shown.filter(({ drawn, name }) => drawn.length < Math.min(8, name.length)),
    alike: shown.filter(({ drawn }, at) => shown.findIndex((one) => one.drawn === drawn) !== at),
    cut: isWhole ? shown.filter(({ drawn, name }) => drawn !== name) : [],
  };
}

/** Reports names whose faults last. Returns how many rows are visible. */
async function judge(page: Page, wanted: Wanted, where: string): Promise<number> {
  let shown = await drawnNames(page);
  const hasFault = (): boolean => Object.values(faultsOf(shown, wanted)).some(({ length }) => length > 0);
  for (let looks = 1; looks < mostLooks && hasFault(); looks++) {
    await page.waitForTimeout(100);
    shown = await drawnNames(page);
  }
  expect.soft(faultsOf(shown, wanted), where).toEqual(faultsOf([], wanted));
  return shown.length;
}

/** Sets the zoom factor, and the window size in its own pixels. */
async function zoom({ app }: Perch, page: Page, factor: number, [width, height]: readonly [number, number]) {
  await app.evaluate(
    ({ BrowserWindow }, wanted) => {
      const main = BrowserWindow.getAllWindows().find((each) =>
        each.webContents.getURL().includes('main.html'),
      );
      main?.webContents.setZoomFactor(wanted.factor);
      main?.setContentSize(wanted.width, wanted.height);
    },
    { factor, width, height },
  );
  await page.waitForFunction((wanted) => Math.abs(innerWidth - wanted) <= 2, width / factor);
  // Effects of the new size are drawn in the next frames.
  await page.evaluate(async () => {
    for (let frames = 0; frames < 4; frames += 1) await new Promise(requestAnimationFrame);
  });
}

test.describe('among names that begin alike', () => {
  test.use({ sandboxFlags: ['--servers', '400'] });

  test("a name is cut with an ellipsis only, and never to look like another server's name", async ({
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
      await expect(rows.first().getByTestId('pin')).toBeVisible();
    };

    let looked = 0;
    for (const arranged of [(): Promise<void> => Promise.resolve(), pin]) {
      await arranged();
      // The next test has a screen with a scale of 1.5. The height only changes how many rows are judged.
      for (const scale of [1, 1.25, 2]) {
        for (const [width, height] of [
          [720, 440],
          [900, 600],
          [1280, 800],
          [2560, 800],
        ] as const) {
          await sizes.set(width, height, scale);
          looked += await judge(page, { names, isWhole: width >= 1280 }, `${width}, ${scale}`);
        }
      }
    }
    expect(looked).toBeGreaterThan(320);
    await sizes.reset();
  });

  test('the same holds on a scaled screen, and in a zoomed window', async ({ sandbox, launch }) => {
    test.slow();
    const perch = await launch(['--force-device-scale-factor=1.5']);
    const page = await perch.window('main');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(page.getByTestId('fleet-row').nth(5)).toBeVisible({ timeout: 30_000 });
    expect(await page.evaluate(() => devicePixelRatio)).toBe(1.5);
    const names = new Set(sandbox.servers.map(({ name }) => name));
    for (const factor of [1, 1.25, 0.8]) {
      for (const size of [
        [720, 440],
        [900, 600],
        [1280, 800],
      ] as const) {
        await zoom(perch, page, factor, size);
        const where = `${size[0]}, zoomed ${factor}`;
        const rows = await judge(page, { names, isWhole: size[0] / factor >= 1280 }, where);
        expect(rows, `rows at ${where}`).toBeGreaterThan(3);
        await page.screenshot({ path: `out/screens/names-${size[0]}-${factor}.png` });
      }
    }
  });
});
