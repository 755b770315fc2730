import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import type { Database } from '../../../bridge/schema/databases.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { databaseOf, databaseWithPassword } from './databases.js';

const serverId = 'home/u1';
const lost = aProblem('timeout', { maybeDone: true });

const aDatabase = (id: string, name = `s1_${id}`): Database => ({
  id,
  name,
  username: `u1_${id}`,
  host: { address: 'db.example.com', port: 3306 },
  connectionsFrom: '%',
  maxConnections: null,
});

async function rig(kept: readonly Database[] = [aDatabase('main')], fields: ServerPatch = {}) {
  const made = await aServerActionsRig(fields);
  const { panel } = made;
  panel.databasesKept = [...kept];
  for (const { id } of kept) panel.passwords.set(id, `secret of ${id}`);
  return { ...made, sent: () => panel.asked.filter((asked) => !asked.startsWith('databases ')) };
}

describe('the permissions of a key', () => {
  it.each([
    ['databases.list', {}, 'database.read'],
    ['databases.create', { name: 'main', from: '%' }, 'database.create'],
    ['databases.rotate', { database: 'main' }, 'database.update'],
    ['databases.remove', { database: 'main', typed: 's1_main' }, 'database.delete'],
    ['databases.showPassword', { database: 'main' }, 'database.read'],
  ] as const)('%s: no request to a panel that would refuse', async (name, input, permission) => {
    const { actions, panel } = await rig(undefined, { permissions: ['control.console'] });
    const call = actions[name] as (input: object) => Promise<unknown>;
    await expect(call({ serverId, ...input })).rejects.toMatchObject({
      problem: { code: 'forbidden', permission },
    });
    expect(panel.asked).toEqual([]);
  });

  it('asks nothing while the server is closed', async () => {
    const { actions, panel } = await rig(undefined, { condition: 'suspended' });
    await expect(actions['databases.list']({ serverId })).rejects.toMatchObject({
      problem: { code: 'conflict', condition: 'suspended' },
    });
    expect(panel.asked).toEqual([]);
  });
});

describe('a password', () => {
  it('comes for the requested database only', async () => {
    const { actions, panel } = await rig([aDatabase('main'), aDatabase('other')]);
    expect(await actions['databases.showPassword']({ serverId, database: 'other' })).toEqual({
      password: 'secret of other',
    });
    expect(panel.asked).toEqual(['databasePassword u1 other']);
  });

  it.each([
    ['with-name', 'database.view_password'],
    ['apart', 'database.view-password'],
  ] as const)('is not asked for without the permission (%s: %s)', async (description, permission) => {
    const { actions, panel, store } = await rig(undefined, { permissions: ['database.read'] });
    const server = store.state.servers.get(serverId);
    if (server === undefined) throw new Error('The server was listed.');
    const naming = { ...server.naming, description };
    store.apply([{ kind: 'server-upserted', server: { ...server, naming } }]);
    await expect(actions['databases.showPassword']({ serverId, database: 'main' })).rejects.toMatchObject({
      problem: { code: 'forbidden', permission },
    });
    expect(panel.asked).toEqual([]);
  });

  it('that the panel hides differs from a deleted database', async () => {
    const { actions, panel } = await rig();
    panel.passwords.set('main', null);
    await expect(actions['databases.showPassword']({ serverId, database: 'main' })).rejects.toMatchObject({
      problem: { code: 'forbidden' },
    });
    await expect(actions['databases.showPassword']({ serverId, database: 'gone' })).rejects.toMatchObject({
      problem: { code: 'not-found', message: { id: 'actions.database-gone' } },
    });
  });

  it('is neither in a list, nor in the answer to a creation or a rotation, nor in the log', async () => {
    const { actions, log } = await rig();
    const answers = [
      await actions['databases.create']({ serverId, name: 'second', from: '%' }),
      await actions['databases.rotate']({ serverId, database: 'main' }),
      await actions['databases.list']({ serverId }),
    ];
    await actions['databases.showPassword']({ serverId, database: 'main' });
    expect(JSON.stringify(answers)).not.toContain('secret of');
    expect(log.text).not.toContain('secret of');
  });
});

describe('databases.create', () => {
  const wanted = { serverId, name: 'second', from: '10.0.0.%' };

  it('creates one database', async () => {
    const { actions, sent } = await rig();
    expect(await actions['databases.create'](wanted)).toMatchObject({
      name: 's1_second',
      connectionsFrom: '10.0.0.%',
    });
    expect(sent()).toEqual(['createDatabase u1 second 10.0.0.%']);
  });

  it('finds the database of a lost answer, also with a cut name', async () => {
    const { actions, panel, sent } = await rig();
    panel.createDatabase = (identifier, { name }) => {
      panel.asked.push(`createDatabase ${identifier} ${name}`);
      panel.databasesKept = [...panel.databasesKept, aDatabase('new', `s1_${name.slice(0, 45)}`)];
      return Promise.reject(new PerchError(lost));
    };
    const long = 'x'.repeat(48);
    expect(await actions['databases.create']({ ...wanted, name: long })).toMatchObject({ id: 'new' });
    expect(sent()).toHaveLength(1);
  });

  it('stays unsure about a lost answer without a new database of that name', async () => {
    const { actions, panel } = await rig([aDatabase('other', 's1_second')]);
    panel.createDatabase = () => Promise.reject(new PerchError(lost));
    await expect(actions['databases.create'](wanted)).rejects.toMatchObject({ problem: { maybeDone: true } });
  });

  it('takes no other new database for that of a lost answer', async () => {
    const { actions, panel } = await rig();
    panel.createDatabase = () => {
      panel.databasesKept = [...panel.databasesKept, aDatabase('new', 's1_sec')];
      return Promise.reject(new PerchError(lost));
    };
    await expect(actions['databases.create'](wanted)).rejects.toMatchObject({ problem: { maybeDone: true } });
  });

  it('of one server run one after the other', async () => {
    const { actions, panel } = await rig([]);
    await Promise.all([
      actions['databases.create'](wanted),
      actions['databases.create']({ ...wanted, name: 'third' }),
    ]);
    expect(panel.asked.map((asked) => asked.split(' ')[0])).toEqual([
      'databases',
      'createDatabase',
      'databases',
      'createDatabase',
    ]);
  });
});

