/** Self-signed certificates of nodes and panels: compared once, trusted with one button, no key typed again. */
import { startSelfSigned } from '../support/odd-panel.js';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { startPlainFront } from '../support/tls-front.js';
import { startPanelWithTlsNodes } from '../support/tls-nodes.js';
import { answerWith, asked } from './closing.js';
import { MainWindow, Onboarding } from './pages.js';
import { expect, isRunning, resizeMain, test } from './perch.js';
import { Pictures } from './pictures.js';

/**
 * Makes the panel name the server's node without encryption, by an address that Perch can't recognise as this computer.
 */
async function nameUnencrypted(sandbox: SandboxProcess, name: string) {
  const identifier = sandbox.servers.find((server) => server.name === name)?.identifier ?? '';
  const path = `/api/client/servers/${identifier}`;
  const { attributes } = (await sandbox.ask(path)) as { attributes: { node: string } };
  const { data } = (await sandbox.ask(`${path}/websocket`)) as { data: { socket: string } };
  const front = await startPlainFront(Number(new URL(data.socket).port), sandbox.panel);
  const base = `ws://[::ffff:127.0.0.1]:${front.port}`;
  await sandbox.control({ do: 'node-address', node: attributes.node, base });
  return front;
}

test('a self-signed node is trusted once, and its consoles are live from then on', async ({
  sandbox,
  launch,
}) => {
  await isRunning(sandbox, 'Survival');
  const panel = await startPanelWithTlsNodes(sandbox);
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const nodes = page.getByTestId('node-certificate');
  const banner = page.getByTestId('console-banner');

  await test.step('it is asked for once for all servers of the node', async () => {
    await new Onboarding(page).connect(panel.url, sandbox.keys.owner);
    const refused = nodes.getByTestId('refused-node');
    await expect(refused).toHaveCount(panel.fronts.length, { timeout: 20_000 });
    // One banner for all, with a link to each; most of the window stays for servers.
    await expect(nodes).toHaveCount(1);
    await expect(nodes).toContainText(`The certificates of ${panel.fronts.length} nodes are not trusted.`);
    await expect(nodes).toContainText(/servers? can’t be watched live/);
    for (const [width, height] of [
      [1280, 800],
      [720, 440],
    ] as const) {
      await resizeMain(perch, width, height);
      await expect
        .poll(async () => (await nodes.boundingBox())?.height, `of ${height}`)
        .toBeLessThan(height / 3);
      await expect(page.getByTestId('fleet-row').first()).toBeInViewport({ ratio: 1 });
    }
    await resizeMain(perch, 1280, 800);
    await refused.first().click();
    await expect(nodes).toContainText(/does not trust the certificate of the node 127\.0\.0\.1:\d+/);
    await expect(nodes.getByTestId('fingerprint')).toHaveCount(1);
    await new Pictures(perch, page).take('node-certificate-opened');
    await refused.first().click();
    await expect(nodes.getByTestId('fingerprint')).toHaveCount(0);
    expect(panel.fronts.flatMap(({ spokenTo }) => spokenTo)).toEqual([]);
    const row = main.fleetRow('Survival');
    await expect(row.locator('[data-mark]')).toHaveAttribute('data-mark', 'unwatched');
    await expect(row).toContainText('running, not live');
    await new Pictures(perch, page).take('node-certificate-fleet');
  });

  await test.step('one click at a server, and its console is live', async () => {
    await main.openServer('Survival');
    await expect(banner.getByTestId('fingerprint')).toHaveText(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    await new Pictures(perch, page).take('node-certificate-server');
    await banner.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(banner).toBeHidden({ timeout: 40_000 });
    await main.sendCommand('say through the tunnel');
    await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('through the tunnel');
    await expect(main.state).toHaveText('running');
  });

  await test.step('another certificate is loud, and the old fingerprint stands beside the new one', async () => {
    const live = panel.fronts.find(({ spokenTo }) => spokenTo.length > 0);
    if (live === undefined) throw new Error('No node is connected.');
    const fingerprint = await live.renew();
    await expect(banner.getByTestId('fingerprint')).toHaveText(fingerprint, { timeout: 20_000 });
    await expect(banner).toContainText('is not the one you trusted');
    await expect(banner.getByTestId('fingerprint-agreed')).not.toHaveText(fingerprint);
    expect(live.spokenTo).not.toContain(fingerprint);
    await banner.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(banner).toBeHidden({ timeout: 40_000 });
  });

  await test.step('no question after a restart', async () => {
    await perch.quit();
    const again = await (await launch()).window('main');
    await new MainWindow(again).openServer('Survival');
    const mainAgain = new MainWindow(again);
    await mainAgain.sendCommand('say still trusted');
    await expect.poll(() => mainAgain.consoleText(), { timeout: 20_000 }).toContain('still trusted');
    await expect(again.getByTestId('console-banner')).toBeHidden();
  });
  await panel.stop();
});

test('a panel whose pinned certificate was renewed works again after one click, without a key', async ({
  sandbox,
  launch,
}) => {
  const panel = await startSelfSigned(sandbox.panel);
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  await new Onboarding(page).connect(panel.url, sandbox.keys.owner);
  await page.getByRole('button', { name: 'Trust this certificate' }).click();
  await expect(main.fleetRow('Survival')).toBeVisible({ timeout: 20_000 });

  const renewed = await panel.renew();
  await page.getByRole('button', { name: 'Settings' }).click();
  const account = page.getByTestId('account');
  const ask = (): Promise<unknown> =>
    page.evaluate(() => {
      const id = document.querySelector<HTMLElement>('[data-testid=sidebar-server]')?.dataset['server'];
      return window.perch.call('accounts.retry', { accountId: id?.split('/')[0] }).catch(() => undefined);
    });
  // A new check joins a running check, which may still have met the old certificate.
  await expect(async () => {
    await ask();
    await expect(account.getByTestId('fingerprint')).toHaveText(renewed, { timeout: 5000 });
  }).toPass({ timeout: 60_000 });
  await expect(account.getByTestId('fingerprint-agreed')).toHaveText(panel.fingerprint);
  await expect(account.getByRole('button', { name: 'Enter the key again' })).toHaveCount(0);
  expect(panel.spokenTo).not.toContain(renewed);
  await new Pictures(perch, page).take('panel-certificate-renewed');

  await account.getByRole('button', { name: 'Trust this certificate' }).click();
  await expect(account.getByTestId('fingerprint')).toHaveCount(0, { timeout: 40_000 });
  await expect(account.getByRole('alert')).toHaveCount(0);
  // The notice closes with the question, before Perch connects again.
  await expect.poll(() => panel.spokenTo).toContain(renewed);
  await panel.stop();
});

test('agreements for a panel are listed in the settings and can be withdrawn', async ({
  sandbox,
  launch,
}) => {
  const node = await nameUnencrypted(sandbox, 'Survival');
  // A server that is still starting reads no commands.
  await isRunning(sandbox, 'Survival');
  const panel = await startSelfSigned(sandbox.panel);
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const banner = page.getByTestId('console-banner');
  const account = page.getByTestId('account');
  const agreements = account.getByTestId('agreement');
  const allow = banner.getByRole('button', { name: 'Allow unencrypted' });
  const settings = (): Promise<void> => page.getByRole('button', { name: 'Settings', exact: true }).click();

  await new Onboarding(page).connect(panel.url, sandbox.keys.owner);
  await page.getByRole('button', { name: 'Trust this certificate' }).click();
  await main.openServer('Survival');
  await answerWith(perch, 'Cancel');
  await allow.click();
  await expect
    .poll(() => asked(perch))
    .toMatchObject([{ message: expect.stringContaining('without encryption?') }]);
  await expect(allow).toBeVisible();
  await answerWith(perch, 'Connect without encryption');
  await allow.click();
  await expect(main.state).toHaveText('running', { timeout: 20_000 });
  await expect(page.getByTestId('console-link')).toContainText('live');
  await main.sendCommand('say in the clear');
  await expect.poll(() => main.consoleText(), { timeout: 20_000 }).toContain('in the clear');
  await expect(banner).toBeHidden();

  await settings();
  const unencrypted = agreements.filter({ hasText: 'You allowed unencrypted connections to nodes' });
  const certificate = agreements.filter({ hasText: panel.fingerprint });
  await expect(agreements).toHaveCount(2);
  await new Pictures(perch, page).take('agreements');

  await test.step('live connections without encryption end, and are not made again', async () => {
    await unencrypted.getByRole('button', { name: 'Withdraw' }).click();
    await expect(agreements).toHaveCount(1);
    await main.openServer('Survival');
    await expect(allow).toBeVisible({ timeout: 40_000 });
  });

  await test.step('the panel gets no request before its certificate is trusted again', async () => {
    await settings();
    await certificate.getByRole('button', { name: 'Withdraw' }).click();
    await expect(account.getByTestId('fingerprint')).toHaveText(panel.fingerprint, { timeout: 40_000 });
    await expect(agreements).toHaveCount(0);
    const before = panel.authorizations.length;
    await account.getByRole('button', { name: 'Try again' }).click();
    await expect(account.getByRole('button', { name: 'Try again' })).toBeEnabled();
    expect(panel.authorizations.length).toBe(before);
    await account.getByRole('button', { name: 'Trust this certificate' }).click();
    await expect(certificate).toHaveCount(1, { timeout: 40_000 });
  });
  await Promise.all([panel.stop(), node.stop()]);
});
