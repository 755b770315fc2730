/** Proxy from the settings: errors are reported, and a correct proxy applies at once. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startConnectProxy, startSocksProxy, type RunningProxy } from '../support/real-proxies.js';
import { startTlsFront } from '../support/tls-front.js';
import { startPanelWithTlsNodes } from '../support/tls-nodes.js';
import { answerWith, asked } from './closing.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test } from './perch.js';
import { Pictures } from './pictures.js';

/** Only the proxies can resolve these names. */
const panelName = 'panel.perch.invalid';
const nodeName = 'node.perch.invalid';
const login = { user: 'olive', password: 's3cret:of the proxy' };

class NetworkSettings {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get card() {
    return this.#page.getByTestId('network-settings');
  }

  get result() {
    return this.#page.getByTestId('proxy-result');
  }

  field(name: string) {
    return this.card.locator(`input[name="proxy-${name}"]`);
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Settings', exact: true }).click();
    await this.card.scrollIntoViewIfNeeded();
  }

  use(way: 'System' | 'None' | 'Own proxy') {
    return this.#page.getByTestId('proxy-use').getByRole('radio', { name: way, exact: true }).check();
  }

  save(): Promise<void> {
    return this.#page.getByTestId('proxy-save').click();
  }

  /** Main has saved the form: its last step empties the password field. */
  async saved(): Promise<void> {
    await this.save();
    await expect(this.field('password')).toHaveValue('');
    await expect(this.#page.getByTestId('proxy-problem')).toHaveCount(0);
  }
}

/** All files of the data folder that contain the text. */
function filesWith(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

test('a custom proxy with a password, of either kind, works without a restart and after one', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const [strict, socks] = await Promise.all([startConnectProxy({ login }), startSocksProxy({ login })]);
  const nodes = await startPanelWithTlsNodes(sandbox, nodeName);
  const front = await startTlsFront(Number(new URL(nodes.url).port));
  const url = `https://${panelName}:${front.port}`;
  const askedFor = (proxy: RunningProxy, name: string): number =>
    proxy.asked.filter((place) => place.startsWith(name)).length;
  const perch = await launch();
  await answerWith(perch, 'Use this proxy');
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const onboarding = new Onboarding(page);
  const network = new NetworkSettings(page);
  const [, strictPort = ''] = strict.address.split(':');

  await test.step('a wrong password is told, with the way to the settings', async () => {
    await onboarding.connect(url, sandbox.keys.owner);
    await onboarding.problem.getByRole('button', { name: 'Network settings' }).click({ timeout: 20_000 });
    await network.use('Own proxy');
    // Pasted as a whole URL, as in a mail.
    await network.field('host').fill(`http://olive:wrong@${strict.address}`);
    await expect(network.field('host')).toHaveValue('127.0.0.1');
    await expect(network.field('port')).toHaveValue(strictPort);
    await expect(network.field('user')).toHaveValue('olive');
    await network.saved();
    expect(await asked(perch)).toMatchObject([
      { message: `Connect through the proxy ${strict.address}?`, buttons: ['Cancel', 'Use this proxy'] },
    ]);
    await page.getByRole('button', { name: 'Add panel' }).first().click();
    await page.getByTestId('connect').click();
    await expect(onboarding.problem).toContainText(
      `The proxy ${strict.address} on the way to ${panelName}:${front.port} does not accept the user name and password.`,
      { timeout: 15_000 },
    );
    expect(strict.asked).toEqual([]);
    await onboarding.problem.getByRole('button', { name: 'Network settings' }).click();
    await expect(network.card).toBeInViewport();
    await expect(page.getByTestId('proxy-password-kept')).toContainText('Kept in the keychain');
  });

  await test.step('the right one counts at once, for panel and node', async () => {
    await network.field('password').fill(login.password);
    await network.saved();
    await page.getByRole('button', { name: 'Add panel' }).first().click();
    await onboarding.expectNothingLost(url, sandbox.keys.owner);
    await page.getByTestId('connect').click();
    await page.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
    await main.openServer('Survival');
    await page.getByTestId('console-banner').getByRole('button', { name: 'Trust this certificate' }).click();
    await main.sendCommand('say by HTTP');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('by HTTP');
    expect(askedFor(strict, panelName)).toBeGreaterThan(0);
    expect(askedFor(strict, nodeName)).toBeGreaterThan(0);
  });

  await test.step('“Try it” says the way to each panel', async () => {
    await network.open();
    await page.getByTestId('proxy-try').click();
    await expect(network.result).toContainText(`through ${strict.address} (HTTP)`, { timeout: 15_000 });
    await expect(network.result).toContainText('The panel answers.');
    await new Pictures(perch, page).take('network-own', () => network.card.scrollIntoViewIfNeeded());
  });

  await test.step('the password stands in no file and in no window', async () => {
    for (const secret of [login.password, encodeURIComponent(login.password)]) {
      expect(filesWith(perch.dataFolder, secret)).toEqual([]);
      expect(await page.content()).not.toContain(secret);
    }
    const settings = readFileSync(join(perch.dataFolder, 'settings.json'), 'utf8');
    expect((JSON.parse(settings) as { settings: { proxy: unknown } }).settings.proxy).toMatchObject({
      use: 'own',
      own: { host: '127.0.0.1', port: Number(strictPort), user: 'olive', password: 'keychain' },
    });
  });

  await test.step('another one takes over what is live, and for another address no password is sent', async () => {
    await network.field('host').fill(`socks5://olive@${socks.address}`);
    await expect(page.getByTestId('proxy-password-kept')).toContainText('Enter it again');
    await network.saved();
    await expect(network.result).toContainText('does not accept the user name and password', {
      timeout: 15_000,
    });
    expect(socks.asked).toEqual([]);
    const before = strict.asked.length;
    await network.field('password').fill(login.password);
    await network.saved();
    await expect(network.result).toContainText(`through ${socks.address} (SOCKS5)`, { timeout: 15_000 });
    await expect(network.result).toContainText('The panel answers.');
    await main.openServer('Survival');
    await expect(page.getByRole('status').filter({ hasText: /^live$/ })).toBeVisible({ timeout: 30_000 });
    await main.sendCommand('say by SOCKS');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('by SOCKS');
    expect(askedFor(socks, panelName)).toBeGreaterThan(0);
    expect(askedFor(socks, nodeName)).toBeGreaterThan(0);
    expect(strict.asked).toHaveLength(before);
  });

  await test.step('after a restart the password comes from the keychain', async () => {
    const before = askedFor(socks, nodeName);
    await perch.quit();
    const again = await (await launch()).window('main');
    const there = new MainWindow(again);
    await there.openServer('Survival');
    await expect(again.getByRole('status').filter({ hasText: /^live$/ })).toBeVisible({ timeout: 30_000 });
    expect(askedFor(socks, nodeName)).toBeGreaterThan(before);

    await test.step('one that is down is told, and “None” is free of it', async () => {
      await socks.stop();
      const settings = new NetworkSettings(again);
      await settings.open();
      await again.getByTestId('proxy-try').click();
      await expect(settings.result).toContainText(`could not reach the proxy ${socks.address}`, {
        timeout: 20_000,
      });
      const asked = strict.asked.length + socks.asked.length;
      await settings.use('None');
      await expect(settings.result).toContainText('directly', { timeout: 20_000 });
      await expect(settings.result).not.toContainText('proxy');
      expect(strict.asked.length + socks.asked.length).toBe(asked);
    });
  });
  await Promise.all([strict.stop(), nodes.stop(), front.stop()]);
});
