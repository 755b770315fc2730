/** Databases (PROTOCOL 2.22) of each panel: refusals, limits, permissions, passwords, activity. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, PanelRig, type Answer } from '../../../tests/support/panel-rig.js';
import { dialects } from '../dialects.js';

interface Attributes {
  id: string | number;
  name: string;
  username: string;
  max_connections: number | null;
  relationships?: { password: { object: string; attributes: { password: string } | null } };
}

let rig: PanelRig;
afterEach(() => rig.end());

const attributesOf = ({ body }: Answer) => (body as { attributes: Attributes }).attributes;
const detailsOf = ({ body }: Answer) =>
  (body as { errors: { detail: string }[] }).errors.map(({ detail }) => detail);
const passwordOf = (answer: Answer) => attributesOf(answer).relationships?.password.attributes?.password;
const main = { database: 'main', remote: '%' };

describe.each(Object.keys(dialects))('databases of %s', (dialect) => {
  const isPelican = dialect === 'pelican';
  const viewPassword = isPelican ? 'database.view-password' : 'database.view_password';

  beforeEach(async () => {
    rig = await PanelRig.start({ dialect });
    limit(5);
  });

  function limit(databases: number | null): void {
    const server = rig.server('Survival');
    server.featureLimits = { ...server.featureLimits, databases };
  }
  function allow(...permissions: string[]): void {
    const subuser = rig.server('Survival').subusers[0];
    if (subuser === undefined) throw new Error('Survival has a subuser.');
    subuser.permissions = permissions;
  }
  const ask = (method: string, path = '', body: unknown = null, who: 'owner' | 'subuser' = 'owner') =>
    rig.on(who, 'Survival', method, `/databases${path}`, body);
  const listed = async (path = '') =>
    ((await ask('GET', path)).body as { data: { attributes: Attributes }[] }).data.map(
      ({ attributes }) => attributes,
    );

  test('are created, listed, given a new password and deleted', async () => {
    expect((await ask('GET')).body).toEqual({ object: 'list', data: [] });
    const made = await ask('POST', '', main);
    const { id, name, username, max_connections: most } = attributesOf(made);
    expect(name).toBe('s1_main');
    expect(username).toMatch(/^u1_[A-Za-z0-9]{10}$/);
    expect(typeof id).toBe(isPelican ? 'number' : 'string');
    expect(most).toBeNull();
    expect(passwordOf(made)).toMatch(/^[A-Za-z0-9!@=.+^]{24}$/);
    expect(await listed()).toEqual([
      {
        id,
        host: { address: '127.0.0.1', port: 3306 },
        name,
        username,
        connections_from: '%',
        max_connections: 0,
      },
    ]);
    const rotated = await ask('POST', `/${id}/rotate-password`);
    expect(passwordOf(rotated)).toHaveLength(24);
    expect(passwordOf(rotated)).not.toBe(passwordOf(made));
    const [withPassword] = await listed('?include=password');
    expect(withPassword?.relationships?.password.attributes?.password).toBe(passwordOf(rotated));
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect(await listed()).toEqual([]);
    expect(errorOf(await ask('DELETE', `/${id}`))).toBe('404 NotFoundHttpException');
  });

  test('a database of another server is unknown', async () => {
    const id = attributesOf(await ask('POST', '', main)).id;
    const other = await rig.on('owner', 'Creative', 'POST', `/databases/${id}/rotate-password`);
    expect(errorOf(other)).toBe('404 NotFoundHttpException');
  });

  test('fields are validated before the limit', async () => {
    limit(0);
    const wrong = await ask('POST', '', { database: 'a b-c!', remote: 'x y' });
    expect(errorOf(wrong)).toBe('422 ValidationException ValidationException');
    const short = await ask('POST', '', { database: 'x', remote: '%' });
    expect(short.status).toBe(422);
    rig.panel.limits.refill();
    expect((await ask('POST', '', { database: 'x'.repeat(49), remote: '%' })).status).toBe(422);
    expect((await ask('POST', '', { database: 'main' })).status).toBe(422);
  });

  test('a long name is cut with its prefix, and a second one of that name is refused', async () => {
    const long = 'x'.repeat(48);
    expect(attributesOf(await ask('POST', '', { database: long, remote: '%' })).name).toBe(
      `s1_${'x'.repeat(45)}`,
    );
    const again = await ask('POST', '', { database: `${'x'.repeat(46)}yy`, remote: '%' });
    expect(errorOf(again)).toBe('400 DuplicateDatabaseNameException');
    expect(detailsOf(again)).toEqual(['A database with that name already exists for this server.']);
  });

  test('the limit of the server holds, and none is no limit', async () => {
    limit(1);
    await ask('POST', '', main);
    const over = await ask('POST', '', { database: 'second', remote: '%' });
    expect(errorOf(over)).toBe('400 TooManyDatabasesException');
    rig.panel.limits.refill();
    limit(null);
    expect((await ask('POST', '', { database: 'second', remote: '%' })).status).toBe(200);
  });

  test('without a host of databases, and where nobody may create any, creation is refused', async () => {
    limit(0);
    rig.state.databasesLocked = true;
    expect(errorOf(await ask('POST', '', main))).toBe('400 DatabaseClientFeatureNotEnabledException');
    rig.state.databaseHost = null;
    expect(errorOf(await ask('POST', '', main))).toBe('400 NoSuitableDatabaseHostException');
  });

  test('a host of databases that is down changes nothing, and the list works', async () => {
    const made = await ask('POST', '', main);
    rig.state.databaseHost = { address: '127.0.0.1', port: 3306, isDown: true };
    const { id } = attributesOf(made);
    expect(errorOf(await ask('POST', '', { database: 'second', remote: '%' }))).toBe('500 QueryException');
    expect(errorOf(await ask('POST', `/${id}/rotate-password`))).toBe('500 QueryException');
    expect(errorOf(await ask('DELETE', `/${id}`))).toBe('500 QueryException');
    const [still] = await listed('?include=password');
    expect(still?.relationships?.password.attributes?.password).toBe(passwordOf(made));
  });

  test('two a minute where the panel limits creation, refused requests included, before any other check', async () => {
    await ask('POST', '', { database: 'x', remote: '%' });
    const second = await ask('POST', '', main);
    const third = await ask('POST', '', { database: 'y', remote: '%' });
    if (dialect === 'panel-1.11' || dialect === 'reference') {
      expect(third.status).toBe(422);
      return;
    }
    expect(second.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '0' });
    expect(errorOf(third)).toBe('429 ThrottleRequestsException');
    expect(third.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'retry-after': '60' });
    expect((await rig.on('owner', 'Creative', 'POST', '/databases', main)).status).toBe(200);
    expect((await ask('POST', `/${attributesOf(second).id}/rotate-password`)).status).toBe(200);
    rig.now += 60_000;
    expect((await ask('POST', '', { database: 'third', remote: '%' })).status).toBe(200);
  });

  test('require their permissions', async () => {
    const id = attributesOf(await ask('POST', '', main)).id;
    rig.panel.limits.refill();
    const calls = {
      'database.read': ['GET', '', null] as const,
      'database.create': ['POST', '', { database: 'second', remote: '%' }] as const,
      'database.update': ['POST', `/${id}/rotate-password`, null] as const,
      'database.delete': ['DELETE', `/${id}`, null] as const,
    };
    for (const [permission, [method, path, body]] of Object.entries(calls)) {
      allow(...Object.keys(calls).filter((each) => each !== permission), viewPassword);
      expect((await ask(method, path, body, 'subuser')).status).toBe(403);
      allow(permission);
      expect([200, 204]).toContain((await ask(method, path, body, 'subuser')).status);
    }
  });

  test('a password is left out for whoever may not see it', async () => {
    const id = attributesOf(await ask('POST', '', main)).id;
    const hidden = { object: 'null_resource', attributes: null };
    allow('database.read', 'database.update', 'database.create');
    const list = await ask('GET', '?include=password', null, 'subuser');
    expect(JSON.stringify(list.body)).toContain('"password":{"object":"null_resource"');
    const rotated = await ask('POST', `/${id}/rotate-password`, null, 'subuser');
    expect(attributesOf(rotated).relationships?.password).toEqual(hidden);
    const made = await ask('POST', '', { database: 'second', remote: '%' }, 'subuser');
    expect(attributesOf(made).relationships?.password).toEqual(hidden);
    allow('database.read', 'database.update', viewPassword);
    expect(passwordOf(await ask('POST', `/${id}/rotate-password`, null, 'subuser'))).toHaveLength(24);
  });

  test('are no business of a suspended server', async () => {
    rig.server('Survival').status = 'suspended';
    const wanted = dialect === 'reference' ? 400 : 409;
    expect((await ask('GET')).status).toBe(wanted);
    expect((await ask('POST', '', main)).status).toBe(wanted);
  });
});
