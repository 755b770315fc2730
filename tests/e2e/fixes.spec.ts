import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FixKind } from '../../bridge/schema/fix-its.js';
import { pathsBelow } from '../support/paths-below.js';
import { Ailing } from './ailing.js';
import { answerWith, asked } from './closing.js';
import { Keyboard } from './keyboard.js';
import { choose, MainWindow, Onboarding } from './pages.js';
import { Pictures } from './pictures.js';
import { expect, test, within } from './perch.js';

test('the cause that keeps a server from running is named, and each fix works', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const servers = new Ailing(page, sandbox);
  const { banner } = servers;
  const go = page.getByTestId('fix-it-go');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await page.evaluate(() => window.perch.call('settings.update', { alerts: { slowStartMinutes: 1 } }));

  await test.step('each server names its trouble', async () => {
    await sandbox.control({
      do: 'image',
      server: servers.uuidOf('Skyblock'),
      image: 'ghcr.io/pterodactyl/yolks:java_11',
    });
    await servers.ail('Lobby', 'never-up');
    await servers.ail('Survival', 'eula');
    await servers.ail('Skyblock', 'java');
    await servers.ail('Rust Belt', 'steam-account');
  });

  await test.step('the EULA is accepted, by keys alone', async () => {
    await servers.help('Survival', 'eula', /EULA/);
    await expect(page.getByTestId('fix-it-lines')).toContainText('You need to agree to the EULA');
    await new Pictures(perch, page).take('fix-eula');
    await within(30_000, 'the notification says it, too', async () => {
      const told = (await desktop.notifications()).map(({ body }) => body);
      return told.some((body) => body.includes('The Minecraft EULA is not accepted yet.')) || undefined;
    });
    const keys = new Keyboard(page);
    await keys.press('Escape');
    await keys.tabTo(page.getByTestId('fix-it-open'), 'Shift+Tab');
    await keys.press('Enter');
    await keys.tabTo(go);
    await keys.press('Enter');
    await servers.isCured('Survival');
    const written = pathsBelow(sandbox.folder).find(
      (path) => path.includes(servers.uuidOf('Survival')) && path.endsWith('eula.txt'),
    );
    await expect.poll(() => readFileSync(join(sandbox.folder, written ?? ''), 'utf8')).toBe('eula=true');
  });

  await test.step('the image with the right Java is proposed', async () => {
    await servers.help('Skyblock', 'java', /Java 17 or newer/);
    await expect(page.getByTestId('fix-it-image')).toContainText('Java 17 (recommended)');
    // The line that names the fault is the last, and visible without scrolling.
    const shown = (): Promise<{ isLong: boolean; isInSight: boolean }> =>
      page.getByTestId('fix-it-lines').evaluate((box) => {
        const text = box.getBoundingClientRect();
        const last = document.createRange();
        last.selectNodeContents(box);
        const lines = [...last.getClientRects()];
        const end = Math.max(...lines.map(({ bottom }) => bottom));
        const isInSight = end <= text.bottom && end > text.top;
        return { isLong: box.scrollHeight > box.clientHeight, isInSight };
      });
    await expect.poll(shown).toEqual({ isLong: true, isInSight: true });
    await new Pictures(perch, page).take('fix-java');
    await go.click();
    await servers.isCured('Skyblock');
    expect((await servers.serverState('Skyblock')).image).toBe('ghcr.io/pterodactyl/yolks:java_17');
  });

  await test.step('the token for Steam is entered', async () => {
    await servers.help('Rust Belt', 'steam-account', /Steam/);
    await expect(go).toBeDisabled();
    await page.getByTestId('fix-it-token').fill('0123456789ABCDEF0123456789ABCDEF');
    await go.click();
    await servers.isCured('Rust Belt');
    expect((await servers.serverState('Rust Belt')).values['STEAM_ACC']).toBe(
      '0123456789ABCDEF0123456789ABCDEF',
    );
  });

  await test.step('an image that the node does not have is replaced', async () => {
    await servers.ail('Skyblock', 'image');
    await servers.ail('Survival', 'port');
    await servers.ail('Rust Belt', 'steam-disk');
    await servers.help('Skyblock', 'image', /container/);
    await expect(go).toBeDisabled();
    await choose(page.getByTestId('fix-it-image'), 'ghcr.io/pterodactyl/yolks:java_21');
    await go.click();
    await servers.isCured('Skyblock');
    expect((await servers.serverState('Skyblock')).image).toBe('ghcr.io/pterodactyl/yolks:java_21');
  });

  const others: [string, FixKind, RegExp][][] = [
    [
      ['Survival', 'port', /port/],
      ['Rust Belt', 'steam-disk', /Steam update/],
    ],
    [
      ['Survival', 'memory', /out of memory/],
      ['Rust Belt', 'disk', /disk/],
      ['Skyblock', 'processes', /processes/],
    ],
  ];
  for (const [round, ailing] of others.entries()) {
    await test.step('a fix with another start starts the server, and the host gets a text', async () => {
      if (round > 0) for (const [name, kind] of ailing) await servers.ail(name, kind);
      for (const [name, kind, says] of ailing) {
        await servers.help(name, kind, says);
        await page.getByTestId('fix-it-request').click();
        await expect
          .poll(() => perch.app.evaluate(({ clipboard }) => clipboard.readText()))
          .toContain(`Server: ${name}`);
        await go.click();
        await servers.isCured(name);
      }
    });
  }

  await test.step('the crash report is found, and opens at its cause', async () => {
    await servers.ail('Survival', 'ticking-entity');
    const reports = (): string[] =>
      pathsBelow(sandbox.folder).filter((path) => path.endsWith('crash-reports'));
    const written = (): Promise<true | undefined> => Promise.resolve(reports().length > 0 || undefined);
    // After a recent crash the node does not start the server again, and the person does.
    await within(8000, 'a restart by the node', written).catch(() => undefined);
    await within(60_000, 'the crash report', async () => {
      if (reports().length === 0) await servers.start();
      return written();
    });
    await expect(banner).toContainText(/creature or object/, { timeout: 30_000 });
    await expect(banner).toContainText('Ticking entity, caused by java.lang.NullPointerException');
    await expect(banner).toContainText('Suspected: Owls-1.4.jar');
    await new Pictures(perch, page).take('fix-report');
    await page.getByTestId('fix-it-report').click();
    await expect(page.getByTestId('crash-report-cause')).toHaveText('Description: Ticking entity');
    await new Pictures(perch, page).take('crash-report');
    await page.keyboard.press('Escape');
    for (const path of reports()) rmSync(join(sandbox.folder, path), { recursive: true });
    await page.getByTestId('fix-it-open').click();
    await go.click();
    await servers.isCured('Survival');
  });

  await test.step('one that waits for a sign-in leads to the page with its code', async () => {
    await servers.ail('Rust Belt', 'hytale-login');
    await expect(async () => {
      // The node does not start a server again that has crashed several times.
      await servers.start();
      await expect(banner).toContainText('is waiting for a sign-in to Hytale', { timeout: 5000 });
    }).toPass({ timeout: 60_000 });
    await page.getByTestId('fix-it-open').click();
    await new Pictures(perch, page).take('fix-sign-in');
    await answerWith(perch, 'Cancel');
    await page.getByTestId('fix-it-page').click();
    const address = 'https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=PERCH234';
    await expect.poll(async () => (await asked(perch))[0]?.detail).toContain(address);
    await expect(page.getByTestId('fix-it-dialog')).toBeHidden();
  });

  await test.step('a server that never reports its start is killed, or hidden', async () => {
    await main.openServer('Lobby');
    await expect(banner).toContainText('starting for a long time', { timeout: 70_000 });
    await page.getByTestId('fix-it-open').click();
    await page.getByTestId('fix-it-kill').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
    await expect(main.state).toContainText('offline');
    await expect(banner).toBeHidden();
  });
});

