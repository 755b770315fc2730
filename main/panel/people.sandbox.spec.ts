/** Calls about people, to every panel that the sandbox plays: the answers, and the messages for refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { personSchema } from '../../bridge/schema/people.js';
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

const guest = { email: 'guest@example.com', permissions: ['control.start', 'file.read'] };

describe.each(Object.keys(dialects))('people of %s', (dialect) => {
  let client: PanelApi;
  const connect = dialect === 'reference' ? 'admin.websocket' : 'websocket.connect';

  beforeEach(async () => {
    rig = await PanelRig.start({ dialect, log: () => undefined });
    rig.server('Survival').subusers = [];
    server = rig.server('Survival').uuid.slice(0, 8);
    clients = new PanelClients(rig);
    client = clients.of();
  });

  it('are added, read, changed and removed', async () => {
    expect(await client.people(server)).toEqual([]);
    const made = await client.addPerson(server, guest);
    expect(personSchema.parse(made)).toEqual(made);
    expect(made).toMatchObject({ email: guest.email, hasTwoFactor: false });
    expect(made.permissions).toEqual([...guest.permissions, connect]);
    expect(await client.people(server)).toEqual([made]);
    const changed = await client.changePerson(server, made.uuid, ['file.read']);
    expect(changed.permissions.toSorted()).toEqual(['file.read', connect].toSorted());
    const account = [...rig.world.users.values()].find(({ uuid }) => uuid === made.uuid);
    if (account !== undefined) account.hasTwoFactor = true;
    expect(await client.person(server, made.uuid)).toEqual({ ...changed, hasTwoFactor: true });
    await client.removePerson(server, made.uuid);
    expect(await client.people(server)).toEqual([]);
  });

  it('say why they are refused', async () => {
    const { uuid } = await client.addPerson(server, guest);
    expect(await refusal(client.addPerson(server, guest))).toEqual(['conflict', 'panel.person-there']);
    const owner = { ...guest, email: 'olive@example.com' };
    expect(await refusal(client.addPerson(server, owner))).toEqual(['conflict', 'panel.person-is-owner']);
    await expect(client.addPerson(server, { ...guest, email: 'nobody' })).rejects.toMatchObject({
      problem: { code: 'invalid', fields: { email: expect.anything() as unknown } },
    });
    expect(await refusal(client.changePerson(server, uuid, []))).toEqual(['invalid', 'panel.invalid']);
    await client.removePerson(server, uuid);
    expect(await refusal(client.person(server, uuid))).toEqual(['not-found', 'panel.no-person']);
    expect(await refusal(client.person(server, '../../x'))).toEqual(['not-found', 'panel.no-person-id']);
    rig.server('Survival').status = 'suspended';
    expect(await refusal(client.people(server))).toEqual(['conflict', 'panel.conflict-suspended']);
  });

  it('name the missing permission, and missing permissions of the own account', async () => {
    const { uuid } = await client.addPerson(server, guest);
    const [person] = rig.server('Survival').subusers;
    if (person === undefined) throw new Error('A guest was added.');
    const permissions = ['websocket.connect', 'user.create', 'user.update'];
    rig.server('Survival').subusers = [person, { userId: 3, permissions, createdAt: person.createdAt }];
    const subuser = clients.of('subuser');
    await expect(subuser.people(server)).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'user.read' },
    });
    await expect(subuser.removePerson(server, uuid)).rejects.toMatchObject({
      problem: { code: 'forbidden', permission: 'user.delete' },
    });
    const lacking = ['forbidden', 'panel.rights-not-own'];
    expect(await refusal(subuser.addPerson(server, { ...guest, email: 'x@example.com' }))).toEqual(lacking);
    expect(await refusal(subuser.changePerson(server, uuid, ['file.delete']))).toEqual(lacking);
  });

  it('are paced by their own limit alone', async () => {
    const add = (at: number) => client.addPerson(server, { ...guest, email: `p${at}@example.com` });
    for (let at = 0; at < 10; at += 1) await add(at);
    if (dialect === 'panel-1.11' || dialect === 'reference') await add(10);
    else {
      await expect(add(10)).rejects.toMatchObject({
        problem: { code: 'rate-limited', ofServer: true, message: { id: 'panel.person-throttled' } },
      });
      expect(client.rateLimit()).not.toBe(10);
    }
    expect((await client.people(server)).length).toBeGreaterThan(9);
  });
});
