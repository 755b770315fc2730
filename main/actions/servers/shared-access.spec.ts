import { describe, expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import type { ServerPatch } from '../../../bridge/fleet/changes.js';
import { standInId } from '../../../bridge/people/unread.js';
import type { Person } from '../../../bridge/schema/people.js';
import { aServerActionsRig } from '../../../tests/support/server-actions-rig.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { setAccess } from './shared-access.js';

const serverId = 'home/u1';
const lost = aProblem('timeout', { maybeDone: true });
const sam: Person = {
  uuid: 'of-sam',
  name: 'sam',
  email: 'Sam@Example.com',
  hasTwoFactor: true,
  permissions: ['control.start'],
};
const taken = { email: 'sam@example.com ', permissions: null, replaces: false };

async function rig(shared: readonly Person[], fields: ServerPatch = {}) {
  const made = await aServerActionsRig(fields);
  const { panel } = made;
  panel.shared = [...shared];
  return { ...made, sent: () => panel.asked.filter((asked) => !/^people /.test(asked)) };
}

describe('access that is taken everywhere', () => {
  it('finds the person in another spelling of the address', async () => {
    const { panel, sent, store, fleet } = await rig([sam]);
    await setAccess({ store, fleet }, serverId, taken);
    expect(panel.shared).toEqual([]);
    expect(sent()).toHaveLength(1);
  });

  it.each<[string, Person[]]>([
    ['the owner, who is in no list', []],
    ['an address that only looks alike', [{ ...sam, email: 'sam+mod@example.com' }]],
  ])('changes nothing for %s', async (_whom, shared) => {
    const { panel, sent, store, fleet } = await rig(shared);
    await setAccess({ store, fleet }, serverId, taken);
    expect(panel.shared).toEqual(shared);
    expect(sent()).toEqual([]);
  });

  it('is no success while an entry of the list may be the person', async () => {
    const unread = { ...sam, uuid: standInId(0), name: '', email: '' };
    const { sent, store, fleet } = await rig([unread]);
    await expect(setAccess({ store, fleet }, serverId, taken)).rejects.toMatchObject({
      problem: { code: 'protocol', message: { id: 'actions.people-unread' } },
    });
    expect(sent()).toEqual([]);
  });

  it.each([
    ['may not remove people', { permissions: ['user.read'] }, 'user.delete'],
    ['may not see people', { permissions: ['user.delete'] }, 'user.read'],
  ])('is refused for a key that %s', async (_why, fields, permission) => {
    const { panel, store, fleet } = await rig([sam], fields);
    await expect(setAccess({ store, fleet }, serverId, taken)).rejects.toMatchObject({
      problem: { code: 'forbidden', permission },
    });
    expect(panel.asked).toEqual([]);
  });

  it('never takes the access of the user of the key', async () => {
    const own = { ...sam, name: 'olive' };
    const { panel, sent, store, fleet } = await rig([own]);
    await expect(setAccess({ store, fleet }, serverId, taken)).rejects.toMatchObject({
      problem: { message: { id: 'actions.own-entry' } },
    });
    expect([panel.shared, sent()]).toEqual([[own], []]);
  });

  it.each([
    ['done, if the list says so', true],
    ['open, if the person is still there', false],
  ])('after a lost answer counts as %s', async (_as, isDone) => {
    const { panel, store, fleet } = await rig([sam]);
    const { removePerson } = panel;
    panel.removePerson = async (identifier, person) => {
      if (isDone) await removePerson(identifier, person);
      throw new PerchError(lost);
    };
    const taking = setAccess({ store, fleet }, serverId, taken);
    if (isDone) await taking;
    else await expect(taking).rejects.toMatchObject({ problem: { maybeDone: true } });
    expect(panel.shared).toHaveLength(isDone ? 0 : 1);
  });
});
