import { describe, expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet } from '../../bridge/fleet/changes.js';
import { PerchError } from '../../bridge/errors.js';
import type { StateRun } from '../../bridge/schema/history.js';
import { anAccount, aServer, someSettings } from '../../tests/support/entities.js';
import type { Actions } from '../actions/actions.js';
import { createHandlers, type HandlerDeps } from './handlers.js';

const caller = { webContentsId: 7 };
const account = anAccount();
const server = aServer({ id: 'home/1' });
const run: StateRun = { from: 1, to: 2, state: 'running' };
const startup = { variables: [], command: './run', template: './run', images: [] };
const state = applyChanges(emptyFleet, [
  { kind: 'account-upserted', account },
  { kind: 'account-upserted', account: anAccount({ id: 'work' }) },
  { kind: 'server-upserted', server },
]);

function setUp() {
  const done = () => Promise.resolve();
  const actions: Actions = {
    'accounts.add': vi.fn(() => Promise.resolve(account)),
    'accounts.replaceKey': vi.fn(() => Promise.resolve({ otherUser: null })),
    'accounts.rename': vi.fn(done),
    'accounts.setAllServers': vi.fn(done),
    'accounts.allowUnencrypted': vi.fn(done),
    'accounts.remove': vi.fn(done),
    'accounts.retry': vi.fn(done),
    'accounts.tryWay': vi.fn(() => Promise.resolve({ ways: [], problem: null })),
    'accounts.trust': vi.fn(done),
    'accounts.withdraw': vi.fn(done),
    'clipboard.giveBack': vi.fn(done),
    'clipboard.take': vi.fn(done),
    'clipboard.look': vi.fn(() => Promise.resolve({ holds: 'none' as const })),
    'panel.look': vi.fn(() => Promise.resolve(null)),
    'demo.start': vi.fn(() => Promise.resolve(account)),
    'permissions.read': vi.fn(() => Promise.resolve([])),
    'power.send': vi.fn(done),
    'server.rename': vi.fn(done),
    'server.reinstall': vi.fn(done),
    'server.setDockerImage': vi.fn(done),
    'server.acceptEula': vi.fn(done),
    'server.retry': vi.fn(done),
    'startup.read': vi.fn(() => Promise.resolve(startup)),
    'startup.setVariable': vi.fn(() => Promise.resolve(startup)),
    'command.send': vi.fn(() => Promise.resolve({ isTaken: true })),
    'command.history': vi.fn(() => Promise.resolve({ commands: ['list'] })),
    'command.forgetHistory': vi.fn(done),
    'command.forget': vi.fn(done),
  };
  const bulk = { start: vi.fn(), cancel: vi.fn(), dismiss: vi.fn() };
  const warned = { begin: vi.fn(done), callOff: vi.fn(done), dismiss: vi.fn() };
  const desktop = {
    info: vi.fn(() => ({
      ...{ version: '1', platform: 'linux', hasTray: true },
      ...{ dataFolder: '/data', isPortable: false },
    })),
    openLogs: vi.fn(done),
    quit: vi.fn(),
    openView: vi.fn(),
    closeWindow: vi.fn(),
    windowDrawn: vi.fn(),
    setDrafts: vi.fn(),
    setView: vi.fn(),
    setHeight: vi.fn(),
    openPanel: vi.fn(done),
    openKeyPage: vi.fn(done),
    openLink: vi.fn(done),
    writeClipboard: vi.fn(),
    saveConsole: vi.fn(() => Promise.resolve('/logs/a.log')),
    saveEvents: vi.fn(() => Promise.resolve('/logs/a.csv')),
    saveChart: vi.fn(() => Promise.resolve(null)),
    saveReport: vi.fn(() => Promise.resolve('/logs/report.txt')),
    saveBackup: vi.fn(() => Promise.resolve('/logs/settings.json')),
    chooseBackup: vi.fn<() => Promise<string | null>>(() => Promise.resolve(null)),
  } satisfies HandlerDeps['desktop'];
  const consoles = { acknowledge: vi.fn() };
  const windowFailures = { report: vi.fn() };
  const preview = { panels: [], changes: [], leftOut: [] };
  const backup = {
    text: () => Promise.resolve('all of it'),
    look: vi.fn(() => Promise.resolve(preview)),
    apply: vi.fn(done),
  };
  const doctor = { run: vi.fn(done), report: () => 'what may be given away' };
  const past = {
    usage: vi.fn(() => Promise.resolve([])),
    states: vi.fn(() => Promise.resolve([run])),
    events: vi.fn(() => Promise.resolve({ events: [], isEnd: true })),
  };
  const notices = { dismiss: vi.fn() };
  const autostart = { isOn: vi.fn(() => Promise.resolve(true)), set: vi.fn(done) };
  const consent = { answer: vi.fn(), withdraw: vi.fn() };
  const updates = {
    check: vi.fn(done),
    download: vi.fn(done),
    cancel: vi.fn(),
    skip: vi.fn(),
    restart: vi.fn(done),
    openPage: vi.fn(done),
  };
  const proxy = { set: vi.fn(done) };
  const interests = { setShown: vi.fn() };
  const settings = {
    update: vi.fn(() => Promise.resolve(someSettings({ theme: 'dark' }))),
  };
  const handlers = createHandlers({
    actions,
    store: { state },
    consoles,
    bulk,
    warned,
    settings,
    interests,
    past,
    notices,
    autostart,
    proxy,
    consent,
    updates,
    windowFailures,
    doctor,
    backup,
    desktop,
  });
  return {
    handlers,
    consent,
    updates,
    windowFailures,
    actions,
    bulk,
    warned,
    desktop,
    consoles,
    interests,
    past,
    doctor,
    backup,
    autostart,
  };
}

