/**
 * Limited keys: for several sets of permissions, every control of the windows and the tray menu is read, forbidden
 * controls are pressed anyway, and allowed controls are used.
 */
import type { Page } from '@playwright/test';
import type { PowerState } from '../../bridge/schema/domain.js';
import { gamePid } from '../support/game-process.js';
import {
  consolePlace,
  headSignals,
  palettePlace,
  popoverPlace,
  rowPlace,
  settingsPlace,
  sidebarPlace,
  signals,
  startupPlace,
  trayPlace,
} from './control-places.js';
import { choose, MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test, within } from './perch.js';

interface Looked {
  readonly name: string;
  readonly description: string;
  readonly status: string | null;
  readonly state: PowerState;
  readonly image: string;
  readonly values: Readonly<Record<string, string>>;
  readonly passedOn: readonly string[];
}

/** Requirements of a control: all of these permissions, and one of these states. */
interface Need {
  readonly of: readonly string[];
  readonly when?: readonly PowerState[];
}

const power = {
  start: { of: ['control.start'], when: ['offline'] },
  stop: { of: ['control.stop'], when: ['running'] },
  restart: { of: ['control.restart'] },
  kill: { of: ['control.stop'], when: ['running'] },
} satisfies Record<(typeof signals)[number], Need>;
const inConsole = {
  ...power,
  command: { of: ['control.console'], when: ['running'] },
  // The command history can be read and cleared in any state.
  history: { of: [] },
  live: { of: ['websocket.connect'] },
} satisfies Record<string, Need>;
const variables = ['MINECRAFT_VERSION', 'SERVER_JARFILE', 'DIFFICULTY', 'VIEW_DISTANCE', 'ONLINE_MODE'];
const inStartup = {
  'start command': { of: ['startup.read'] },
  image: { of: ['startup.read', 'startup.docker-image'] },
  ...Object.fromEntries(variables.map((env) => [env, { of: ['startup.read', 'startup.update'] }])),
} satisfies Record<string, Need>;
const inSettings = {
  name: { of: ['settings.rename'] },
  description: { of: ['settings.rename'] },
  reinstall: { of: ['settings.reinstall'] },
} satisfies Record<string, Need>;
const everything = [
  'websocket.connect',
  ...['console', 'start', 'stop', 'restart'].map((what) => `control.${what}`),
  ...['read', 'update', 'docker-image'].map((what) => `startup.${what}`),
  ...['rename', 'reinstall'].map((what) => `settings.${what}`),
];
/** Permissions of the demo's subuser at the start. */
const given = ['websocket.connect', 'control.console', 'control.start', 'startup.read'];
const without = (permission: string): string[] => everything.filter((one) => one !== permission);

