import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import type { Person } from '../../../bridge/schema/people.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';

const serverId = 'home/u1';
const lost = aProblem('timeout', { maybeDone: true });
const sam: Person = {
  uuid: 'of-sam',
  name: 'sam',
  email: 'sam@example.com',
  hasTwoFactor: true,
  permissions: ['control.start', 'websocket.connect'],
};

async function rig(shared: readonly Person[] = [sam], fields: ServerPatch = {}) {
  const made = await aServerActionsRig(fields);
  const { panel } = made;
  panel.shared = [...shared];
  return { ...made, sent: () => panel.asked.filter((asked) => !/^people /.test(asked)) };
}

const permissions = ['control.start', 'control.stop'];
const person = sam.uuid;

describe('the permissions of a key', () => {
  it.each([
    ['people.list', {}, 'user.read'],
    ['people.add', { email: 'x@example.com', permissions }, 'user.create'],
    ['people.change', { person, permissions, replaces: [] }, 'user.update'],
    ['people.remove', { person }, 'user.delete'],
  ] as const)('%s: no request to a panel that would refuse', async (name, input, permission) => {
    const { actions, panel } = await rig(undefined, { permissions: ['control.console'] });
    const call = actions[name] as (input: object) => Promise<unknown>;
    await expect(call({ serverId, ...input })).rejects.toMatchObject({
      problem: { code: 'forbidden', permission },
    });
    expect(panel.asked).toEqual([]);
  });

  it('gives no permission that the user of the key lacks', async () => {
    const grants = ['user.read', 'user.create', 'user.update', 'control.start'];
    const { actions, sent } = await rig(undefined, { permissions: grants });
    const refusal = { problem: { code: 'forbidden', message: { id: 'actions.rights-lacking' } } };
    const added = actions['people.add']({ serverId, email: 'x@example.com', permissions });
    await expect(added).rejects.toMatchObject(refusal);
    const replaces = sam.permissions;
    const changed = actions['people.change']({ serverId, person, permissions, replaces });
    await expect(changed).rejects.toMatchObject(refusal);
    expect(sent()).toEqual([]);
  });

  it('changes no permission of the own entry', async () => {
    const own = { ...sam, name: 'olive', email: 'olive@example.com' };
    const { actions, sent } = await rig([own]);
    const change = actions['people.change']({ serverId, person, permissions, replaces: own.permissions });
    await expect(change).rejects.toMatchObject({ problem: { message: { id: 'actions.own-entry' } } });
    expect(sent()).toEqual([]);
  });
});

describe('people.add', () => {
  const input = { serverId, email: 'New@Example.com', permissions };

  it('gives access', async () => {
    const { actions, panel } = await rig();
    expect(await actions['people.add'](input)).toMatchObject({ email: 'New@Example.com', permissions });
    expect(panel.shared).toHaveLength(2);
  });

  it('counts as done if the answer was lost and the list has the person with these permissions', async () => {
    const { actions, panel } = await rig();
    const { addPerson } = panel;
    panel.addPerson = async (...of) => {
      await addPerson(...of);
      throw new PerchError(lost);
    };
    expect(await actions['people.add']({ ...input, email: 'new@example.com' })).toMatchObject({
      permissions,
    });
  });

  it('reports an unknown outcome if the list does not show it', async () => {
    const { actions, panel } = await rig();
    panel.problems.set('addPerson', lost);
    await expect(actions['people.add'](input)).rejects.toMatchObject({ problem: { maybeDone: true } });
  });

  it('does not count somebody who has other permissions', async () => {
    const { actions, panel } = await rig();
    panel.problems.set('addPerson', { ...aProblem('conflict'), message: { id: 'panel.person-there' } });
    await expect(actions['people.add']({ ...input, email: sam.email })).rejects.toMatchObject({
      problem: { code: 'conflict' },
    });
  });
});

describe('people.change', () => {
  it('replaces the permissions that the person saw, and no others', async () => {
    const { actions, panel } = await rig();
    const input = { serverId, person, permissions, replaces: ['websocket.connect', 'control.start'] };
    expect(await actions['people.change'](input)).toMatchObject({ permissions });
    const again = actions['people.change']({ ...input, permissions: ['file.read'] });
    await expect(again).rejects.toMatchObject({ problem: { message: { id: 'actions.person-changed' } } });
    expect(panel.shared[0]?.permissions).toEqual(permissions);
  });

  it('sends no request if the panel has the permissions already', async () => {
    const { actions, sent } = await rig();
    await actions['people.change']({ serverId, person, permissions: ['control.start'], replaces: [] });
    expect(sent()).toEqual([]);
  });

  it('counts as done after a lost answer only if the list has these permissions', async () => {
    const { actions, panel } = await rig();
    const input = { serverId, person, permissions, replaces: sam.permissions };
    panel.problems.set('changePerson', lost);
    await expect(actions['people.change'](input)).rejects.toMatchObject({ problem: { maybeDone: true } });
    panel.problems.clear();
    const { changePerson } = panel;
    panel.changePerson = async (...of) => {
      await changePerson(...of);
      throw new PerchError(lost);
    };
    expect(await actions['people.change'](input)).toMatchObject({ permissions });
  });

  it('says that somebody is gone', async () => {
    const { actions } = await rig([]);
    const change = actions['people.change']({ serverId, person, permissions, replaces: [] });
    await expect(change).rejects.toMatchObject({ problem: { message: { id: 'actions.person-gone' } } });
  });
});

describe('people.remove', () => {
  it('counts somebody who is gone already as removed', async () => {
    const { actions, panel } = await rig();
    await actions['people.remove']({ serverId, person });
    expect(panel.shared).toEqual([]);
    panel.problems.set('removePerson', aProblem('not-found'));
    await actions['people.remove']({ serverId, person });
  });

  it.each(['people', 'removePerson'])(
    'does not count a server that is gone as a person, by %s',
    async (later) => {
      const { actions, panel } = await rig();
      panel.problems.set('removePerson', aProblem('not-found'));
      if (later === 'people') panel.problems.set('people', aProblem('not-found'));
      await expect(actions['people.remove']({ serverId, person })).rejects.toMatchObject({
        problem: { code: 'not-found' },
      });
    },
  );

  it('reads the list if the answer was lost', async () => {
    const { actions, panel } = await rig();
    panel.problems.set('removePerson', lost);
    await expect(actions['people.remove']({ serverId, person })).rejects.toMatchObject({
      problem: { maybeDone: true },
    });
    panel.shared = [];
    await actions['people.remove']({ serverId, person });
  });
});