describe('createHandlers', () => {
  it('leads every verb to its action', async () => {
    const { handlers, actions } = setUp();
    const serverId = 'home/1';
    await handlers['power.send']({ serverId, signal: 'kill' }, caller);
    expect(actions['power.send']).toHaveBeenCalledExactlyOnceWith({ serverId, signal: 'kill' }, caller);
    expect(await handlers['startup.read']({ serverId }, caller)).toBe(startup);
    for (const name of Object.keys(actions) as (keyof Actions)[]) expect(handlers[name]).toBe(actions[name]);
  });

  it('tells whether the session starts Perch, and changes it', async () => {
    const { handlers, autostart } = setUp();
    expect(await handlers['autostart.read'](undefined, caller)).toEqual({ isOn: true });
    await handlers['autostart.set']({ on: false }, caller);
    expect(autostart.set).toHaveBeenCalledExactlyOnceWith(false);
  });

  it('gives the settings out, and looks at a file only where one was chosen', async () => {
    const { handlers, backup, desktop } = setUp();
    expect(await handlers['backup.save'](undefined, caller)).toEqual({ path: '/logs/settings.json' });
    expect(desktop.saveBackup).toHaveBeenCalledExactlyOnceWith('all of it');
    expect(await handlers['backup.choose'](undefined, caller)).toBeNull();
    expect(backup.look).not.toHaveBeenCalled();
    desktop.chooseBackup.mockResolvedValue('{}');
    expect(await handlers['backup.choose'](undefined, caller)).toMatchObject({ panels: [] });
    expect(backup.look).toHaveBeenCalledExactlyOnceWith('{}');
    expect(backup.apply).not.toHaveBeenCalled();
  });

  it('runs the diagnostics, and saves what may be given away of them', async () => {
    const { handlers, doctor, desktop } = setUp();
    expect(await handlers['diagnosis.run'](undefined, caller)).toBeUndefined();
    expect(doctor.run).toHaveBeenCalledOnce();
    expect(await handlers['diagnosis.report'](undefined, caller)).toEqual({ text: 'what may be given away' });
    expect(await handlers['diagnosis.save'](undefined, caller)).toEqual({ path: '/logs/report.txt' });
    expect(desktop.saveReport).toHaveBeenCalledExactlyOnceWith('what may be given away');
  });

  it('tells what a person says to programs', async () => {
    const { handlers, consent } = setUp();
    await handlers['consent.answer']({ id: '1', answer: 'hour' }, caller);
    await handlers['consent.withdraw']({ id: '2' }, caller);
    expect(consent.answer).toHaveBeenCalledExactlyOnceWith('1', 'hour');
    expect(consent.withdraw).toHaveBeenCalledExactlyOnceWith('2');
  });

  it('does what a person wants of a new version', async () => {
    const { handlers, updates } = setUp();
    await handlers['updates.check'](undefined, caller);
    await handlers['updates.download'](undefined, caller);
    await handlers['updates.cancel'](undefined, caller);
    await handlers['updates.skip']({ version: '0.2.0', isSkipped: true }, caller);
    await handlers['updates.restart'](undefined, caller);
    await handlers['updates.openPage'](undefined, caller);
    expect(updates.skip).toHaveBeenCalledExactlyOnceWith('0.2.0', true);
    for (const verb of Object.values(updates)) expect(verb).toHaveBeenCalledOnce();
  });

  it('starts and ends actions on many servers', async () => {
    const { handlers, bulk } = setUp();
    await handlers['bulk.start']({ serverIds: ['home/1'], signal: 'start', waitsForEach: true }, caller);
    await handlers['bulk.cancel'](undefined, caller);
    await handlers['bulk.dismiss'](undefined, caller);
    expect(bulk.start).toHaveBeenCalledExactlyOnceWith(['home/1'], 'start', { waitsForEach: true });
    expect(bulk.cancel).toHaveBeenCalledOnce();
    expect(bulk.dismiss).toHaveBeenCalledOnce();
  });

  it('saves the charts of a server that is there', async () => {
    const { handlers, desktop } = setUp();
    const chart = { kind: 'csv', content: 'time' } as const;
    expect(await handlers['chart.save']({ serverId: 'home/1', ...chart }, caller)).toEqual({ path: null });
    expect(desktop.saveChart).toHaveBeenCalledExactlyOnceWith(server, chart);
    await expect(handlers['chart.save']({ serverId: 'home/9', ...chart }, caller)).rejects.toThrow(
      PerchError,
    );
  });

  it('saves the console of a server that is there', async () => {
    const { handlers, desktop } = setUp();
    expect(await handlers['console.save']({ serverId: 'home/1', text: 'x' }, caller)).toEqual({
      path: '/logs/a.log',
    });
    expect(desktop.saveConsole).toHaveBeenCalledExactlyOnceWith(server, 'x');
    await expect(handlers['console.save']({ serverId: 'home/9', text: 'x' }, caller)).rejects.toThrow(
      PerchError,
    );
  });

  it('saves what happened', async () => {
    const { handlers, desktop } = setUp();
    expect(await handlers['events.save']({ format: 'csv', text: 'x' }, caller)).toEqual({
      path: '/logs/a.csv',
    });
    expect(desktop.saveEvents).toHaveBeenCalledExactlyOnceWith('csv', 'x');
  });

  it('reads what was', async () => {
    const { handlers, past } = setUp();
    const serverId = 'home/1';
    expect(await handlers['history.usage']({ serverId, range: '30d' }, caller)).toEqual({ stretches: [] });
    expect(past.usage).toHaveBeenCalledExactlyOnceWith(serverId, '30d');
    expect(await handlers['history.states']({ serverId, from: 1, to: 2 }, caller)).toMatchObject({
      runs: [{ state: 'running' }],
    });
    expect(past.states).toHaveBeenCalledExactlyOnceWith(serverId, 1, 2);
    past.states.mockResolvedValueOnce([{ ...run, state: 'unknown' }]);
    const serverIds = ['home/2', serverId, serverId];
    expect(await handlers['history.statesOf']({ serverIds, from: 1, to: 2 }, caller)).toEqual({
      servers: [{ serverId, runs: [run] }],
    });
    expect(past.states).toHaveBeenCalledTimes(3);
    await handlers['events.older']({ before: 'e1', limit: 50 }, caller);
    expect(past.events).toHaveBeenLastCalledWith({ before: 'e1', limit: 50, about: null });
    await handlers['events.older']({ before: 'e1', limit: 50, serverId }, caller);
    expect(past.events).toHaveBeenLastCalledWith({ before: 'e1', limit: 50, about: [serverId] });
  });

  it('reads the last hour of many servers', async () => {
    const { handlers, past } = setUp();
    expect(await handlers['history.sparks']({ serverIds: ['home/1', 'home/2'] }, caller)).toEqual({
      lines: ['home/1', 'home/2'].map((serverId) => ({ serverId, points: [] })),
    });
    expect(past.usage.mock.calls).toEqual([
      ['home/1', '1h'],
      ['home/2', '1h'],
    ]);
  });

  it('acts on the window that asks', async () => {
    const { handlers, desktop, consoles, interests } = setUp();
    await handlers['window.close'](undefined, caller);
    await handlers['window.setView']({ view: { kind: 'settings' } }, caller);
    expect(desktop.setView).toHaveBeenCalledExactlyOnceWith(7, { kind: 'settings' });
    await handlers['window.setHeight']({ height: 400 }, caller);
    expect(desktop.setHeight).toHaveBeenCalledExactlyOnceWith(7, 400);
    await handlers['window.setDrafts']({ serverIds: ['home/1'], panel: false, dialog: false }, caller);
    await handlers['console.acknowledge']({ serverId: 'home/1', cost: 5 }, caller);
    await handlers['window.setShown']({ serverIds: ['home/1'] }, caller);
    expect(interests.setShown).toHaveBeenCalledExactlyOnceWith(7, ['home/1']);
    expect(desktop.closeWindow).toHaveBeenCalledExactlyOnceWith(7);
    expect(desktop.setDrafts).toHaveBeenCalledExactlyOnceWith(7, {
      serverIds: ['home/1'],
      panel: false,
      dialog: false,
    });
    expect(consoles.acknowledge).toHaveBeenCalledExactlyOnceWith(7, 'home/1', 5);
  });

  it('hears what failed in a window', async () => {
    const { handlers, windowFailures } = setUp();
    const failure = { kind: 'render', view: 'fleet', message: 'Error: no', stack: '' } as const;
    await handlers['window.failed'](failure, caller);
    expect(windowFailures.report).toHaveBeenCalledExactlyOnceWith(failure);
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