test('a missing permission for a fix is named, and the fix works once it is granted', async ({
  sandbox,
  launch,
}) => {
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const servers = new Ailing(page, sandbox);
  const go = page.getByTestId('fix-it-go');
  const blocked = page.getByTestId('fix-it-blocked');
  const may = ['websocket.connect', 'control.console', 'control.start', 'control.restart', 'startup.read'];
  const grant = async (name: string, ...more: readonly string[]): Promise<void> => {
    const permissions = [...may, ...more];
    await sandbox.control({ do: 'permissions', server: servers.uuidOf(name), user: 'subuser', permissions });
  };
  const image = 'ghcr.io/pterodactyl/yolks:java_11';
  await sandbox.control({ do: 'image', server: servers.uuidOf('Skyblock'), image });
  await grant('Survival');
  await grant('Skyblock');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
  await expect(main.fleetRow('Skyblock')).toContainText('running', { timeout: 20_000 });

  const accountId = (await main.fleetRow('Skyblock').getAttribute('data-server'))?.split('/')[0] ?? '';
  /** Permissions arrive with each new token. */
  const askAgain = (name: string): Promise<unknown> =>
    page.evaluate(
      (serverId) => window.perch.call('server.retry', { serverId }),
      `${accountId}/${servers.uuidOf(name)}`,
    );

  const cases: [string, FixKind, RegExp, string][] = [
    ['Survival', 'eula', /EULA/, 'file.create'],
    ['Skyblock', 'java', /Java 17 or newer/, 'startup.docker-image'],
  ];
  for (const [name, kind] of cases) await servers.ail(name, kind);
  for (const [name, kind, says, permission] of cases) {
    await test.step(`${kind} wants ${permission}`, async () => {
      await servers.help(name, kind, says);
      await expect(blocked).toContainText(permission);
      await expect(go).toBeDisabled();
      await grant(name, permission);
      await askAgain(name);
      await expect(blocked).toBeHidden({ timeout: 20_000 });
      await go.click();
      await servers.isCured(name);
    });
  }
});
