/** Elements that must be visible in a small window or a long list, and texts that must be complete. */
import type { Locator, Page } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { expect, resizeMain, test } from './perch.js';

const sizes = [
  [1280, 800],
  [720, 440],
] as const;

/** Whether a box cuts its content. */
const isCut = (element: HTMLElement): boolean =>
  element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;

const top = (part: Locator): Promise<number> =>
  part.evaluate((element) => Math.round(element.getBoundingClientRect().top));

/** State chips above the table: on one line, all visible, with words as long as they fit. */
async function lookAtChips(page: Page, width: number): Promise<void> {
  const chips = page.getByRole('group', { name: 'Show only servers that are' });
  const looked = await chips.evaluate((line) => {
    const frame = line.getBoundingClientRect();
    const all = [...line.querySelectorAll('button')].map((chip) => {
      const { top, right } = chip.getBoundingClientRect();
      const word = chip.querySelector<HTMLElement>('.word');
      return { top, right, hasWord: (word?.clientWidth ?? 0) > 1 || (word?.offsetWidth ?? 0) > 1 };
    });
    return { all, right: frame.right };
  });
  expect(new Set(looked.all.map((chip) => chip.top)).size, `lines at ${width}`).toBe(1);
  expect(
    looked.all.filter(({ right }) => right > looked.right + 1),
    `cut at ${width}`,
  ).toEqual([]);
  const words = looked.all.map(({ hasWord }) => hasWord);
  expect(words[0], `the first word at ${width}`).toBe(true);
  // The last chips lose their words first.
  expect(words.lastIndexOf(true), `words at ${width}`).toBe(words.filter(Boolean).length - 1);
}

test.describe('of two hundred servers', () => {
  test.use({ sandboxFlags: ['--servers', '200'] });

  test('states keep their words while there is room, and a question about many servers keeps its field in view', async ({
    sandbox,
    launch,
  }) => {
    test.slow();
    const perch = await launch();
    const page = await perch.window('main');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 60_000 });
    // The chips no longer all fit with their words.
    await expect(page.locator('[data-state=installing]')).toBeVisible({ timeout: 60_000 });
    for (const [width, height] of sizes) {
      await resizeMain(perch, width, height);
      await expect(async () => lookAtChips(page, width)).toPass({ timeout: 20_000 });
      await page.screenshot({ path: `out/screens/chips-${width}.png` });
    }

    await page.getByTestId('fleet-row').first().getByRole('checkbox').check();
    await page.keyboard.press('Control+a');
    await page.getByTestId('bulk-stop').click();
    const question = page.getByTestId('bulk-confirm');
    await expect(question).toBeVisible();
    await expect(page.getByTestId('bulk-typed')).toBeInViewport({ ratio: 1 });
    await expect(page.getByTestId('bulk-go')).toBeInViewport({ ratio: 1 });
    await page.screenshot({ path: 'out/screens/bulk-typed.png' });
    // The focused field is not covered by the buttons below.
    await page.getByTestId('bulk-pause').focus();
    const [pause, typed] = [page.getByTestId('bulk-pause'), page.getByTestId('bulk-typed')];
    await expect(async () => {
      const end = (await pause.boundingBox()) ?? { y: 0, height: 0 };
      expect(end.y + end.height).toBeLessThanOrEqual(await top(typed));
    }).toPass({ timeout: 20_000 });
  });
});

test('reasons, figures and problems are whole in a small window and in German', async ({
  sandbox,
  launch,
}) => {
  const alias = 'a-rather-long-name-of-survival.play.harbor.example';
  const ports = [25565, 25566, 25567].map((port) => ({ ip: '192.0.2.1', port, alias, notes: null }));
  await sandbox.control({ do: 'allocations', server: 'Survival', allocations: ports });
  const perch = await launch();
  const page = await perch.window('main');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);

  await test.step('the reason for attention is never cut, and a tooltip has the rest', async () => {
    await page.getByRole('button', { name: /^Needs attention/ }).click();
    const why = new MainWindow(page).fleetRow('Archive 2022').getByTestId('why');
    await expect(why).toHaveText('The node does not answer.', { timeout: 30_000 });
    for (const [width, height] of sizes) {
      await resizeMain(perch, width, height);
      await expect.poll(() => why.evaluate(isCut), `at ${width}`).toBe(false);
    }
    await why.hover();
    await expect(page.getByRole('tooltip')).toContainText(
      'could not read the server’s usage. The panel itself works.',
    );
    await page.screenshot({ path: 'out/screens/why-tooltip.png' });
  });

  await test.step('a long address leaves the node its name, and keeps its own port', async () => {
    await resizeMain(perch, 1280, 800);
    await new MainWindow(page).openServer('Survival');
    const address = page.getByTestId('server-address');
    for (const [width, height] of [[900, 600], ...sizes] as const) {
      await resizeMain(perch, width, height);
      expect(await page.getByTestId('server-node').evaluate(isCut), `the node at ${width}`).toBe(false);
      await expect(address.getByText(':25565')).toBeInViewport({ ratio: 1 });
      await expect(page.getByTestId('short-id').getByRole('button')).toBeInViewport({ ratio: 1 });
    }
  });

  await test.step('the figures of a server stand on the line of its tabs in German, too', async () => {
    await resizeMain(perch, 1280, 800);
    await page.getByRole('button', { name: 'All servers' }).click();
    await new MainWindow(page).openServer('Survival');
    await resizeMain(perch, 720, 440);
    await page.evaluate(() => window.perch.call('settings.update', { language: 'de' }));
    await expect(page.getByTestId('power-restart')).toHaveText('Neu starten');
    const figures = page.getByTestId('figures');
    await expect(figures).toContainText('MiB', { timeout: 20_000 });
    await expect(async () => {
      expect(await top(figures)).toBeGreaterThanOrEqual(await top(page.getByRole('tab').first()));
      expect(await figures.evaluate(isCut)).toBe(false);
    }).toPass({ timeout: 20_000 });
    await page.screenshot({ path: 'out/screens/german-figures.png' });
    await page.evaluate(() => window.perch.call('settings.update', { language: 'en' }));
  });

  await test.step('the problem of a panel is shown above its servers in the sidebar, not over them', async () => {
    await resizeMain(perch, 1280, 800);
    await expect(new MainWindow(page).state).toContainText('running', { timeout: 20_000 });
    await page.getByRole('button', { name: /^Events/ }).click();
    await sandbox.control({ do: 'panel', maintenance: {} });
    const notice = page.getByRole('navigation', { name: 'Servers' }).getByTestId('panel-trouble');
    // Perch reads the list of servers every minute.
    await expect(notice).toContainText('closed for maintenance', { timeout: 90_000 });
    await expect(async () => {
      const box = await notice.boundingBox();
      const room =
        (await top(page.getByTestId('sidebar-server').first())) - ((box?.y ?? 0) + (box?.height ?? 0));
      expect(room).toBeGreaterThanOrEqual(4);
    }).toPass({ timeout: 20_000 });
  });
});
