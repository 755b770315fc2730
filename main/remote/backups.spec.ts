import { describe, expect, it, vi } from 'vitest';
import type { Backup } from '../../bridge/schema/backups.js';
import type { QuietEnd } from '../../bridge/schema/quiet-backups.js';
import type { RemoteInput } from '../../bridge/schema/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { ProgramSignals } from '../actions/servers/program-signals.js';
import { FleetStore } from '../fleet/store.js';
import { changeBackup, createBackup, listBackups, waitForBackup, type RemoteBackupsDeps } from './backups.js';
import { backupNamed } from './named-backups.js';

function setUp(kind: 'program' | 'person', backups: Backup[] = [aBackup('41096fdb', { name: 'Nightly' })]) {
  const store = new FleetStore();
  const server = aServer({ name: 'Lobby' });
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const programs = new ProgramSignals();
  const actors: (string | undefined)[] = [];
  const actions = {
    'backups.create': vi.fn(async () => {
      actors.push(programs.of(server.id));
      return aRunningBackup('b9');
    }),
    'backups.lock': vi.fn(async () => aBackup('b1')),
    'backups.rename': vi.fn(async () => aBackup('b1')),
    'backups.delete': vi.fn(async () => undefined),
    'backups.restore': vi.fn(async () => undefined),
  };
  const demand = vi.fn(async () => undefined);
  const stopped = vi.fn();
  let end: (backup: Backup | null) => void = () => undefined;
  let bringBack = (): void => undefined;
  const isBack = new Promise<QuietEnd>((resolve) => {
    bringBack = () => resolve({ owed: null, trouble: null });
  });
  const quiet = {
    begin: vi.fn(async () => undefined),
    made: vi.fn(async () => aRunningBackup('q1')),
    over: vi.fn(() => (quiet.begin.mock.calls.length > 0 ? isBack : Promise.resolve(null))),
  };
  const deps: RemoteBackupsDeps = {
    store,
    clock: new FakeClock(),
    actions,
    programs,
    copies: { of: async () => [] },
    plans: { of: () => null },
    consent: { demand },
    log: { recent: [] },
    backups: {
      byRule: () => ['b1'],
      read: async () => ({ backups, limit: 3, used: backups.length }),
      whenEnded: () => ({ ended: new Promise((resolve) => (end = resolve)), stop: stopped }),
    },
    quiet,
  };
  let cancel = (): void => undefined;
  const ended = new Promise<void>((resolve) => (cancel = resolve));
  const call = { client: { kind, name: 'Robot' }, event: () => undefined, ended, isEnded: false };
  const change = (wanted: RemoteInput<'changeBackup'>['change'], more: object = {}) =>
    changeBackup(
      deps,
      { name: 'Lobby', backup: 'Nightly', change: wanted, isAgreed: false, confirm: null, ...more },
      call,
    );
  const list = () => listBackups(deps, { name: 'Lobby' });
  const wait = (backup: string | null = null) => waitForBackup(deps, { name: 'Lobby', backup }, call);
  const create = (quietly = false) =>
    createBackup(deps, { name: 'Lobby', label: '', ignored: [], locked: false, quietly }, call);
  return {
    actions,
    actors,
    demand,
    change,
    list,
    create,
    wait,
    cancel,
    quiet,
    bringBack: () => bringBack(),
    stopped,
    end: (b: Backup | null) => end(b),
  };
}

it('a list says who made each backup', async () => {
  const { list } = setUp('program', [aBackup('b2', { bySchedule: true }), aBackup('b1'), aBackup('b0')]);
  expect((await list()).backups.map(({ id, maker }) => [id, maker])).toEqual([
    ['b2', 'schedule'],
    ['b1', 'rule'],
    ['b0', 'unknown'],
  ]);
});

describe('programs', () => {
  it('make a backup only with the consent of the person, in the name of the program', async () => {
    const { create, demand, actors } = setUp('program');
    await create();
    expect(demand).toHaveBeenCalledWith(expect.objectContaining({ action: { kind: 'backup' } }));
    expect(actors).toEqual(['Robot']);
  });

  it('make no quiet backup', async () => {
    const { create, demand, quiet } = setUp('program');
    await expect(create(true)).rejects.toMatchObject({ failure: { cause: 'refused' } });
    expect(demand).not.toHaveBeenCalled();
    expect(quiet.begin).not.toHaveBeenCalled();
  });

  it('make none after a refusal', async () => {
    const { create, demand, actions } = setUp('program');
    demand.mockRejectedValue(new Error('refused'));
    await expect(create()).rejects.toThrow('refused');
    expect(actions['backups.create']).not.toHaveBeenCalled();
  });

  it.each([
    { kind: 'lock' },
    { kind: 'unlock' },
    { kind: 'rename', to: 'x' },
    { kind: 'delete' },
    { kind: 'restore', truncate: false },
  ] as const)('never change one: %j', async (wanted) => {
    const { change, demand, actions } = setUp('program');
    const refused = { failure: { cause: 'refused' } };
    await expect(change(wanted, { isAgreed: true, confirm: 'Lobby' })).rejects.toMatchObject(refused);
    expect(demand).not.toHaveBeenCalled();
    for (const action of Object.values(actions)) expect(action).not.toHaveBeenCalled();
  });
});

