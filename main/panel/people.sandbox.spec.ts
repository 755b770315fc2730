/** Calls about people, to every panel that the sandbox plays: the answers, and the messages for refusals. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../bridge/errors.js';
import { personSchema } from '../../bridge/schema/people.js';
import { dialects } from '../../sandbox/panel/dialects.js';
import type { KeyHolder } from '../../sandbox/data/seed.js';
import { aNetwork } from '../../tests/support/direct-network.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { PanelRig } from '../../tests/support/panel-rig.js';
import { trusting } from '../../tests/support/trusting.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';

let rig: PanelRig;
let clients: PanelApi[] = [];
let server = '';

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  await rig.end();
});

const guest = { email: 'guest@example.com', permissions: ['control.start', 'file.read'] };

function aClient(who: KeyHolder = 'owner'): PanelApi {
  const client = createPanelClient({
    panelUrl: rig.panel.url,
    http: aNetwork().http(trusting()),
    authorize: (use) => use(rig.keyOf(who)),
    clock: new FakeClock(),
    log: new FakeLog(),
  });
  clients = [...clients, client];
  return client;
}

/** Code of the problem and id of its message. */
async function refusal(call: Promise<unknown>): Promise<[ProblemCode, string]> {
  const error = await call.then(
    () => new Error('The call succeeded.'),
    (reason: unknown) => reason,
  );
  const { problem } = error as { problem?: { code: ProblemCode; message: { id: string } } };
  if (problem === undefined) throw error as Error;
  return [problem.code, problem.message.id];
}

describe.each(Object.keys(dialects))('people of %s', (dialect) => {
  let client: PanelApi;
  const connect = dialect === 'reference' ? 'admin.websocket' : 'websocket.connect';

  beforeEach(async () => {
    rig = await PanelRig.start({ dialect, log: () => undefined });
    rig.server('Survival').subusers = [];
    server = rig.server('Survival').uuid.slice(0, 8);
    client = aClient();
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

  it('name the missing permission, and permissions that one lacks', async () => {
    const { uuid } = await client.addPerson(server, guest);
    const [person] = rig.server('Survival').subusers;
    if (person === undefined) throw new Error('A guest was added.');
    const permissions = ['websocket.connect', 'user.create', 'user.update'];
    rig.server('Survival').subusers = [person, { userId: 3, permissions, createdAt: person.createdAt }];
    const subuser = aClient('subuser');
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
