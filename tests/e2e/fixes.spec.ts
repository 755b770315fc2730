import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FixKind } from '../../bridge/fix-its/fix-schemas.js';
import { Keyboard } from './keyboard.js';
import { choose, MainWindow, Onboarding, ServerWindow } from './pages.js';
import { Pictures } from './pictures.js';
import { expect, test, within } from './perch.js';

interface Looked {
  state: string;
  image: string;
  values: Record<string, string>;
}

test('what keeps a server from running is named, and each way out of it works', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.setTimeout(240_000);
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  const banner = page.getByTestId('fix-it');
  const go = page.getByTestId('fix-it-go');
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 20_000 });
  await page.evaluate(() => window.perch.call('settings.update', { alerts: { slowStartMinutes: 1 } }));

  const uuidOf = (name: string): string => sandbox.servers.find((each) => each.name === name)?.uuid ?? '';
  const look = async (name: string): Promise<Looked> => {
    const { result } = (await sandbox.control({ do: 'look', server: uuidOf(name) })) as { result: Looked };
    return result;
  };
  /** From its next start on, the server suffers from this. */
  async function ail(name: string, kind: FixKind): Promise<void> {
    await main.openServer(name);
    await expect(main.state).toContainText('running', { timeout: 20_000 });
    await main.sendCommand(`ail ${kind}`);
    await expect(main.state).not.toContainText('running');
  }
  /** What it suffers from is told, once the node, or the person, has started it again; then the help is open. */
  async function help(name: string, kind: FixKind, says: RegExp): Promise<void> {
    await main.openServer(name);
    await within(45_000, `the help for ${name}`, async () => {
      const { state } = await look(name);
      // The node was allowed to start it once more, a minute after it last did, and that start went well.
      if (state === 'running' && (await main.state.innerText()).includes('running')) await ail(name, kind);
      if (state !== 'offline') return undefined;
      if (await banner.isVisible()) return true;
      const start = server.power('start');
      if (await start.isEnabled()) await start.click();
      return undefined;
    });
    await expect(banner).toContainText(says);
    await page.getByTestId('fix-it-open').click();
  }
  async function isCured(name: string): Promise<void> {
    await expect.poll(async () => (await look(name)).state, { timeout: 30_000 }).toBe('running');
    await expect(main.state).toContainText('running');
    await expect(banner).toBeHidden();
  }

  await test.step('each of them says what it is', async () => {
    await sandbox.control({
      do: 'image',
      server: uuidOf('Skyblock'),
      image: 'ghcr.io/pterodactyl/yolks:java_11',
    });
    await ail('Lobby', 'never-up');
    await ail('Survival', 'eula');
    await ail('Skyblock', 'java');
    await ail('Rust Belt', 'steam-account');
  });

  await test.step('the EULA is accepted, by keys alone', async () => {
    await help('Survival', 'eula', /EULA/);
    await expect(page.getByTestId('fix-it-lines')).toContainText('You need to agree to the EULA');
    await new Pictures(perch, page).take('fix-eula');
    await within(10_000, 'the notification says it, too', async () => {
      const told = (await desktop.notifications()).map(({ body }) => body);
      return told.some((body) => body.includes('The Minecraft EULA has not been accepted.')) || undefined;
    });
    const keys = new Keyboard(page);
    await keys.press('Escape');
    await keys.tabTo(page.getByTestId('fix-it-open'), 'Shift+Tab');
    await keys.press('Enter');
    await keys.tabTo(go);
    await keys.press('Enter');
    await isCured('Survival');
    const written = readdirSync(sandbox.folder, { recursive: true, encoding: 'utf8' }).find(
      (path) => path.includes(uuidOf('Survival')) && path.endsWith('eula.txt'),
    );
    expect(readFileSync(join(sandbox.folder, written ?? ''), 'utf8')).toBe('eula=true');
  });

  await test.step('the image with the right Java is proposed', async () => {
    await help('Skyblock', 'java', /Java 17 or newer/);
    await expect(page.getByTestId('fix-it-image')).toContainText('Java 17 (recommended)');
    await new Pictures(perch, page).take('fix-java');
    await go.click();
    await isCured('Skyblock');
    expect((await look('Skyblock')).image).toBe('ghcr.io/pterodactyl/yolks:java_17');
  });

  await test.step('the token for Steam is entered', async () => {
    await help('Rust Belt', 'steam-account', /Steam/);
    await expect(go).toBeDisabled();
    await page.getByTestId('fix-it-token').fill('0123456789ABCDEF0123456789ABCDEF');
    await go.click();
    await isCured('Rust Belt');
    expect((await look('Rust Belt')).values['STEAM_ACC']).toBe('0123456789ABCDEF0123456789ABCDEF');
  });

  await test.step('an image that the node does not have is replaced', async () => {
    await ail('Skyblock', 'image');
    await ail('Survival', 'port');
    await ail('Rust Belt', 'steam-disk');
    await help('Skyblock', 'image', /container/);
    await expect(go).toBeDisabled();
    await choose(page.getByTestId('fix-it-image'), 'ghcr.io/pterodactyl/yolks:java_21');
    await go.click();
    await isCured('Skyblock');
    expect((await look('Skyblock')).image).toBe('ghcr.io/pterodactyl/yolks:java_21');
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
    await test.step('what needs another start gets it, and the host a text', async () => {
      if (round > 0) for (const [name, kind] of ailing) await ail(name, kind);
      for (const [name, kind, says] of ailing) {
        await help(name, kind, says);
        await page.getByTestId('fix-it-request').click();
        const text = await perch.app.evaluate(({ clipboard }) => clipboard.readText());
        expect(text).toContain(`Server: ${name}`);
        await go.click();
        await isCured(name);
      }
    });
  }

  await test.step('one that never says that it is up is killed, or hidden', async () => {
    await main.openServer('Lobby');
    await expect(banner).toContainText('starting for a long time', { timeout: 70_000 });
    await page.getByTestId('fix-it-open').click();
    await page.getByTestId('fix-it-kill').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
    await expect(main.state).toContainText('offline');
    await expect(banner).toBeHidden();
  });
});
