import { describe, expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/fleet/changes.js';
import { settingsSchema } from '../../../bridge/schema/settings.js';
import { PerchError } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import type { SettingsUpdate } from '../../disk/settings.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { aRunningBackup } from '../../../tests/support/fake-backups.js';
import { MenuActions, type MenuActionDeps } from './menu-actions.js';

const account = anAccount();
const server = aServer({ id: 'home/1', power: 'running' });
const state = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account },
  { kind: 'server-upserted', server },
]);

function setUp(agrees = true) {
  const settings = {
    current: settingsSchema.parse({}),
    update: vi.fn((change: SettingsUpdate) => {
      const fields = typeof change === 'function' ? change(settings.current) : change;
      settings.current = settingsSchema.parse({ ...settings.current, ...fields });
      return Promise.resolve(settings.current);
    }),
  };
  const deps = {
    actions: {
      'power.send': vi.fn(() => Promise.resolve()),
      'backups.create': vi.fn(() => Promise.resolve(aRunningBackup('b1'))),
    },
    quiet: { bringBack: vi.fn() },
    store: { state },
    settings,
    clock: { wall: () => 1000 },
    dialogs: { ask: vi.fn(() => Promise.resolve(agrees)) },
    browser: { openPanel: vi.fn(() => Promise.resolve()) },
    notifications: { tell: vi.fn() },
    openMain: vi.fn(),
    openPalette: vi.fn(),
    openDeveloperTools: vi.fn(),
    restart: vi.fn(() => Promise.resolve()),
    quit: vi.fn(),
    log: { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() },
  } satisfies MenuActionDeps;
  return { deps, menu: new MenuActions(deps) };
}

describe('MenuActions', () => {
  it('sends a signal without asking', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'power', serverId: 'home/1', signal: 'stop' });
    expect(deps.dialogs.ask).not.toHaveBeenCalled();
    expect(deps.actions['power.send']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      signal: 'stop',
    });
  });

  it('names the panel in the question if the name is not unique', async () => {
    const { deps, menu } = setUp();
    const twin = aServer({ id: 'home/2', identifier: '22222222', power: 'running' });
    const store = { state: applyChanges(state, [{ kind: 'server-upserted', server: twin }]) };
    await new MenuActions({ ...deps, store }).run({ kind: 'power', serverId: 'home/2', signal: 'kill' });
    await menu.run({ kind: 'power', serverId: 'home/1', signal: 'kill' });
    const asking = (message: string): unknown => expect.objectContaining({ message });
    expect(deps.dialogs.ask).toHaveBeenNthCalledWith(
      1,
      asking('Kill “Survival — panel.example.com · 22222222”?'),
    );
    expect(deps.dialogs.ask).toHaveBeenNthCalledWith(2, asking('Kill “Survival”?'));
  });

  it.each([true, false])('asks before a kill, and accepts %s', async (agrees) => {
    const { deps, menu } = setUp(agrees);
    await menu.run({ kind: 'power', serverId: 'home/1', signal: 'kill' });
    expect(deps.dialogs.ask).toHaveBeenCalledOnce();
    expect(deps.actions['power.send']).toHaveBeenCalledTimes(agrees ? 1 : 0);
  });

  it.each([
    ['running', 'restart'],
    ['offline', 'start'],
  ] as const)('the button of a notification about a server that is %s: %s', async (power, signal) => {
    const { deps, menu } = setUp();
    deps.store.state = applyChanges(state, [
      { kind: 'server-patched', serverId: 'home/1', patch: { power } },
    ]);
    await menu.run({ kind: 'alert', serverId: 'home/1', action: 'restart' });
    expect(deps.actions['power.send']).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/1', signal });
  });

  it('opens the console of a server, and snoozes it for an hour', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'alert', serverId: 'home/1', action: 'console' });
    expect(deps.openMain).toHaveBeenCalledExactlyOnceWith({ kind: 'server', serverId: 'home/1' });
    await menu.run({ kind: 'alert', serverId: 'home/1', action: 'snooze' });
    expect(deps.settings.current.alerts.rules).toEqual([
      { scope: { kind: 'server', id: 'home/1' }, switches: {}, isMuted: false, snoozedUntil: 3_601_000 },
    ]);
  });

  it('reports a removed server like the call, without a question', async () => {
    const { deps, menu } = setUp();
    const gone = { code: 'not-found', message: verbatim('It is gone.'), next: verbatim('Look.') } as const;
    deps.actions['power.send'].mockRejectedValueOnce(new PerchError(gone));
    await menu.run({ kind: 'power', serverId: 'home/2', signal: 'kill' });
    expect(deps.dialogs.ask).not.toHaveBeenCalled();
    expect(deps.notifications.tell).toHaveBeenCalledExactlyOnceWith('It is gone.', 'Look.');
    await menu.run({ kind: 'open-panel', accountId: 'home', serverId: 'home/2' });
    expect(deps.browser.openPanel).not.toHaveBeenCalled();
  });

  it('the start button of a notification sends a start, although the server may run again', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'alert', serverId: 'home/1', action: 'start' });
    expect(deps.actions['power.send']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      signal: 'start',
    });
  });

  it('brings a server back', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'bring-back', serverId: 'home/1' });
    expect(deps.quiet.bringBack).toHaveBeenCalledExactlyOnceWith('home/1');
  });

  it('backs a server up, and says that the backup has begun', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'back-up', serverId: 'home/1' });
    expect(deps.actions['backups.create']).toHaveBeenCalledExactlyOnceWith({
      serverId: 'home/1',
      name: '',
      ignored: [],
      locked: false,
    });
    expect(deps.notifications.tell).toHaveBeenCalledExactlyOnceWith(
      'A backup of Survival has begun.',
      expect.stringContaining('events'),
    );
  });

  it('reports a failure with its next step', async () => {
    const { deps, menu } = setUp();
    const problem = {
      code: 'forbidden',
      message: verbatim('You may not stop Survival.'),
      next: verbatim('Ask its owner.'),
    } as const;
    deps.actions['power.send'].mockRejectedValueOnce(new PerchError(problem));
    await menu.run({ kind: 'power', serverId: 'home/1', signal: 'stop' });
    expect(deps.notifications.tell).toHaveBeenCalledExactlyOnceWith(
      'You may not stop Survival.',
      'Ask its owner.',
    );
  });

  it('opens windows and panels', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'open' });
    await menu.run({ kind: 'view', view: { kind: 'server', serverId: 'home/1' } });
    await menu.run({ kind: 'open-panel', accountId: 'home', serverId: 'home/1' });
    await menu.run({ kind: 'developer-tools' });
    expect(deps.openDeveloperTools).toHaveBeenCalledOnce();
    await menu.run({ kind: 'palette' });
    expect(deps.openPalette).toHaveBeenCalledOnce();
    await menu.run({ kind: 'restart' });
    expect(deps.restart).toHaveBeenCalledOnce();
    await menu.run({ kind: 'quit' });
    expect(deps.openMain.mock.calls).toEqual([[null], [{ kind: 'server', serverId: 'home/1' }]]);
    expect(deps.browser.openPanel).toHaveBeenCalledExactlyOnceWith(account, server);
    expect(deps.quit).toHaveBeenCalledOnce();
  });
});
