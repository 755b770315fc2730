/** The system's proxy from a PAC file, for panel and node; a failing proxy is named with a next step. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startConnectProxy, startSocksProxy } from '../support/real-proxies.js';
import { startTlsFront } from '../support/tls-front.js';
import { startPanelWithTlsNodes } from '../support/tls-nodes.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, test, type Perch } from './perch.js';

/** Chromium never applies a PAC file to loopback, so the panel and its nodes get names that only the proxies know. */
const panelName = 'panel.perch.invalid';
const nodeName = 'node.perch.invalid';

/** PAC file at a URL, as companies have it. */
async function startPacServer(): Promise<{ url: string; answer: string; stop(): Promise<unknown> }> {
  const pac = { url: '', answer: 'DIRECT', stop: () => new Promise((resolve) => server.close(resolve)) };
  const server = createServer((_request, response) => {
    const script = `function FindProxyForURL(url, host) { return ${JSON.stringify(pac.answer)}; }`;
    response.writeHead(200, { 'content-type': 'application/x-ns-proxy-autoconfig' }).end(script);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  pac.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/proxy.pac`;
  return pac;
}

async function follow({ app }: Perch, url: string): Promise<void> {
  await app.evaluate(async ({ session }, pacScript) => {
    // Session in which main looks up the system's proxies.
    const asked = session.fromPartition('proxies');
    await asked.setProxy({ mode: 'pac_script', pacScript });
    await asked.forceReloadProxyConfig();
  }, url);
}

test('panel and node go through the proxy that the system names, whatever its kind', async ({
  sandbox,
  launch,
}) => {
  test.slow();
  const [strict, open, socks, pac] = await Promise.all([
    startConnectProxy({ login: { user: 'olive', password: 'secret' } }),
    startConnectProxy(),
    startSocksProxy(),
    startPacServer(),
  ]);
  const panel = await startPanelWithTlsNodes(sandbox, nodeName);
  const front = await startTlsFront(Number(new URL(panel.url).port));
  const url = `https://${panelName}:${front.port}`;
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const onboarding = new Onboarding(page);

  await test.step('a proxy that is down is named', async () => {
    pac.answer = 'PROXY 127.0.0.1:9';
    await follow(perch, pac.url);
    await onboarding.connect(url, sandbox.keys.owner);
    await expect(onboarding.problem).toContainText('could not reach the proxy 127.0.0.1:9', {
      timeout: 40_000,
    });
    await expect(onboarding.problem).toContainText('choose another connection in Perch’s settings');
    await onboarding.expectNothingLost(url, sandbox.keys.owner);
  });

  await test.step('a proxy that requires a password is named', async () => {
    pac.answer = `PROXY ${strict.address}`;
    await follow(perch, pac.url);
    // The old answer is cached for a few seconds.
    await expect(async () => {
      await page.getByTestId('connect').click();
      await expect(onboarding.problem).toContainText(`proxy ${strict.address}`, { timeout: 5000 });
    }).toPass({ timeout: 90_000 });
    await expect(onboarding.problem).toContainText('asks for a user name and a password');
    expect(strict.asked).toEqual([]);
  });

  await test.step('with one that works the panel is connected, and its console is live', async () => {
    pac.answer = `PROXY ${open.address}`;
    await follow(perch, pac.url);
    await expect(async () => {
      await page.getByTestId('connect').click();
      await expect(page.getByTestId('fingerprint')).toBeVisible({ timeout: 5000 });
    }).toPass({ timeout: 90_000 });
    await page.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });
    expect(open.asked).toContain(`${panelName}:${front.port}`);
    await main.openServer('Survival');
    await page.getByTestId('console-banner').getByRole('button', { name: 'Trust this certificate' }).click();
    await main.sendCommand('say through the proxy');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('through the proxy');
    expect(open.asked.some((place) => place.startsWith(nodeName))).toBe(true);
  });

  await test.step('SOCKS5 after the next start', async () => {
    pac.answer = `SOCKS5 ${socks.address}`;
    await perch.quit();
    const again = await launch([`--proxy-pac-url=${pac.url}`]);
    const second = await again.window('main');
    const mainAgain = new MainWindow(second);
    await mainAgain.openServer('Survival');
    // The last known state is shown at once and takes no commands.
    await expect(second.getByRole('status').filter({ hasText: /^live$/ })).toBeVisible({ timeout: 30_000 });
    await mainAgain.sendCommand('say through the other proxy');
    await expect
      .poll(() => mainAgain.consoleText(), { timeout: 20_000 })
      .toContain('through the other proxy');
    for (const name of [panelName, nodeName])
      expect(
        socks.asked.some((place) => place.startsWith(name)),
        name,
      ).toBe(true);
  });
  await Promise.all([strict.stop(), open.stop(), socks.stop(), pac.stop(), panel.stop(), front.stop()]);
});
