/** Popover with few and with many servers: readable names and a searchable list. */
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding, popoverRow } from './pages.js';
import { expect, test } from './perch.js';

/** Truncated names of servers with visible figures. */
async function cutNames(popover: Page): Promise<string[]> {
  return popover
    .locator('[data-server] .name')
    .evaluateAll((names) =>
      names.flatMap((name) => (name.scrollWidth > name.clientWidth ? [name.textContent] : [])),
    );
}

test.describe('of few', () => {
  test('names take precedence over figures, which are aligned', async ({ desktop, sandbox, launch }) => {
    const long = 'Survival of the fittest, season 12';
    const { identifier = '' } = sandbox.servers.find(({ name }) => name === 'Survival') ?? {};
    await fetch(new URL(`/api/client/servers/${identifier}/settings/rename`, sandbox.panel), {
      method: 'POST',
      headers: { authorization: `Bearer ${sandbox.keys.owner}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name: long }),
    });
    const perch = await launch();
    const page = await perch.window('main');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(new MainWindow(page).fleetRow(long)).toContainText('running', { timeout: 20_000 });
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popoverRow(popover, long).locator('.cpu')).toBeVisible({ timeout: 60_000 });
    const figures = popover.locator('[data-server].running .cpu');
    await expect.poll(() => figures.count()).toBeGreaterThan(1);
    await expect.poll(() => cutNames(popover)).toEqual([]);
    const rightEdges = (): Promise<number[]> =>
      figures.evaluateAll((all) => all.map((figure) => Math.round(figure.getBoundingClientRect().right)));
    await expect.poll(async () => new Set(await rightEdges()).size).toBe(1);
  });
});

test.describe('of many', () => {
  test.use({
    sandboxFlags: ['--servers', '200', '--client-limit', '20000', '--websocket-limit', '1000'],
  });

  test('lists a selection, and finds all servers', async ({ desktop, sandbox, launch }) => {
    const perch = await launch();
    const page = await perch.window('main');
    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 20_000 });
    await desktop.activateTray();
    const popover = await perch.window('popover');
    await expect(popover.getByTestId('server-row').first()).toBeVisible();
    expect(await popover.getByTestId('server-row').count()).toBeLessThan(30);
    await popover.getByRole('button', { name: /^Find among 2\d\d servers$/ }).click();
    await expect(popover.getByRole('searchbox')).toBeFocused();
    await popover.keyboard.type('survival');
    const names = popover.locator('[data-server] .name');
    await expect(names.first()).toHaveText('Survival');
    await expect.poll(() => names.count()).toBeGreaterThan(1);
    await expect.poll(() => cutNames(popover)).toEqual([]);
  });
});
