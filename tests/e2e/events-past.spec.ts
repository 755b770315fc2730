/** Past events after a restart of Perch, with their authors. */
import type { Page } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';

test('the user who killed a server is named, also in the next run', async ({ sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });

  await test.step('ada kills it in the panel', async () => {
    const survival = sandbox.servers.find(({ name }) => name === 'Survival');
    const answer = await fetch(`${sandbox.panel}/api/client/servers/${survival?.identifier}/power`, {
      method: 'POST',
      headers: {
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Bearer ${sandbox.keys.admin}`,
      },
      body: JSON.stringify({ signal: 'kill' }),
    });
    expect(answer.status).toBe(204);
    await page.getByRole('button', { name: /Events/ }).click();
    await expectKill(page, 'events-view');
  });

  await perch.quit();
  const again = await launch();
  const next = await again.window('main');

  await test.step('it is on the page and in the tab of its server', async () => {
    await next.getByRole('button', { name: /Events/ }).click();
    await expectKill(next, 'events-view');
    await new MainWindow(next).openServer('Survival');
    await next.getByRole('tab', { name: 'Events' }).click();
    await expect(next.locator('[data-event="stopped"]')).toContainText('Stopped by ada.');
  });
});

async function expectKill(page: Page, view: string): Promise<void> {
  const row = page.getByTestId(view).locator('[data-event="stopped"]');
  await expect(row).toContainText('Survival was killed', { timeout: 20_000 });
  await expect(row).toContainText('Stopped by ada.');
}
