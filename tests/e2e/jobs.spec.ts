/**
 * How many keys and clicks the usual jobs take, counted while they are done: keys beyond the text that is typed. The table
 * that it prints is what a change of the ways through the window is measured by.
 */
import type { Locator, Page } from '@playwright/test';
import { MainWindow, Onboarding } from './pages.js';
import { expect, isRunning, test } from './perch.js';

test.use({ sandboxFlags: ['--servers', '31'] });

/** A person of whom every key and click is counted, but for the letters of a text. */
class Counted {
  keys = 0;
  clicks = 0;
  tabs = 0;
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      this.keys += 1;
      if (key === 'Tab') this.tabs += 1;
      await this.#page.keyboard.press(key);
    }
  }

  async type(text: string): Promise<void> {
    await this.#page.keyboard.type(text);
  }

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
}

interface Job {
  readonly job: string;
  readonly counts: 'keys' | 'clicks' | 'tabs';
  readonly atMost: number;
  readonly took: number;
}

test('the usual jobs take few keys and clicks', async ({ sandbox, launch }) => {
  test.setTimeout(180_000);
  await isRunning(sandbox, 'Lobby');
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const input = page.getByTestId('command-input');
  const palette = page.getByTestId('palette');
  const row = (name: string): Locator =>
    page.getByTestId('fleet-row').filter({ has: page.getByText(name, { exact: true }) });
  const title = (name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true });
  const allServers = page.getByRole('button', { name: 'All servers' });
  const done: Job[] = [];

  async function job(
    name: string,
    counts: Job['counts'],
    atMost: number,
    act: (person: Counted) => Promise<void>,
  ): Promise<void> {
    await test.step(name, async () => {
      const person = new Counted(page);
      await act(person);
      done.push({ job: name, counts, atMost, took: person[counts] });
    });
  }

  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
  await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 30_000 });
  // On top, where they are in sight among forty.
  const panel = ((await page.getByTestId('fleet-row').first().getAttribute('data-key')) ?? '').split('/')[0];
  const of = (name: string) => sandbox.servers.find((server) => server.name === name);
  const [lobby, survival, creative] = ['Lobby', 'Survival', 'Creative'].map((name) => of(name));
  const idOf = (server: typeof lobby): string => `${panel ?? ''}/${server?.uuid ?? ''}`;
  await page.evaluate(
    ([id, ...pins]) => {
      const groups = [{ id: 'night', name: 'Night shift', isCollapsed: false, serverIds: [id] }];
      return window.perch.call('settings.update', { pins, groups });
    },
    [idOf(lobby), idOf(survival), idOf(creative)],
  );
  await expect(row('Lobby')).toContainText('running', { timeout: 30_000 });
  await expect(row('Survival')).toContainText('running', { timeout: 30_000 });
  const address = (await row('Lobby').locator('.address').textContent())?.trim() ?? '';

  await job('say hi after opening a server by key', 'tabs', 0, async (person) => {
    await person.press('/');
    await person.type('lobby night');
    await person.press('ArrowDown', 'Enter');
    await expect(title('Lobby')).toBeVisible();
    await expect(input).toBeEnabled();
    for (let stops = 0; stops < 60; stops += 1) {
      if (await input.evaluate((line) => line === document.activeElement)) break;
      await person.press('Tab');
    }
    await person.type('say hi');
    await person.press('Enter');
    await expect.poll(() => main.consoleText()).toContain('hi');
  });

  const searches: readonly [string, string][] = [
    ['address', address],
    ['uuid', lobby?.uuid ?? ''],
    ['panel link', `${sandbox.panel}/server/${lobby?.identifier ?? ''}/console`],
    ['state', 'running lobb'],
    ['group', '#night'],
  ];
  for (const [what, text] of searches) {
    await allServers.click();
    await job(`find a server by ${what}`, 'keys', 4, async (person) => {
      await person.press('Control+k');
      await expect(palette).toBeVisible();
      await person.type(text);
      await person.press('Enter');
      await expect(palette).toBeHidden();
      if (what === 'group') {
        await expect(row('Lobby')).toBeFocused();
        await person.press('Enter');
      }
      await expect(title('Lobby')).toBeVisible();
    });
  }

  await allServers.click();
  await page.getByTestId('fleet-filter').fill('');
  // Nobody looks at it while it crashes, and its node starts it again.
  const crash = (serverId: string): Promise<unknown> =>
    page.evaluate((id) => window.perch.call('command.send', { serverId: id, command: 'crash' }), serverId);
  await crash(idOf(lobby));
  await expect(row('Lobby')).toContainText(/crashed|starting again/, { timeout: 20_000 });
  await expect(row('Lobby')).toContainText('running', { timeout: 40_000 });

  await job('find the trouble among 40, which runs again', 'clicks', 1, async (person) => {
    await person.click(page.getByTestId('sidebar-attention'));
    await expect(row('Lobby')).toBeVisible();
    await expect(row('Creative')).toBeHidden();
  });

  await allServers.click();
  await job('next server in need of attention', 'keys', 3, async (person) => {
    await person.press('F8');
    await expect(page.getByTestId('server-view')).toBeVisible();
    await expect(title('All servers')).toBeHidden();
  });

  await allServers.click();
  await expect(row('Creative')).toContainText('offline');
  await job('from offline to a console that is ready', 'clicks', 2, async (person) => {
    await person.click(row('Creative').locator('.name'));
    await person.click(page.getByTestId('power-start'));
    await expect(input).toBeEnabled({ timeout: 30_000 });
    await expect(main.state).toContainText('running', { timeout: 40_000 });
    await person.type('say ready');
    await expect(input).toHaveValue('say ready');
  });

  console.table(done);
  for (const { job: name, took, atMost } of done) expect(took, name).toBeLessThanOrEqual(atMost);
});