/** Expected controls with these permissions in this state. */
function expected(needs: Readonly<Record<string, Need>>, granted: readonly string[], state: PowerState) {
  const entries = Object.entries(needs).map(([name, { of, when }]) => {
    const missing = of.find((permission) => !granted.includes(permission));
    if (missing !== undefined) return [name, { enabled: false, why: expect.stringContaining(missing) }];
    if (when === undefined || when.includes(state)) return [name, { enabled: true, why: '' }];
    return [name, { enabled: false, why: expect.stringContaining(`The server is ${state}`) }];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** The tray hides unavailable actions, and names a missing permission only if the state would allow its action. */
function inTray(granted: readonly string[], state: PowerState) {
  const useful = signals.filter((signal) => {
    const { when }: Need = power[signal];
    return when === undefined || when.includes(state);
  });
  const isMissing = (permission: string): boolean => !granted.includes(permission);
  const missing = [...new Set(useful.flatMap((signal) => power[signal].of.filter(isMissing)))];
  const why: unknown = missing.length === 0 ? '' : expect.stringMatching(missing.join('.*'));
  return { offered: useful.filter((signal) => !power[signal].of.some(isMissing)), why };
}

test('exactly the allowed controls work, and the others name the permission', async ({
  desktop,
  sandbox,
  launch,
}) => {
  test.slow();
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  await new Onboarding(page).connect(sandbox.panel, sandbox.keys.subuser);
  await expect(main.fleetRow('Survival')).toContainText('running', { timeout: 30_000 });
  await expect(main.fleetRow('Creative')).toContainText('offline');
  await desktop.activateTray();
  const popover = await perch.window('popover');
  const names = ['Survival', 'Creative'] as const;
  const ids = new Map<string, string>();
  for (const name of names) {
    ids.set(name, (await main.fleetRow(name).getAttribute('data-server')) ?? '');
  }

  const serverState = async (name: string): Promise<Looked> => {
    const { result } = (await sandbox.control({ do: 'look', server: name })) as { result: Looked };
    return result;
  };
  const uuidOf = (name: string): string => ids.get(name)?.split('/')[1] ?? '';
  const stateIs = async (name: string, state: PowerState): Promise<void> => {
    await expect.poll(async () => (await serverState(name)).state, { timeout: 20_000 }).toBe(state);
  };
  const open = (name: string): Promise<void> => main.openServer(name);

  async function askAgain(name: string): Promise<void> {
    await page.evaluate((serverId) => window.perch.call('server.retry', { serverId }), ids.get(name) ?? '');
  }

  /** Changes permissions as the owner does while Perch runs; retries a refused console with its button. */
  async function grant(permissions: readonly string[]): Promise<void> {
    for (const name of names) {
      await sandbox.control({ do: 'permissions', server: uuidOf(name), user: 'subuser', permissions });
      await askAgain(name);
    }
  }

  /** Checks every control on a running server and on stopped servers. */
  async function walk(granted: readonly string[]): Promise<void> {
    const same = (read: () => Promise<unknown>, expectedPlace: unknown, where: string): Promise<void> =>
      expect.poll(read, { message: where, timeout: 20_000 }).toEqual(expectedPlace);
    for (const name of names) {
      const { state } = await serverState(name);
      const wanted = expected(power, granted, state);
      await open(name);
      await same(() => consolePlace(page), expected(inConsole, granted, state), `console of ${name}`);
      await same(() => palettePlace(page, name), wanted, `palette for ${name}`);
      const quick = state === 'offline' ? 'start' : 'stop';
      const { button, menu } = await rowPlace(page, name);
      expect(menu, `menu of ${name}`).toEqual(wanted);
      expect(button, `row of ${name}`).toEqual({ [quick]: wanted[quick] });
      await same(() => sidebarPlace(page, name), wanted, `sidebar menu of ${name}`);
      await same(() => trayPlace(desktop, name), inTray(granted, state), `tray menu of ${name}`);
      const { start, stop, restart } = wanted;
      await same(() => popoverPlace(popover, name), { start, stop, restart }, `popover row of ${name}`);
    }
    const { state } = await serverState('Creative');
    await open('Creative');
    await same(
      () => startupPlace(page, variables),
      expected(inStartup, granted, state),
      'startup of Creative',
    );
    await same(() => settingsPlace(page), expected(inSettings, granted, state), 'settings of Creative');
  }

  /** A press on a disabled control has no effect. */
  async function pressBlocked(): Promise<void> {
    const before = await Promise.all(names.map(serverState));
    const pid = gamePid(sandbox.folder, uuidOf('Survival'));
    for (const name of names) {
      await open(name);
      for (const signal of headSignals) {
        const button = server.power(signal);
        if ((await button.getAttribute('aria-disabled')) !== 'true') continue;
        await button.click({ force: true });
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await server.power('more').click();
      const kill = page.getByTestId('power-menu-kill');
      if ((await kill.getAttribute('aria-disabled')) === 'true') await kill.click({ force: true });
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
    }
    expect(await Promise.all(names.map(serverState))).toEqual(before);
    expect(gamePid(sandbox.folder, uuidOf('Survival'))).toBe(pid);
  }

  async function round(
    title: string,
    granted: readonly string[],
    use: () => Promise<void> = () => Promise.resolve(),
  ): Promise<void> {
    await test.step(title, async () => {
      if (granted !== given) await grant(granted);
      await walk(granted);
      await pressBlocked();
      await use();
    });
  }

  async function press(signal: (typeof signals)[number], name: string): Promise<void> {
    await open(name);
    await server.tab('Console');
    if (signal === 'kill') await server.kill();
    else await server.power(signal).click();
  }

  /** Without a socket Perch polls the panel, whose cache holds an answer for 20 s unless cleared here. */
  async function seenByPolling(state: PowerState): Promise<void> {
    await sandbox.control({ do: 'fault', server: 'Creative', fault: null });
    await askAgain('Creative');
    await expect(main.state).toContainText(state, { timeout: 45_000 });
  }

  await round('the console may be used, and servers started', given, async () => {
    await press('start', 'Creative');
    await stateIs('Creative', 'running');
    await open('Survival');
    await main.sendCommand('say allowed to speak');
    await expect.poll(() => main.consoleText()).toContain('allowed to speak');
  });

  await round('restarting only', ['websocket.connect', 'control.restart'], async () => {
    const pid = gamePid(sandbox.folder, uuidOf('Creative'));
    await press('restart', 'Creative');
    await within(30_000, 'another process of Creative', async () => {
      const now = gamePid(sandbox.folder, uuidOf('Creative'));
      return (now !== null && now !== pid) || undefined;
    });
    await stateIs('Creative', 'running');
    await expect(main.state).toContainText('running');
  });

  await round('reading the startup', ['websocket.connect', 'startup.read']);

  await round('the Docker image', ['websocket.connect', 'startup.read', 'startup.docker-image'], async () => {
    await server.tab('Startup');
    await page.getByTestId('docker-image').click();
    await page.getByRole('option', { name: 'Java 17' }).click();
    await page.getByTestId('startup-save').click();
    await expect.poll(async () => (await serverState('Creative')).image).toContain('java_17');
    await expect(page.getByTestId('startup-saved')).toBeVisible();
    await expect(page.getByTestId('startup-restart')).toBeHidden();
  });

  await round('renaming only', ['settings.rename'], async () => {
    await rename(page, server, 'Creative Two', 'Flat and quiet');
    await expect
      .poll(async () => {
        const { name, description } = await serverState(uuidOf('Creative'));
        return [name, description];
      })
      .toEqual(['Creative Two', 'Flat and quiet']);
    await rename(page, server, 'Creative', 'Plots for builders.');
    await expect.poll(async () => (await serverState(uuidOf('Creative'))).name).toBe('Creative');
    await expect(main.fleetRow('Creative').or(page.getByRole('heading', { name: 'Creative' }))).toBeVisible();
  });

  await round('everything but the live console', without('websocket.connect'), async () => {
    await press('stop', 'Creative');
    await stateIs('Creative', 'offline');
    expect((await serverState('Creative')).passedOn).toContain('power stop');
    await seenByPolling('offline');
    await open('Survival');
    await main.sendCommand('say by letter');
    await expect
      .poll(async () => (await serverState('Survival')).passedOn)
      .toContain('command say by letter');
  });

  await round('starting only, without a console', ['control.start'], async () => {
    await press('start', 'Creative');
    await stateIs('Creative', 'running');
    expect((await serverState('Creative')).passedOn).toContain('power start');
    await seenByPolling('running');
  });

  await round('nothing at all', []);

  await round('stopping only', ['websocket.connect', 'control.stop'], async () => {
    await expect(main.state).toContainText(/running|offline/);
    await press('stop', 'Creative');
    await stateIs('Creative', 'offline');
    await expect(main.state).toContainText('offline');
  });

  await round('everything but reinstalling', without('settings.reinstall'), async () => {
    await server.tab('Startup');
    await choose(page.getByTestId('variable-DIFFICULTY').getByRole('combobox'), 'hard');
    await page.getByTestId('startup-save').click();
    await expect.poll(async () => (await serverState('Creative')).values['DIFFICULTY']).toBe('hard');
    await press('kill', 'Survival');
    await page.getByRole('dialog').getByRole('button', { name: 'Kill' }).click();
    await stateIs('Survival', 'offline');
    await expect(main.state).toContainText('offline');
  });

  await round('reinstalling only', ['websocket.connect', 'settings.reinstall'], async () => {
    await server.tab('Settings');
    await page.getByTestId('reinstall').click();
    await page.getByTestId('reinstall-confirm-name').fill('Creative');
    await page.getByTestId('reinstall-go').click();
    // The installation lasts two seconds.
    await expect(main.state).toContainText('installing');
    await expect.poll(async () => (await serverState('Creative')).passedOn).toContain('reinstall');
  });
});

async function rename(page: Page, server: ServerWindow, name: string, description: string): Promise<void> {
  await server.tab('Settings');
  await server.name.fill(name);
  await server.description.fill(description);
  await page.getByTestId('settings-save').click();
  await expect(page.getByTestId('settings-saved')).toBeVisible();
}
