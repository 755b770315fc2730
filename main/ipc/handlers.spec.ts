import { describe, expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet } from '../../bridge/changes.js';
import { PerchError } from '../../bridge/errors.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import type { Actions } from '../actions/api.js';
import { createHandlers, type HandlerDeps } from './handlers.js';

const caller = { webContentsId: 7 };
const account = anAccount();
const server = aServer({ id: 'home/1' });
const state = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account },
  { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
  { kind: 'server-upserted', server },
]);

function setUp() {
  const done = () => Promise.resolve();
  const actions: Actions = {
    addAccount: vi.fn(() => Promise.resolve(account)),
    removeAccount: vi.fn(done),
    retryAccount: vi.fn(done),
    startDemo: vi.fn(() => Promise.resolve(account)),
    sendPower: vi.fn(done),
    sendCommand: vi.fn(done),
    retryServer: vi.fn(done),
  };
  const desktop = {
    info: vi.fn(() => ({ version: '1', platform: 'linux', hasTray: true, dataFolder: '/data' })),
    quit: vi.fn(),
    openView: vi.fn(),
    closeWindow: vi.fn(),
    openPanel: vi.fn(done),
    openLink: vi.fn(done),
    writeClipboard: vi.fn(),
  } satisfies HandlerDeps['desktop'];
  const consoles = { acknowledge: vi.fn() };
  const settings = {
    update: vi.fn(() =>
      Promise.resolve({
        theme: 'dark',
        confirmStop: false,
        confirmRestart: false,
        notifyCrash: true,
      } as const),
    ),
  };
  const handlers = createHandlers({ actions, store: { state }, consoles, settings, desktop });
  return { handlers, actions, desktop, consoles };
}

describe('createHandlers', () => {
  it('leads every verb to its action', async () => {
    const { handlers, actions } = setUp();
    await handlers['power.send']({ serverId: 'home/1', signal: 'kill' }, caller);
    await handlers['command.send']({ serverId: 'home/1', command: 'list' }, caller);
    await handlers['server.retry']({ serverId: 'home/1' }, caller);
    await handlers['accounts.remove']({ accountId: 'home' }, caller);
    await handlers['accounts.retry']({ accountId: 'work' }, caller);
    expect(actions.sendPower).toHaveBeenCalledExactlyOnceWith('home/1', 'kill');
    expect(actions.sendCommand).toHaveBeenCalledExactlyOnceWith('home/1', 'list');
    expect(actions.retryServer).toHaveBeenCalledExactlyOnceWith('home/1');
    expect(actions.removeAccount).toHaveBeenCalledExactlyOnceWith('home');
    expect(actions.retryAccount).toHaveBeenCalledExactlyOnceWith('work');
  });

  it('acts on the window that asks', async () => {
    const { handlers, desktop, consoles } = setUp();
    await handlers['window.close'](undefined, caller);
    await handlers['console.acknowledge']({ serverId: 'home/1', characters: 5 }, caller);
    expect(desktop.closeWindow).toHaveBeenCalledExactlyOnceWith(7);
    expect(consoles.acknowledge).toHaveBeenCalledExactlyOnceWith(7, 'home/1', 5);
  });

  it('opens a server on its own panel only', async () => {
    const { handlers, desktop } = setUp();
    await handlers['panel.open']({ accountId: 'home', serverId: 'home/1' }, caller);
    expect(desktop.openPanel).toHaveBeenCalledExactlyOnceWith(account, server);
    expect(() => handlers['panel.open']({ accountId: 'work', serverId: 'home/1' }, caller)).toThrow(
      PerchError,
    );
    expect(() => handlers['panel.open']({ accountId: 'gone' }, caller)).toThrow(PerchError);
    expect(desktop.openPanel).toHaveBeenCalledOnce();
  });
});