describe('people', () => {
  it('make a backup without a question', async () => {
    const { create, demand, actors } = setUp('person');
    await create();
    expect(demand).not.toHaveBeenCalled();
    expect(actors).toEqual([undefined]);
  });

  it('make a quiet backup, and wait until the server is back', async () => {
    const { create, wait, actions, quiet, bringBack } = setUp('person');
    expect(await create(true)).toMatchObject({ backup: { id: 'q1' } });
    expect(quiet.begin).toHaveBeenCalledWith(expect.objectContaining({ ignored: [], locked: false }));
    expect(actions['backups.create']).not.toHaveBeenCalled();
    let isDone = false;
    const waiting = wait('Nightly').then((ended) => {
      isDone = true;
      return ended;
    });
    await vi.waitFor(() => expect(quiet.over).toHaveBeenCalled());
    expect(isDone).toBe(false);
    bringBack();
    expect(await waiting).toMatchObject({ quiet: { owed: null } });
  });

  it('delete one after a yes', async () => {
    const { change, actions } = setUp('person');
    const asked = { failure: { cause: 'needs-yes', message: 'Delete the backup “Nightly” of “Lobby”?' } };
    await expect(change({ kind: 'delete' })).rejects.toMatchObject(asked);
    expect(actions['backups.delete']).not.toHaveBeenCalled();
    await change({ kind: 'delete' }, { isAgreed: true });
    expect(actions['backups.delete']).toHaveBeenCalledOnce();
  });

  it('restore one only with the server’s name, whatever they agreed to', async () => {
    const { change, actions } = setUp('person');
    const wanted = { kind: 'restore', truncate: true } as const;
    for (const confirm of [null, '', 'lobby', 'Nightly']) {
      const asked = { failure: { cause: 'needs-yes', message: expect.stringContaining('Delete all files') } };
      await expect(change(wanted, { isAgreed: true, confirm })).rejects.toMatchObject(asked);
    }
    expect(actions['backups.restore']).not.toHaveBeenCalled();
    await change(wanted, { confirm: 'Lobby' });
    expect(actions['backups.restore']).toHaveBeenCalledWith(
      expect.objectContaining({ backup: '41096fdb', truncate: true }),
    );
  });
});

describe('waiting', () => {
  it('is for the newest running backup, and ends with its last state', async () => {
    const { wait, end, stopped } = setUp('person', [
      aBackup('new'),
      aRunningBackup('run'),
      aRunningBackup('old'),
    ]);
    const waiting = wait();
    await new Promise(setImmediate);
    end(aBackup('run'));
    expect(await waiting).toMatchObject({ backup: { id: 'run', state: 'good' } });
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('has an end at once for a backup that has ended', async () => {
    const { wait } = setUp('person', [aBackup('b2', { state: 'failed' }), aBackup('b1')]);
    expect(await wait()).toMatchObject({ backup: { id: 'b2', state: 'failed' } });
    expect(await wait('b1')).toMatchObject({ backup: { id: 'b1' } });
  });

  it('fails for a backup that somebody deletes, and stops with the client', async () => {
    const { wait, end, cancel, stopped } = setUp('person', [aRunningBackup('run')]);
    const waiting = wait();
    const failed = expect(waiting).rejects.toMatchObject({ failure: { cause: 'failed' } });
    await new Promise(setImmediate);
    end(null);
    await failed;
    const again = wait();
    cancel();
    await again;
    expect(stopped).toHaveBeenCalledTimes(2);
  });

  it('fails without backups', async () => {
    await expect(setUp('person', []).wait()).rejects.toMatchObject({ failure: { cause: 'no-server' } });
  });
});

describe('backupNamed', () => {
  const list = {
    limit: null,
    used: 3,
    backups: [
      aBackup('41096fdb-1', { name: 'Nightly' }),
      aBackup('41096fdb-2', { name: 'nightly' }),
      aBackup('5c1f0000-3', { name: '41096fdb-1' }),
      aBackup('77777777-4', { name: 'Twice' }),
      aBackup('88888888-5', { name: 'Twice' }),
    ],
  };

  it.each([
    ['41096fdb-1', '41096fdb-1'],
    ['Nightly', '41096fdb-1'],
    ['nightly', '41096fdb-2'],
    ['5C1F', '5c1f0000-3'],
  ])('%s is %s', (word, id) => {
    expect(backupNamed(word, list).id).toBe(id);
  });

  it.each(['4109', 'Twice', '5c1', 'NIGHTLY', 'nothing'])('%s is none, or several', (word) => {
    expect(() => backupNamed(word, list)).toThrow(/backup/);
  });
});
