/** A whole day's work without a mouse; results are read back from the sandbox. */
import { FleetByKeyboard, Keyboard } from './keyboard.js';
import { MainWindow, Onboarding, ServerWindow } from './pages.js';
import { expect, test } from './perch.js';

interface Looked {
  readonly name: string;
  readonly description: string;
  readonly status: string | null;
  readonly state: string;
  readonly image: string;
  readonly values: Readonly<Record<string, string>>;
  readonly passedOn: readonly string[];
}

test('all views work by keyboard alone', async ({ sandbox, launch }) => {
  test.slow();
  const creative = sandbox.servers.find(({ name }) => name === 'Creative')?.uuid ?? '';
  const serverState = async (server: string): Promise<Looked> => {
    const { result } = (await sandbox.control({ do: 'look', server })) as { result: Looked };
    return result;
  };
  const allAre = (names: readonly string[], state: string): Promise<void> =>
    expect
      .poll(async () => Promise.all(names.map(async (name) => (await serverState(name)).state)), {
        timeout: 30_000,
      })
      .toEqual(names.map(() => state));
  const perch = await launch();
  const page = await perch.window('main');
  const main = new MainWindow(page);
  const server = new ServerWindow(page);
  const keys = new Keyboard(page);
  const fleet = new FleetByKeyboard(page, keys);
  const dialog = page.getByRole('dialog');
  const input = page.getByTestId('command-input');

  await test.step('a panel is connected', async () => {
    await expect(new Onboarding(page).url).toBeFocused();
    await keys.type(sandbox.panel);
    // The help about API keys is reachable on the way.
    await keys.tabTo(new Onboarding(page).key);
    await keys.type(sandbox.keys.owner);
    await keys.press('Enter');
    for (const name of ['Lobby', 'Skyblock', 'Survival']) {
      await expect(main.fleetRow(name)).toContainText('running', { timeout: 30_000 });
    }
  });

  await test.step('the filter, and from it into the table', async () => {
    const filter = page.getByTestId('fleet-filter');
    await keys.press('/');
    await expect(filter).toBeFocused();
    await expect.poll(() => keys.ringShows()).toBe(true);
    await keys.type('lobb');
    await expect(page.getByTestId('fleet-row')).toHaveCount(1);
    await keys.press('Escape');
    await expect(filter).toHaveValue('');
    await expect(filter).toBeFocused();
    await fleet.goTo(fleet.row('Lobby'));
    await expect.poll(() => keys.ringShows()).toBe(true);
  });

  await test.step('the sidebar is made wider and a rail, and that is gone through', async () => {
    const edge = page.getByRole('separator', { name: 'Width of the sidebar' });
    await keys.tabTo(edge, 'Shift+Tab');
    await keys.press('ArrowRight');
    await expect(edge).toHaveAttribute('aria-valuenow', '264');
    await keys.press('Enter');
    const rail = page.getByTestId('rail');
    await keys.tabTo(rail.getByTestId('rail-section').last(), 'Shift+Tab');
    await keys.press('Home');
    await expect(rail.getByTestId('rail-attention')).toBeFocused();
    await keys.arrowTo(rail.getByRole('button', { name: 'All servers' }), 'ArrowDown');
    await expect.poll(() => keys.ringShows()).toBe(true);
    await keys.press('Control+b');
    await expect(rail).toBeHidden();
    await expect(page.getByTestId('sidebar-toggle')).toBeFocused();
    await fleet.goTo(fleet.row('Lobby'));
  });

  const several = ['Lobby', 'Skyblock', 'Survival'];
  await test.step('several are stopped together, and started again', async () => {
    for (const name of several) {
      await keys.arrowTo(fleet.row(name), 'ArrowDown');
      await keys.press(' ');
    }
    await expect(page.getByTestId('bulk-bar')).toContainText('3 selected');
    await keys.tabTo(page.getByTestId('bulk-stop'));
    await keys.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await keys.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByTestId('bulk-stop')).toBeFocused();
    await keys.press('Enter');
    await keys.tabTo(page.getByTestId('bulk-pause'), 'Shift+Tab');
    await keys.replace('0');
    await keys.tabTo(page.getByTestId('bulk-go'));
    await keys.press('Enter');
    const progress = page.getByTestId('bulk-progress');
    await expect(progress).toContainText('Stopped 3 servers', { timeout: 30_000 });
    await allAre(several, 'offline');
    await keys.tabTo(progress.getByRole('button').first());
    await keys.press('Enter');
    await expect(page.getByTestId('bulk-item')).toHaveCount(3);
    await keys.tabTo(page.getByTestId('bulk-dismiss'));
    await keys.press('Enter');
    await expect(progress).toBeHidden();
    await keys.tabTo(page.getByTestId('start-again'));
    await keys.press('Enter');
    await keys.tabTo(page.getByTestId('bulk-go'));
    await keys.press('Enter');
    await allAre(several, 'running');
  });

  await test.step('all are selected, and none again', async () => {
    await fleet.goTo(fleet.row('Creative'));
    await keys.press('Control+a');
    await expect(page.getByTestId('bulk-bar')).toContainText('9 selected');
    await keys.press('Escape');
    await expect(page.getByTestId('bulk-bar')).toBeHidden();
  });

  let order: string[] = [];
  await test.step('pins and groups, in an order of their own', async () => {
    await fleet.openMenu(fleet.row('Survival'), 'Shift+F10');
    await keys.press('Escape');
    await expect(fleet.menu).toBeHidden();
    await expect(fleet.row('Survival')).toBeFocused();
    for (const name of ['Survival', 'Lobby']) {
      await fleet.openMenu(fleet.row(name), 'ContextMenu');
      await fleet.choose('Pin');
      await expect(fleet.row(name)).toBeFocused();
    }
    await keys.press('Alt+ArrowUp');
    await expect(fleet.row('Lobby')).toBeFocused();
    for (const [name, group] of [
      ['Creative', 'Building'],
      ['Longhouse', 'Vikings'],
    ] as const) {
      await fleet.openMenu(fleet.row(name), 'Shift+F10');
      await keys.arrowTo(fleet.menu.getByRole('menuitem', { name: 'Move to group' }), 'ArrowDown');
      await keys.press('ArrowRight');
      await fleet.choose('New group…');
      await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
      await keys.type(group);
      await keys.press('Enter');
      await expect(fleet.section(group)).toBeVisible();
    }
    await fleet.openMenu(fleet.row('Rust Belt'), 'Shift+F10');
    await fleet.choose('Move to group');
    await fleet.choose('Vikings');
    await expect(fleet.row('Rust Belt')).toBeFocused();
    await keys.press('Alt+ArrowUp');
    await fleet.goTo(fleet.section('Vikings'));
    await keys.press('Alt+ArrowUp');
    for (const [act, isExpanded] of [
      ['Collapse', 'false'],
      ['Expand', 'true'],
    ] as const) {
      await fleet.openMenu(fleet.section('Vikings'), 'Shift+F10');
      await fleet.choose(act);
      await expect(fleet.section('Vikings')).toHaveAttribute('aria-expanded', isExpanded);
    }
    await fleet.goTo(fleet.row('Longhouse'));
    await keys.press('ArrowLeft');
    await expect(fleet.section('Vikings')).toBeFocused();
    for (const [key, isExpanded] of [
      ['ArrowLeft', 'false'],
      ['ArrowRight', 'true'],
    ] as const) {
      await keys.press(key);
      await expect(fleet.section('Vikings')).toHaveAttribute('aria-expanded', isExpanded);
      await expect(fleet.section('Vikings')).toBeFocused();
    }
    await expect
      .poll(async () => (await fleet.order()).slice(0, 8))
      .toEqual([
        ...['Pinned', 'Lobby', 'Survival'],
        ...['Vikings', 'Rust Belt', 'Longhouse'],
        ...['Building', 'Creative'],
      ]);
    order = await fleet.order();
  });

  await test.step('a server is opened and started, and its tabs are gone through', async () => {
    await fleet.goTo(fleet.row('Creative'));
    await keys.press('Enter');
    await expect(page.getByRole('heading', { name: 'Creative', level: 1 })).toBeVisible();
    await keys.tabTo(server.power('start'));
    await keys.press('Enter');
    await allAre([creative], 'running');
    await expect(main.state).toContainText('running');
    await keys.tabTo(page.getByTestId('sftp-details'));
    await keys.press('Enter');
    await expect(page.getByRole('dialog', { name: 'SFTP details' })).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByRole('dialog', { name: 'SFTP details' })).toBeHidden();
    await expect(page.getByTestId('sftp-details')).toBeFocused();
    await keys.tabTo(page.getByRole('tab', { name: 'Console' }));
    for (const [key, name] of [
      ['ArrowRight', 'Players'],
      ['ArrowRight', 'Files'],
      ['ArrowRight', 'Events'],
      ['ArrowRight', 'Backups'],
      ['ArrowRight', 'Schedules'],
      ['ArrowRight', 'Network'],
      ['ArrowRight', 'Databases'],
      ['ArrowRight', 'People'],
      ['ArrowRight', 'Startup'],
      ['ArrowRight', 'Settings'],
      ['Home', 'Console'],
    ] as const) {
      await keys.press(key);
      await expect(page.getByRole('tab', { name })).toBeFocused();
      await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
    }
  });

  await test.step('commands, earlier commands, and snippets', async () => {
    await expect(input).toBeEnabled();
    await keys.tabTo(input);
    for (const command of ['say first thing', 'say second thing']) {
      await keys.type(command);
      await keys.press('Enter');
      await expect(input).toHaveValue('');
    }
    await expect.poll(() => main.consoleText()).toContain('second thing');
    await keys.press('ArrowUp', 'ArrowUp');
    await expect(input).toHaveValue('say first thing');
    await keys.press('ArrowDown', 'ArrowDown');
    await expect(input).toHaveValue('');
    await keys.press('Control+r');
    await expect(page.getByTestId('history-search').getByRole('combobox')).toBeFocused();
    await keys.press('Escape');
    await expect(page.getByTestId('history-search')).toBeHidden();
    await expect(input).toBeFocused();
    await keys.press('Control+r');
    await expect(page.getByTestId('history-search').getByRole('combobox')).toBeFocused();
    await keys.type('first');
    await keys.press('Enter');
    await expect(input).toHaveValue('say first thing');
    await keys.replace('say from a snippet');
    await keys.tabTo(page.getByTestId('snippets'));
    await keys.press('Enter');
    await keys.tabTo(page.getByRole('button', { name: 'Save this command' }));
    await keys.press('Enter');
    await expect(dialog.getByLabel('Name of snippet 1')).toBeFocused();
    await keys.type('Greeting');
    await keys.tabTo(dialog.getByRole('button', { name: 'Save' }));
    await keys.press('Enter');
    await expect(input).toBeFocused();
    await keys.press('Control+a', 'Delete');
    await keys.type('!gree');
    await keys.press('Enter');
    await expect(input).toHaveValue('say from a snippet');
    await keys.press('Enter');
    await expect.poll(() => main.consoleText()).toContain('from a snippet');
  });

  await test.step('the console is searched, and gone into', async () => {
    await keys.press('Control+f');
    await keys.type('thing');
    await expect(page.getByTestId('console-search-count')).toContainText(/\d+ of \d+/);
    await keys.press('Enter', 'Shift+Enter', 'Escape');
    await expect(page.getByTestId('console-search')).toBeHidden();
    await expect(input).toBeFocused();
    await keys.press('F6');
    await expect(page.getByTestId('console').getByRole('textbox')).toBeFocused();
    await keys.press('F6');
    await expect(input).toBeFocused();
  });

  await test.step('startup: a list, a switch, a number, and the image', async () => {
    await keys.tabTo(page.getByRole('tab', { name: 'Console' }), 'Shift+Tab');
    await keys.press('End', 'ArrowLeft');
    const control = (env: string) => page.getByTestId(`variable-${env}`).locator('input, [role=combobox]');
    const { image } = await serverState(creative);
    await keys.tabTo(page.getByTestId('docker-image'));
    await keys.press('ArrowDown', 'ArrowDown', 'Enter');
    await keys.tabTo(control('DIFFICULTY'));
    await keys.press('h');
    await keys.tabTo(control('VIEW_DISTANCE'));
    await keys.replace('100');
    await expect(page.getByTestId('variable-VIEW_DISTANCE-problem')).toBeVisible();
    await keys.replace('12');
    await keys.press('ArrowUp');
    await expect(page.getByTestId('variable-VIEW_DISTANCE-problem')).toBeHidden();
    await keys.tabTo(control('ONLINE_MODE'));
    await keys.press(' ');
    await keys.tabTo(server.startupSave);
    await keys.press('Enter');
    await expect(page.getByTestId('startup-saved')).toBeVisible();
    const now = await serverState(creative);
    expect(now.values).toMatchObject({ DIFFICULTY: 'hard', VIEW_DISTANCE: '13', ONLINE_MODE: '0' });
    expect(now.image).not.toBe(image);
  });

  await test.step('settings: name, description, and a reinstallation', async () => {
    await keys.tabTo(page.getByRole('tab', { name: 'Startup' }), 'Shift+Tab');
    await keys.press('ArrowRight');
    await keys.tabTo(server.name);
    await keys.replace('Creative Two');
    await keys.tabTo(server.description);
    await keys.replace('Flat and quiet');
    await keys.tabTo(page.getByTestId('settings-save'));
    await keys.press('Enter');
    await expect(page.getByTestId('settings-saved')).toBeVisible();
    expect(await serverState(creative)).toMatchObject({
      name: 'Creative Two',
      description: 'Flat and quiet',
    });
    await keys.tabTo(page.getByTestId('reinstall'));
    await keys.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await keys.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(page.getByTestId('reinstall')).toBeFocused();
    await keys.press('Enter');
    await keys.tabTo(page.getByTestId('reinstall-confirm-name'), 'Shift+Tab');
    await keys.type('Creative Two');
    await keys.press('Enter');
    await expect(dialog).toBeHidden();
    // The installation lasts two seconds.
    await expect(main.state).toContainText('installing');
    await expect.poll(async () => (await serverState(creative)).passedOn).toContain('reinstall');
    await expect.poll(async () => (await serverState(creative)).status, { timeout: 30_000 }).toBeNull();
  });

  await test.step('the palette', async () => {
    await keys.tabTo(server.power('more'), 'Shift+Tab');
    await keys.press('Control+k');
    await expect(page.getByTestId('palette')).toBeVisible();
    await keys.press('Escape');
    await expect(page.getByTestId('palette')).toBeHidden();
    await expect(server.power('more')).toBeFocused();
    await keys.press('Control+k');
    await keys.type('kill lobby');
    await keys.press('Enter');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    await keys.press('Escape');
    await expect(dialog).toBeHidden();
    await expect(server.power('more')).toBeFocused();
    await keys.press('Control+k');
    await keys.type('stop surv');
    await keys.press('Enter');
    await allAre(['Survival'], 'offline');
    expect((await serverState('Lobby')).state).toBe('running');
    await keys.press('Control+k');
    await keys.type('all servers');
    await keys.press('Enter');
    await expect(page.getByRole('heading', { name: 'All servers' })).toBeVisible();
  });

  await test.step('pins and groups are there again after a restart', async () => {
    await perch.quit();
    const again = await (await launch()).window('main');
    const fleetAgain = new FleetByKeyboard(again, new Keyboard(again));
    await expect(fleetAgain.row('Lobby')).toContainText('running', { timeout: 30_000 });
    await expect
      .poll(() => fleetAgain.order())
      .toEqual(order.map((name) => (name === 'Creative' ? 'Creative Two' : name)));
  });
});
