/** Calls about databases, to every panel that the sandbox plays: the answers, and the messages for refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databaseSchema } from '../../bridge/schema/databases.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import { PanelClients, refusal } from '../../tests/support/panel-clients.js';
import { PanelRig } from '../../tests/support/panel-rig.js';
import type { PanelApi } from './api.js';

let rig: PanelRig;
let clients: PanelClients;
let server = '';

afterEach(async () => {
  await clients.close();
  await rig.end();
});

const main = { name: 'main', from: '%' };

describe.each(Object.keys(dialects))('databases of %s', (dialect) => {
  let client: PanelApi;
  beforeEach(async () => {
    rig = await PanelRig.start({ dialect });
    server = rig.server('Survival').uuid.slice(0, 8);
    limit(5);
    clients = new PanelClients(rig);
    client = clients.of();
  });

  function limit(databases: number | null): void {
    const survival = rig.server('Survival');
    survival.featureLimits = { ...survival.featureLimits, databases };
  }
  const kept = () => rig.world.databasesOf(rig.server('Survival').uuid);

  it('are created, read, given a new password and deleted', async () => {
    const made = await client.createDatabase(server, main);
    expect(databaseSchema.parse(made)).toEqual(made);
    expect(made).toMatchObject({
      name: 's1_main',
      host: { address: '127.0.0.1', port: 3306 },
      connectionsFrom: '%',
      maxConnections: null,
    });
    expect(await client.databases(server)).toEqual([made]);
    const before = kept()[0]?.password;
    expect(await client.databasePassword(server, made.id)).toEqual({ database: made, password: before });
    expect(await client.rotateDatabase(server, made.id)).toEqual(made);
    const after = kept()[0]?.password;
    expect(after).not.toBe(before);
    expect(await client.databasePassword(server, made.id)).toEqual({ database: made, password: after });
    expect(await client.databasePassword(server, 'zzzzzzzz')).toBeNull();
    await client.deleteDatabase(server, made.id);
    expect(await client.databases(server)).toEqual([]);
  });

  it('say why they are refused', async () => {
    expect(await refusal(client.createDatabase(server, { name: 'a b', from: '%' }))).toEqual([
      'invalid',
      'panel.invalid',
    ]);
    const { id } = await client.createDatabase(server, main);
    rig.panel.limits.refill();
    expect(await refusal(client.createDatabase(server, main))).toEqual(['conflict', 'panel.database-taken']);
    limit(1);
    const second = { name: 'second', from: '%' };
    expect(await refusal(client.createDatabase(server, second))).toEqual([
      'conflict',
      'panel.database-limit',
    ]);
    rig.panel.limits.refill();
    rig.state.databasesLocked = true;
    expect(await refusal(client.createDatabase(server, second))).toEqual(['forbidden', 'panel.switched-off']);
    rig.state.databaseHost = null;
    expect(await refusal(client.createDatabase(server, second))).toEqual([
      'conflict',
      'panel.database-no-host',
    ]);
    for (const call of [client.rotateDatabase(server, 'zzzzzzzz'), client.deleteDatabase(server, '99')]) {
      expect(await refusal(call)).toEqual(['not-found', 'panel.no-database']);
    }
    rig.server('Survival').status = 'suspended';
    expect(await refusal(client.rotateDatabase(server, id))).toEqual([
      'conflict',
      'panel.conflict-suspended',
    ]);
  });

  it('may be done where the host of databases broke off', async () => {
    const { id } = await client.createDatabase(server, main);
    rig.state.databaseHost = { address: '127.0.0.1', port: 3306, isDown: true };
    for (const call of [client.rotateDatabase(server, id), client.deleteDatabase(server, id)]) {
      await expect(call).rejects.toMatchObject({
        problem: { code: 'panel-error', maybeDone: true, message: { id: 'panel.database-host-down' } },
      });
    }
    expect(await client.databases(server)).toHaveLength(1);
  });

  it('name the missing permission, and hide passwords', async () => {
    const { id } = await client.createDatabase(server, main);
    for (const subuser of rig.server('Survival').subusers) subuser.permissions = ['database.read'];
    const subuser = clients.of('subuser');
    expect(await subuser.databasePassword(server, id)).toMatchObject({ password: null });
    const refused = {
      'database.create': subuser.createDatabase(server, main),
      'database.update': subuser.rotateDatabase(server, id),
      'database.delete': subuser.deleteDatabase(server, id),
    };
    for (const [permission, call] of Object.entries(refused)) {
      await expect(call).rejects.toMatchObject({ problem: { code: 'forbidden', permission } });
    }
  });

  it('are paced by their own limit alone', async () => {
    await client.createDatabase(server, main);
    await client.createDatabase(server, { name: 'second', from: '%' });
    const third = client.createDatabase(server, { name: 'third', from: '%' });
    if (dialect === 'panel-1.11' || dialect === 'reference') {
      await third;
    } else {
      await expect(third).rejects.toMatchObject({
        problem: { code: 'rate-limited', ofServer: true, message: { id: 'panel.database-throttled' } },
      });
      expect(client.rateLimit()).not.toBe(2);
    }
    expect((await client.databases(server)).length).toBeGreaterThan(1);
  });

  it('read their limit with the server', async () => {
    expect((await client.server(server)).limits.databases).toBe(5);
    limit(null);
    expect((await client.server(server)).limits.databases).toBeNull();
  });
});
