/** Changed bytes of the history on disk: lost data is reported. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';

test('events lost on a damaged disk are reported', async ({ sandbox, launch }) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await main.openServer('Survival');
  await new ServerWindow(page).power('stop').click();
  await expect(main.state).toHaveText('offline', { timeout: 20_000 });
  await page.getByRole('button', { name: 'Events' }).click();
  await expect(page.locator('[data-event="stopped"]')).toHaveCount(1);
  await perch.quit();

  const folder = join(perch.dataFolder, 'history');
  const [journal = ''] = readdirSync(folder).filter((name) => /^\d+\.log$/.test(name));
  const bytes = readFileSync(join(folder, journal));
  const at = bytes.indexOf('"stopped"');
  expect(at).toBeGreaterThan(0);
  for (let place = at; place < at + 8; place++) bytes[place] = (bytes[place] ?? 0) ^ 0xff;
  writeFileSync(join(folder, journal), bytes);

  const next = await (await launch()).window('main');
  await next.getByRole('button', { name: 'Events' }).click();
  await expect(next.getByTestId('events-view')).toBeVisible();
  await expect(next.locator('[data-event="stopped"]')).toHaveCount(0);
  const notice = next.getByTestId('notice');
  await expect(notice).toContainText('Events and usage of that time are missing.');
  await expect(notice).toContainText('Check the disk');
});
