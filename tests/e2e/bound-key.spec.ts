/**
 * Another program may change the file with the list of panels. A key is sent only to the panel that it was entered for.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CommandLine } from './command-line.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';

test('a key goes only to its own panel, whatever the list of panels says', async ({
  sandbox,
  launch,
  desktop,
}) => {
  const key = sandbox.keys.owner;
  const heard: string[] = [];
  const other = createServer((request, response) => {
    heard.push([request.method, request.url, ...request.rawHeaders].join(' '));
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"errors":[]}');
  }).listen(0, '127.0.0.1');
  await new Promise((listens) => other.once('listening', listens));
  const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;

  try {
    const first = await launch();
    const page = await first.window('main');
    await new Onboarding(page).connect(sandbox.panel, key);
    await expect(new MainWindow(page).fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    await first.quit();
    const file = join(first.dataFolder, 'accounts.json');
    const whole = readFileSync(file, 'utf8');
    const { origin } = new URL(sandbox.panel);
    expect(whole).toContain(origin);

    await test.step('another address in the file: Perch sends it nothing, and tells the person why', async () => {
      writeFileSync(file, whole.replaceAll(origin, address));
      const perch = await launch();
      const main = new MainWindow(await perch.window('main'));
      await expect(main.accountProblem).toBeVisible({ timeout: 20_000 });
      expect(heard).toEqual([]);
      await expect(main.accountProblem).toContainText(origin);
      await expect(main.accountProblem).toContainText(address);
      await main.accountProblem.getByRole('button', { name: 'Try again' }).click();
      const doctor = await new CommandLine(desktop.env, perch.dataFolder).run(['doctor']);
      expect(doctor.out).toContain(address);
      await expect(main.accountProblem).toContainText(address);
      expect(heard.filter((request) => request.includes(key))).toEqual([]);
      await perch.quit();
    });

    await test.step('the right address again: the key still works', async () => {
      writeFileSync(file, whole);
      const main = new MainWindow(await (await launch()).window('main'));
      await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
    });
    expect(heard.filter((request) => /authorization/i.test(request))).toEqual([]);
  } finally {
    other.close();
  }
});
