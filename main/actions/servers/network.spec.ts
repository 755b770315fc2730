import { describe, expect, it } from 'vitest';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import type { NetworkAllocation } from '../../../bridge/schema/network.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';

const serverId = 'home/u1';
const lost = aProblem('timeout', { maybeDone: true });
const game = (fields: Partial<NetworkAllocation> = {}): NetworkAllocation => ({
  id: 1,
  ip: '203.0.113.10',
  alias: null,
  port: 25_565,
  notes: 'Game',
  isDefault: true,
  ...fields,
});
const map = game({ id: 2, port: 8123, notes: null, isDefault: false });

async function rig(fields: ServerPatch = {}) {
  const made = await aServerActionsRig(fields);
  const { panel } = made;
  panel.addresses = [map, game()];
  return { ...made, sent: () => panel.asked.filter((asked) => /Allocation/.test(asked)) };
}

it('lists the default one first', async () => {
  const { actions } = await rig();
  expect(await actions['network.list']({ serverId })).toEqual([game(), map]);
});

it.each([
  ['network.list', {}, 'allocation.read'],
  ['network.note', { allocation: 2, notes: 'x', replaces: '' }, 'allocation.update'],
  ['network.makeDefault', { allocation: 2 }, 'allocation.update'],
  ['network.add', {}, 'allocation.create'],
  ['network.remove', { allocation: 2 }, 'allocation.delete'],
] as const)('%s: no request to a panel that would refuse', async (name, input, permission) => {
  const { actions, panel } = await rig({ permissions: ['control.console'] });
  const call = actions[name] as (input: object) => Promise<unknown>;
  await expect(call({ serverId, ...input })).rejects.toMatchObject({
    problem: { code: 'forbidden', permission },
  });
  expect(panel.asked).toEqual([]);
});

it('no request about a server that Perch does not know', async () => {
  const { actions, panel } = await rig();
  await expect(actions['network.add']({ serverId: 'home/gone' })).rejects.toMatchObject({
    problem: { code: 'not-found' },
  });
  expect(panel.asked).toEqual([]);
});

describe('network.note', () => {
  it('writes notes, and reads the server again', async () => {
    const { actions, panel, sent, clock } = await rig();
    const all = await actions['network.note']({ serverId, allocation: 2, notes: ' Map ', replaces: '' });
    expect(all[1]).toEqual({ ...map, notes: 'Map' });
    expect(sent()).toEqual(['noteAllocation u1 2']);
    await clock.advance(1000);
    expect(panel.asked.at(-1)).toMatch(/^server /);
  });

  it('sends no request where the panel has the notes already', async () => {
    const { actions, sent } = await rig();
    await actions['network.note']({ serverId, allocation: 1, notes: 'Game', replaces: 'Old' });
    expect(sent()).toEqual([]);
  });

  it('replaces no notes that the person did not see', async () => {
    const { actions, sent } = await rig();
    const change = actions['network.note']({ serverId, allocation: 1, notes: 'Mine', replaces: 'Old' });
    await expect(change).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'actions.note-changed' } },
    });
    expect(sent()).toEqual([]);
  });

  it('reports a deleted allocation', async () => {
    const { actions } = await rig();
    const change = actions['network.note']({ serverId, allocation: 9, notes: 'Mine', replaces: '' });
    await expect(change).rejects.toMatchObject({
      problem: { code: 'not-found', message: { id: 'actions.allocation-gone' } },
    });
  });
});

it('makes another allocation the default, once', async () => {
  const { actions, sent } = await rig();
  for (let press = 0; press < 2; press += 1) {
    const all = await actions['network.makeDefault']({ serverId, allocation: 2 });
    expect(all.map(({ id, isDefault }) => [id, isDefault])).toEqual([
      [2, true],
      [1, false],
    ]);
  }
  expect(sent()).toEqual(['makeDefaultAllocation u1 2']);
});

describe('network.remove', () => {
  it('never asks a panel to remove the default one', async () => {
    const { actions, sent } = await rig();
    await expect(actions['network.remove']({ serverId, allocation: 1 })).rejects.toMatchObject({
      problem: { code: 'conflict', message: { id: 'actions.allocation-default' } },
    });
    expect(sent()).toEqual([]);
  });

  it('a deleted allocation counts as removed', async () => {
    const { actions, sent } = await rig();
    expect(await actions['network.remove']({ serverId, allocation: 9 })).toHaveLength(2);
    expect(sent()).toEqual([]);
    expect(await actions['network.remove']({ serverId, allocation: 2 })).toEqual([game()]);
  });
});

it('an allocation that somebody else removes in the same moment counts as removed, and as no default allocation', async () => {
  const { actions, panel } = await rig();
  panel.problems.set('removeAllocation', aProblem('not-found'));
  panel.problems.set('makeDefaultAllocation', aProblem('not-found'));
  for (const [call, outcome] of [
    ['network.remove', 'removed'],
    ['network.makeDefault', 'refused'],
  ] as const) {
    panel.readings = [[game(), map], [game()]];
    const change = actions[call]({ serverId, allocation: map.id });
    if (outcome === 'removed') expect(await change).toEqual([game()]);
    else await expect(change).rejects.toMatchObject({ problem: { code: 'not-found' } });
  }
  panel.readings = [
    [game(), map],
    [game(), map],
  ];
  await expect(actions['network.remove']({ serverId, allocation: map.id })).rejects.toMatchObject({
    problem: { code: 'not-found' },
  });
});

describe('a lost answer', () => {
  it('of an addition names the new address, which may be somebody else’s', async () => {
    const { actions, panel, sent } = await rig();
    panel.problems.set('addAllocation', lost);
    panel.readings = [
      [map, game()],
      [map, game(), { ...map, id: 3 }],
    ];
    await expect(actions['network.add']({ serverId })).rejects.toMatchObject({
      problem: {
        code: 'timeout',
        maybeDone: true,
        message: { id: 'actions.address-appeared', values: { addresses: '203.0.113.10:8123' } },
      },
    });
    expect(sent()).toEqual(['addAllocation u1']);
  });

  it('is reported where the allocation is missing, and where the panel cannot say', async () => {
    const { actions, panel } = await rig();
    panel.problems.set('addAllocation', lost);
    await expect(actions['network.add']({ serverId })).rejects.toMatchObject({
      problem: { maybeDone: true },
    });
    panel.problems.set('removeAllocation', lost);
    await expect(actions['network.remove']({ serverId, allocation: 2 })).rejects.toMatchObject({
      problem: { maybeDone: true },
    });
  });
});
