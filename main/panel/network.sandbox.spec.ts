/** Calls about allocations, to every panel that the sandbox plays: the answers, and the messages for refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

describe.each(Object.keys(dialects))('allocations of %s', (dialect) => {
  let client: PanelApi;
  beforeEach(async () => {
    rig = await PanelRig.start({ dialect, log: () => undefined });
    rig.state.allocationPorts = { from: 25_700, to: 25_701 };
    rig.server('Survival').featureLimits.allocations = 5;
    server = rig.server('Survival').uuid.slice(0, 8);
    clients = new PanelClients(rig);
    client = clients.of();
  });

  it('are read, noted, made the default allocation, added and removed', async () => {
    const [game, rcon] = await client.allocations(server);
    expect(game).toEqual({
      id: 10,
      ip: '192.0.2.10',
      alias: 'play.harbor.example',
      port: 25_565,
      notes: 'Game',
      isDefault: true,
    });
    expect(await client.noteAllocation(server, 11, 'Bot ✓')).toEqual({ ...rcon, notes: 'Bot ✓' });
    expect((await client.noteAllocation(server, 11, '')).notes).toBeNull();
    expect(await client.makeDefaultAllocation(server, 12)).toMatchObject({ id: 12, isDefault: true });
    const added = await client.addAllocation(server);
    expect(added).toMatchObject({ port: 25_700, isDefault: false, notes: null });
    await client.removeAllocation(server, 11);
    const now = await client.allocations(server);
    expect(now.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [10, false],
      [12, true],
      [added.id, false],
    ]);
  });

  it('read the limit of the server', async () => {
    expect((await client.server(server)).limits.allocations).toBe(5);
    expect((await client.server(rig.server('Lobby').uuid)).limits.allocations).toBe(0);
  });

  it('say why they are refused', async () => {
    expect(await refusal(client.noteAllocation(server, 11, 'x'.repeat(257)))).toEqual([
      'invalid',
      'panel.invalid',
    ]);
    expect(await refusal(client.removeAllocation(server, 99))).toEqual(['not-found', 'panel.no-allocation']);
    expect(await refusal(client.removeAllocation(server, -1))).toEqual([
      'not-found',
      'panel.no-allocation-id',
    ]);
    if (dialect !== 'pelican') {
      expect(await refusal(client.removeAllocation(server, 10))).toEqual([
        'conflict',
        'panel.allocation-default',
      ]);
    }
    rig.state.allocationPorts = null;
    expect(await refusal(client.addAllocation(server))).toEqual(['conflict', 'panel.allocation-off']);
    rig.state.allocationPorts = { from: 25_565, to: 25_565 };
    expect(await refusal(client.addAllocation(server))).toEqual(['conflict', 'panel.allocation-none-free']);
    rig.panel.limits.refill();
    rig.server('Survival').featureLimits.allocations = 0;
    expect(await refusal(client.addAllocation(server))).toEqual(['conflict', 'panel.allocation-limit']);
    expect(await refusal(client.removeAllocation(server, 12))).toEqual(['conflict', 'panel.allocation-kept']);
    rig.server('Survival').status = 'suspended';
    expect(await refusal(client.allocations(server))).toEqual(['conflict', 'panel.conflict-suspended']);
  });

  it('name the limit of additions, and the missing permission', async () => {
    rig.server('Survival').featureLimits.allocations = 50;
    const additions = [await client.addAllocation(server), await client.addAllocation(server)];
    expect(additions).toHaveLength(2);
    const third = refusal(client.addAllocation(server));
    const isThrottled = dialect === 'pelican' || dialect === 'panel-1.12';
    expect(await third).toEqual(
      isThrottled
        ? ['rate-limited', 'panel.allocation-throttled']
        : ['conflict', 'panel.allocation-none-free'],
    );
    for (const subuser of rig.server('Survival').subusers) subuser.permissions = ['allocation.read'];
    const subuser = clients.of('subuser');
    expect(await subuser.allocations(server)).toHaveLength(5);
    await expect(subuser.makeDefaultAllocation(server, 12)).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'allocation.update' },
    });
  });
});