describe('databases.rotate', () => {
  const input = { serverId, database: 'main' };

  it('gives a new password', async () => {
    const { actions } = await rig();
    expect(await actions['databases.rotate'](input)).toEqual(aDatabase('main'));
  });

  it('counts as done after a lost answer if the panel gives another password', async () => {
    const { actions, panel } = await rig();
    panel.rotateDatabase = () => {
      panel.passwords.set('main', 'another secret');
      return Promise.reject(new PerchError(lost));
    };
    const answer = await actions['databases.rotate'](input);
    expect(answer).toEqual(aDatabase('main'));
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  it('after a lost answer says that the panel still gives the old password', async () => {
    const { actions, panel } = await rig();
    panel.rotateDatabase = () => Promise.reject(new PerchError(lost));
    await expect(actions['databases.rotate'](input)).rejects.toMatchObject({
      problem: { code: 'timeout', maybeDone: true, next: { id: 'actions.password-same' } },
    });
  });

  it('stays unsure after a lost answer if nobody can see the password', async () => {
    const isUnsure = { problem: lost };
    const blind = await rig(undefined, { permissions: ['database.read', 'database.update'] });
    blind.panel.rotateDatabase = () => Promise.reject(new PerchError(lost));
    await expect(blind.actions['databases.rotate'](input)).rejects.toMatchObject(isUnsure);
    expect(blind.panel.asked).toEqual([]);
    for (const closes of [0, 1]) {
      const { actions, panel } = await rig();
      const read = panel.databasePassword.bind(panel);
      let count = 0;
      panel.databasePassword = (...asked) =>
        count++ === closes ? Promise.reject(new PerchError(lost)) : read(...asked);
      panel.rotateDatabase = () => Promise.reject(new PerchError(lost));
      await expect(actions['databases.rotate'](input)).rejects.toMatchObject(isUnsure);
    }
  });

  it('asks for the change whether or not the password can be read before', async () => {
    const { actions, panel } = await rig();
    panel.databasePassword = () => Promise.reject(new PerchError(lost));
    expect(await actions['databases.rotate'](input)).toEqual(aDatabase('main'));
  });
});

describe('databases.remove', () => {
  const wanted = { serverId, database: 'main', typed: ' s1_main ' };

  it('deletes the database whose name was typed', async () => {
    const { actions, sent } = await rig();
    await actions['databases.remove'](wanted);
    expect(sent()).toEqual(['deleteDatabase u1 main']);
  });

  it.each(['main', 'S1_MAIN', '', 's1_other'])('deletes no database for the name %j', async (typed) => {
    const { actions, sent } = await rig([aDatabase('main'), aDatabase('other')]);
    await expect(actions['databases.remove']({ ...wanted, typed })).rejects.toMatchObject({
      problem: { code: 'invalid', message: { id: 'actions.database-name' } },
    });
    expect(sent()).toEqual([]);
  });

  it('counts a database that is gone as deleted, also after a lost answer', async () => {
    const { actions, panel, sent } = await rig([]);
    await actions['databases.remove'](wanted);
    expect(sent()).toEqual([]);
    panel.databasesKept = [aDatabase('main')];
    panel.deleteDatabase = () => {
      panel.databasesKept = [];
      return Promise.reject(new PerchError(lost));
    };
    await actions['databases.remove'](wanted);
  });

  it('does not count a server that is gone as a database', async () => {
    const { actions, panel } = await rig();
    panel.problems.set('deleteDatabase', aProblem('not-found'));
    await expect(actions['databases.remove'](wanted)).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
    panel.deleteDatabase = () => {
      panel.problems.set('databases', aProblem('not-found'));
      return Promise.reject(new PerchError(lost));
    };
    await expect(actions['databases.remove'](wanted)).rejects.toMatchObject({ problem: { maybeDone: true } });
  });

  it('stays unsure about a lost answer while the database is there', async () => {
    const { actions, panel } = await rig();
    panel.deleteDatabase = () => Promise.reject(new PerchError(lost));
    await expect(actions['databases.remove'](wanted)).rejects.toMatchObject({ problem: { maybeDone: true } });
  });
});

it('the desktop gets a database with or without its password', async () => {
  const { store, fleet } = await rig();
  const deps = { store, fleet };
  expect(await databaseWithPassword(deps, serverId, 'main')).toEqual({
    database: aDatabase('main'),
    password: 'secret of main',
  });
  expect(await databaseOf(deps, serverId, 'main')).toEqual(aDatabase('main'));
  await expect(databaseOf(deps, serverId, 'gone')).rejects.toMatchObject({ problem: { code: 'not-found' } });
});
