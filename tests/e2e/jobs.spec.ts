/**
 * Keys and clicks that common jobs take, counted while they are done, without the letters of typed text. The printed
 * table measures changes to the window's navigation.
 */
import type { Locator, Page } from '@playwright/test';
import type { SandboxProcess } from '../support/sandbox-process.js';
import { MainWindow, Onboarding } from './pages.js';
import { callPressed, expect, isRunning, test } from './perch.js';

/** Counts a person's keys and clicks, without the letters of a text. */
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

/** Finished jobs and their counts. */
class Jobs {
  readonly #done: Job[] = [];

  async do(
    page: Page,
    { job, counts, atMost }: Omit<Job, 'took'>,
    act: (person: Counted) => Promise<void>,
  ): Promise<void> {
    await test.step(job, async () => {
      const person = new Counted(page);
      await act(person);
      this.#done.push({ job, counts, atMost, took: person[counts] });
    });
  }

  check(): void {
    console.table(this.#done);
    for (const { job, took, atMost } of this.#done) expect(took, job).toBeLessThanOrEqual(atMost);
  }
}

interface Listed {
  readonly data: readonly {
    readonly attributes: { readonly identifier: string; readonly status: unknown };
  }[];
}

const listOf = async (sandbox: SandboxProcess): Promise<Listed['data']> =>
  ((await sandbox.ask('/api/client?per_page=100')) as Listed).data;

const rowOf = (page: Page, name: string): Locator =>
  page.getByTestId('fleet-row').filter({ has: page.getByText(name, { exact: true }) });

/** The console takes typed text without a click. */
async function isReady(page: Page, person: Counted): Promise<void> {
  const input = page.getByTestId('command-input');
  await expect(input).toBeEnabled({ timeout: 30_000 });
  await expect(new MainWindow(page).state).toContainText('running', { timeout: 40_000 });
  await person.type('say ready');
  await expect(input).toHaveValue('say ready');
}

test.describe('with forty servers', () => {
  test.use({ sandboxFlags: ['--servers', '31'] });

  test('the usual jobs take few keys and clicks', async ({ sandbox, launch }) => {
    await isRunning(sandbox, 'Lobby');
    // Both renamed servers get names that sort first: a server that needs no attention, and the only server whose
    // installation failed.
    const [unfinished, ...more] = (await listOf(sandbox)).filter(
      ({ attributes }) => attributes.status === 'install_failed',
    );
    expect(more).toEqual([]);
    await sandbox.control({ do: 'edit', server: 'Event Arena', name: 'Aardvark' });
    await sandbox.control({
      do: 'edit',
      server: unfinished?.attributes.identifier,
      name: 'Abbey',
      description: '',
    });
    const perch = await launch();
    const page = await perch.window('main');
    const main = new MainWindow(page);
    const input = page.getByTestId('command-input');
    const palette = page.getByTestId('palette');
    const row = (name: string): Locator => rowOf(page, name);
    const title = (name: string): Locator => page.getByRole('heading', { level: 1, name, exact: true });
    const allServers = page.getByRole('button', { name: 'All servers' });
    const jobs = new Jobs();

    await new Onboarding(page).connect(sandbox.panel, sandbox.keys.owner);
    await expect(page.getByTestId('fleet-row').first()).toBeVisible({ timeout: 30_000 });
    // The topmost panel, so that its servers are visible among forty.
    const panel = ((await page.getByTestId('fleet-row').first().getAttribute('data-key')) ?? '').split(
      '/',
    )[0];
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

    await jobs.do(
      page,
      { job: 'say hi after opening a server by key', counts: 'tabs', atMost: 0 },
      async (person) => {
        await person.press('/');
        await person.type('lobby night');
        await person.press('ArrowDown', 'Enter');
        await expect(title('Lobby')).toBeVisible();
        await expect(input).toBeEnabled();
        await expect(input).toBeFocused();
        await person.type('say hi');
        await person.press('Enter');
        await expect.poll(() => main.consoleText()).toContain('hi');
      },
    );

    const searches: readonly [string, string, string][] = [
      ['address', address, 'Lobby'],
      ['uuid', lobby?.uuid ?? '', 'Lobby'],
      ['panel link', `${sandbox.panel}/server/${lobby?.identifier ?? ''}/console`, 'Lobby'],
      ['state', 'install failed', 'Abbey'],
      ['group', '#night', 'Lobby'],
    ];
    for (const [what, text, name] of searches) {
      await allServers.click();
      await jobs.do(page, { job: `find a server by ${what}`, counts: 'keys', atMost: 4 }, async (person) => {
        await person.press('Control+k');
        await expect(palette).toBeVisible();
        await person.type(text);
        await person.press('Enter');
        await expect(palette).toBeHidden();
        if (what === 'group') {
          await expect(row(name)).toBeFocused();
          await person.press('Enter');
        }
        await expect(title(name)).toBeVisible();
      });
    }

    await allServers.click();
    await page.getByTestId('fleet-filter').fill('');
    // The server crashes while it is not shown, and its node restarts it.
    const crash = (serverId: string): Promise<unknown> =>
      callPressed(page, 'command.send', { serverId, command: 'crash' });
    await crash(idOf(lobby));
    await expect(row('Lobby')).toContainText(/crashed|starting again/, { timeout: 20_000 });
    await expect(row('Lobby')).toContainText('running', { timeout: 40_000 });

    await jobs.do(
      page,
      { job: 'find the trouble among 40, which runs again', counts: 'clicks', atMost: 1 },
      async (person) => {
        await person.click(page.getByTestId('sidebar-attention'));
        await expect(row('Lobby')).toBeVisible();
        await expect(row('Creative')).toBeHidden();
      },
    );

    await allServers.click();
    await jobs.do(
      page,
      { job: 'next server in need of attention', counts: 'keys', atMost: 3 },
      async (person) => {
        await person.press('F8');
        await expect(title('Abbey')).toBeVisible();
      },
    );

    await allServers.click();
    await expect(row('Creative')).toContainText('offline');
    await jobs.do(
      page,
      { job: 'from offline to a console that is ready', counts: 'clicks', atMost: 2 },
      async (person) => {
        await person.click(row('Creative').locator('.name'));
        await person.click(page.getByTestId('power-start'));
        await isReady(page, person);
      },
    );
    jobs.check();
  });
});

test('a cold Perch reaches the console of the only server with few clicks', async ({ sandbox, launch }) => {
  for (const { name, uuid } of sandbox.servers) {
    if (name !== 'Creative') await sandbox.control({ do: 'remove-server', server: uuid });
  }
  expect(await listOf(sandbox)).toHaveLength(1);
  const jobs = new Jobs();

  const first = await launch();
  const page = await first.window('main');
  const onboarding = new Onboarding(page);
  await expect(onboarding.url).toBeFocused();
  await jobs.do(page, { job: 'new Perch to console ready', counts: 'clicks', atMost: 3 }, async (person) => {
    await person.type(sandbox.panel);
    await person.click(onboarding.key);
    await person.type(sandbox.keys.owner);
    await person.click(page.getByTestId('connect'));
    await person.click(page.getByTestId('power-start'));
    await isReady(page, person);
  });

  // Closed on the table, and then on the server itself.
  await page.getByRole('button', { name: 'All servers' }).click();
  await first.quit();
  const second = await launch();
  const table = await second.window('main');
  await jobs.do(table, { job: 'cold to console ready', counts: 'clicks', atMost: 0 }, (person) =>
    isReady(table, person),
  );
  await second.quit();
  const server = await (await launch()).window('main');
  await jobs.do(server, { job: 'cold to the same console', counts: 'clicks', atMost: 0 }, (person) =>
    isReady(server, person),
  );
  jobs.check();
});
