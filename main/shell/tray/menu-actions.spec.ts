import { describe, expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet } from '../../../bridge/changes.js';
import { settingsSchema } from '../../../bridge/domain.js';
import { PerchError } from '../../../bridge/errors.js';
import { verbatim } from '../../../words/words.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { MenuActions, type MenuActionDeps } from './menu-actions.js';

const account = anAccount();
const server = aServer({ id: 'home/1', power: 'running' });
const state = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account },
  { kind: 'server-upserted', server },
]);

function setUp(agrees = true) {
  const deps = {
    actions: { 'power.send': vi.fn(() => Promise.resolve()) },
    store: { state },
    settings: { current: settingsSchema.parse({}) },
    dialogs: { ask: vi.fn(() => Promise.resolve(agrees)) },
    browser: { openPanel: vi.fn(() => Promise.resolve()) },
    notifications: { tell: vi.fn() },
    openMain: vi.fn(),
    openDeveloperTools: vi.fn(),
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

  it.each([true, false])('asks before a kill, and hears %s', async (agrees) => {
    const { deps, menu } = setUp(agrees);
    await menu.run({ kind: 'power', serverId: 'home/1', signal: 'kill' });
    expect(deps.dialogs.ask).toHaveBeenCalledOnce();
    expect(deps.actions['power.send']).toHaveBeenCalledTimes(agrees ? 1 : 0);
  });

  it('does nothing to a server that is gone', async () => {
    const { deps, menu } = setUp();
    await menu.run({ kind: 'power', serverId: 'home/2', signal: 'stop' });
    await menu.run({ kind: 'open-panel', accountId: 'home', serverId: 'home/2' });
    expect(deps.actions['power.send']).not.toHaveBeenCalled();
    expect(deps.browser.openPanel).not.toHaveBeenCalled();
  });

  it('says what failed, and what to do next', async () => {
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
    await menu.run({ kind: 'quit' });
    expect(deps.openMain.mock.calls).toEqual([[null], [{ kind: 'server', serverId: 'home/1' }]]);
    expect(deps.browser.openPanel).toHaveBeenCalledExactlyOnceWith(account, server);
    expect(deps.quit).toHaveBeenCalledOnce();
  });
});
