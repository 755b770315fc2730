/** People of a server (PROTOCOL 2.23) on each panel: who may do what, limits, and the messages to the node. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeyHolder } from '../../data/seed.js';
import { errorOf, PanelRig, type Answer } from '../../../tests/support/panel-rig.js';
import { dialects } from '../dialects.js';

let rig: PanelRig;
afterEach(() => rig.end());

interface Person {
  uuid: string;
  username: string;
  email: string;
  permissions: string[];
  '2fa_enabled': boolean;
}

const personOf = ({ body }: Answer): Person => (body as { attributes: Person }).attributes;
const peopleOf = ({ body }: Answer): Person[] =>
  (body as { data: { attributes: Person }[] }).data.map(({ attributes }) => attributes);
const detailsOf = ({ body }: Answer): string[] =>
  (body as { errors: { detail: string }[] }).errors.map(({ detail }) => detail);

describe.each(Object.keys(dialects))('people of %s', (dialect) => {
  const connect = dialect === 'reference' ? 'admin.websocket' : 'websocket.connect';

  beforeEach(async () => {
    rig = await PanelRig.start({ dialect });
    rig.server('Survival').subusers = [];
  });

  const ask = (method: string, path = '', body: unknown = null, who: KeyHolder = 'owner') =>
    rig.on(who, 'Survival', method, `/users${path}`, body);
  const add = (email: string, permissions: unknown, who: KeyHolder = 'owner') =>
    ask('POST', '', { email, permissions }, who);
  const allow = (...permissions: string[]) => {
    rig.server('Survival').subusers = [{ userId: 3, permissions, createdAt: '2026-01-01T00:00:00.000Z' }];
  };
  const sam = () => rig.world.user(3);

  test('are added, read, changed and removed, and the node hears of it', async () => {
    expect(peopleOf(await ask('GET'))).toEqual([]);
    const made = personOf(await add('SAM@example.com', ['control.start', 'file.read', 'control.start']));
    expect(made).toMatchObject({ username: 'sam', email: 'sam@example.com', '2fa_enabled': false });
    expect(made.permissions).toEqual(['control.start', 'file.read', connect]);
    expect(personOf(await ask('GET', `/${made.uuid}`))).toEqual(made);
    const node = [...rig.nodes.values()].flatMap(({ asked }) => asked);
    expect(node.filter((each) => each.startsWith('revoke'))).toEqual([]);

    const changed = personOf(await ask('POST', `/${made.uuid}`, { permissions: ['file.read'] }));
    expect(changed.permissions.toSorted()).toEqual(['file.read', connect].sort());
    expect(rig.server('Survival').subusers[0]?.permissions).toEqual(['file.read', 'websocket.connect']);
    await ask('POST', `/${made.uuid}`, { permissions: ['file.read'] });
    expect((await ask('DELETE', `/${made.uuid}`)).status).toBe(204);
    const revoked = [...rig.nodes.values()]
      .flatMap(({ asked }) => asked)
      .filter((each) => each.startsWith('revoke'));
    // The same rights a second time are no change.
    expect(revoked).toHaveLength(2);
    expect(errorOf(await ask('GET', `/${made.uuid}`))).toBe('404 NotFoundHttpException');
    expect(peopleOf(await ask('GET'))).toEqual([]);
  });

  test('an address without an account makes one', async () => {
    const made = personOf(await add('new.builder@example.com', ['control.start']));
    expect(made.username).toMatch(/^new\.builder[a-z0-9]{3}$/);
    expect(rig.world.users.size).toBe(4);
    await ask('DELETE', `/${made.uuid}`);
    expect(rig.world.users.size).toBe(4);
    expect(personOf(await add('new.builder@example.com', ['control.start'])).uuid).toBe(made.uuid);
  });

  test('nobody is added twice, and not the owner', async () => {
    await add('sam@example.com', ['control.start']);
    expect(errorOf(await add('sam@example.com', ['control.stop']))).toBe('400 ServerSubuserExistsException');
    expect(errorOf(await add('olive@example.com', ['control.stop']))).toBe('400 UserIsServerOwnerException');
  });

  test('fields are validated', async () => {
    const empty = await ask('POST', '', {});
    expect(empty.status).toBe(422);
    expect(detailsOf(empty)).toHaveLength(2);
    rig.panel.limits.refill();
    expect((await add('no address', ['control.start'])).status).toBe(422);
    expect((await add(`${'a'.repeat(200)}@example.com`, ['control.start'])).status).toBe(422);
    expect(errorOf(await add('sam@example.com', 'control.start'))).toBe('500 TypeError');
    // Only unknown rights leave the connection to the console.
    expect(personOf(await add('sam@example.com', ['no.such', 'x'])).permissions).toEqual([connect]);
    const { uuid } = sam();
    expect((await ask('POST', `/${uuid}`, { permissions: [] })).status).toBe(422);
    expect((await ask('POST', `/${uuid}`, {})).status).toBe(422);
  });

  test('need one right each, and nobody gives more than they have', async () => {
    await add('guest@example.com', ['control.start']);
    const guest = rig.server('Survival').subusers[0];
    if (guest === undefined) throw new Error('A guest was added.');
    const { uuid } = rig.world.user(guest.userId);
    const may = (...permissions: string[]) => {
      allow('websocket.connect', ...permissions);
      rig.server('Survival').subusers.push(guest);
    };
    const forbidden = expect.stringMatching(/^403 /);
    may('control.start');
    expect(errorOf(await ask('GET', '', null, 'subuser'))).toEqual(forbidden);
    may('user.read');
    expect(peopleOf(await ask('GET', '', null, 'subuser'))).toHaveLength(2);
    expect(errorOf(await add('x@example.com', ['control.start'], 'subuser'))).toEqual(forbidden);
    may('user.read', 'user.create', 'user.update', 'control.start');
    expect((await add('x@example.com', ['control.start'], 'subuser')).status).toBe(200);
    const more = await ask('POST', `/${uuid}`, { permissions: ['control.start', 'file.delete'] }, 'subuser');
    expect(errorOf(more)).toBe('403 HttpForbiddenException');
    expect(errorOf(await ask('DELETE', `/${uuid}`, null, 'subuser'))).toEqual(forbidden);
    may('user.delete');
    expect((await ask('DELETE', `/${uuid}`, null, 'subuser')).status).toBe(204);
    expect((await add('y@example.com', ['backup.delete'], 'admin')).status).toBe(200);
  });

  test('nobody reads, changes or removes the own entry', async () => {
    allow('websocket.connect', 'user.read', 'user.update', 'user.delete', 'control.start');
    const own = `/${sam().uuid}`;
    const refused = [
      await ask('GET', own, null, 'subuser'),
      await ask('POST', own, { permissions: ['control.start'] }, 'subuser'),
      await ask('DELETE', own, null, 'subuser'),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403]);
  });

  test('a server in an abnormal state refuses, and two factors are shown', async () => {
    allow('websocket.connect');
    sam().hasTwoFactor = true;
    expect(peopleOf(await ask('GET'))).toMatchObject([{ '2fa_enabled': true }]);
    rig.server('Survival').status = 'suspended';
    expect((await ask('GET')).status).toBe(dialect === 'reference' ? 400 : 409);
  });

  test('newer panels add ten in a quarter of an hour, of each server', async () => {
    const limit = dialects[dialect]?.subusersPerQuarter ?? null;
    for (let at = 0; at < 10; at += 1) await add(`p${at}@example.com`, ['control.start']);
    const next = await add('last@example.com', ['control.start']);
    if (limit === null) {
      expect(next.status).toBe(200);
      return;
    }
    expect(next.status).toBe(429);
    expect(next.headers).toMatchObject({ 'x-ratelimit-limit': '10', 'retry-after': '900' });
    expect((await rig.on('owner', 'Lobby', 'GET', '/users')).status).toBe(200);
    rig.now += 15 * 60_000;
    expect((await add('last@example.com', ['control.start'])).status).toBe(200);
  });
});
