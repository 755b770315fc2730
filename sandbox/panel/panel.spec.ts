import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, PanelRig } from '../../tests/support/panel-rig.js';

let rig: PanelRig;
afterEach(() => rig.end());

describe('calls a minute', () => {
  beforeEach(async () => {
    rig = await PanelRig.start({ clientLimit: 2, websocketLimit: null });
  });

  test('are counted by user, in windows that begin with the first', async () => {
    const first = await rig.ask('owner', 'GET', '/account');
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' });
    expect(first.headers).not.toHaveProperty('x-ratelimit-reset');
    await rig.ask('owner', 'GET', '/account');
    rig.now += 40_000;
    const refused = await rig.ask('owner', 'GET', '/account');
    expect(errorOf(refused)).toBe('429 ThrottleRequestsException');
    expect(refused.headers).toMatchObject({
      'x-ratelimit-limit': '2',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(rig.now / 1000 + 20),
      'retry-after': '20',
    });
    expect((await rig.ask('admin', 'GET', '/account')).status).toBe(200);
    rig.now += 20_000;
    expect((await rig.ask('owner', 'GET', '/account')).status).toBe(200);
  });

  test('are not used up by a bad key, an unknown server or a wrong method', async () => {
    await rig.ask(null, 'GET', '/account');
    const unknown = await rig.ask('owner', 'GET', '/servers/deadbeef');
    expect(unknown.headers).not.toHaveProperty('x-ratelimit-limit');
    expect(errorOf(await rig.ask('owner', 'POST', '/account'))).toBe('405 MethodNotAllowedHttpException');
    expect((await rig.ask('owner', 'GET', '/account')).headers['x-ratelimit-remaining']).toBe('1');
  });
});

describe('socket tokens a minute', () => {
  beforeEach(async () => {
    rig = await PanelRig.start({ websocketLimit: 5 });
  });

  test('are counted per server over all users, and shown instead of the larger count', async () => {
    const token = (who: 'owner' | 'admin') => rig.on(who, 'Survival', 'GET', '/websocket');
    const first = await token('owner');
    expect(first.headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '4' });
    for (let call = 0; call < 4; call++) expect((await token('admin')).status).toBe(200);
    const refused = await token('owner');
    expect(errorOf(refused)).toBe('429 ThrottleRequestsException');
    expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '5', 'retry-after': '60' });
    expect((await rig.on('owner', 'Lobby', 'GET', '/websocket')).status).toBe(200);
    const other = await rig.on('owner', 'Survival', 'GET');
    expect(other.headers['x-ratelimit-limit']).toBe('720');
    rig.now += 60_000;
    expect((await token('owner')).status).toBe(200);
  });
});

describe('gates', () => {
  beforeEach(async () => {
    rig = await PanelRig.start();
  });

  test('a permission comes before a valid body, a state before a permission', async () => {
    const power = (name: string) => rig.on('subuser', name, 'POST', '/power', { signal: 'explode' });
    expect(errorOf(await power('Survival'))).toBe('403 AccessDeniedHttpException');
    rig.server('Survival').status = 'suspended';
    expect(errorOf(await power('Survival'))).toBe('409 ServerStateConflictException');
    expect(errorOf(await power('Rust Belt'))).toBe('404 NotFoundHttpException');
  });

  test('JSON must parse, but only with a known key', async () => {
    const path = `/servers/${rig.server('Survival').uuid}/power`;
    expect(errorOf(await rig.ask('owner', 'POST', path, '{"signal":'))).toBe('400 BadRequestHttpException');
    expect(errorOf(await rig.ask(null, 'POST', path, '{"signal":'))).toBe('401 AuthenticationException');
  });

  test('a form is accepted like JSON', async () => {
    const path = `/servers/${rig.server('Creative').uuid}/power`;
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await rig.ask('owner', 'POST', path, 'signal=+start+', form)).status).toBe(204);
    expect(rig.nodes.get(1)?.asked).toEqual(['power start']);
  });

  test('a request that does not accept JSON gets a redirect or a page', async () => {
    const page = { accept: '*/*' };
    const login = await rig.ask(null, 'GET', '/account', null, page);
    expect([login.status, login.headers['location']]).toEqual([302, `${rig.panel.url}/auth/login`]);
    const path = `/servers/${rig.server('Survival').uuid}/power`;
    const back = await rig.ask('owner', 'POST', path, { signal: 'x' }, page);
    expect([back.status, back.headers['location']]).toEqual([302, rig.panel.url]);
    const missing = await rig.ask('owner', 'GET', '/servers/deadbeef', null, page);
    expect([missing.status, missing.headers['content-type']]).toEqual([404, 'text/html; charset=UTF-8']);
    expect((await rig.ask('owner', 'GET', '/account', null, page)).status).toBe(200);
  });

  test("a request like that of the panel's own page may not write", async () => {
    const path = `/servers/${rig.server('Creative').uuid}/power`;
    const from = (origin: string) => rig.ask('owner', 'POST', path, { signal: 'start' }, { origin });
    expect(errorOf(await from('http://localhost:3000'))).toBe('419 HttpException');
    expect(errorOf(await from(rig.panel.url))).toBe('419 HttpException');
    expect((await from('http://localhost:5173')).status).toBe(204);
  });

  test('modes of the whole panel', async () => {
    const ask = () => rig.ask('owner', 'GET', '');
    rig.state.maintenance = { retryAfter: 30 };
    const down = await ask();
    expect([errorOf(down), down.headers['retry-after']]).toEqual(['503 HttpException', '30']);
    rig.state.maintenance = null;
    rig.state.twoFactorRequired = true;
    expect(errorOf(await ask())).toBe('400 TwoFactorAuthRequiredException');
    expect((await rig.ask('owner', 'GET', '/account')).status).toBe(200);
  });

  test('a body that is too large is refused', async () => {
    const path = `/servers/${rig.server('Creative').uuid}/command`;
    const answer = await rig.ask('owner', 'POST', path, { command: 'x'.repeat(9 * 1024 * 1024) });
    expect(answer.status).toBe(413);
  });
});

describe('nodes', () => {
  beforeEach(async () => {
    rig = await PanelRig.start();
  });

  test('are asked for usage once in 20 seconds, whoever asks', async () => {
    rig.uses('Survival', { memory_bytes: 1 });
    const memory = async (): Promise<unknown> => {
      const answer = await rig.on('owner', 'Survival', 'GET', '/resources');
      return answer.body;
    };
    const first = await memory();
    rig.uses('Survival', { memory_bytes: 2 });
    rig.now += 19_000;
    expect(await memory()).toEqual(first);
    rig.now += 1_000;
    expect(await memory()).toMatchObject({ attributes: { resources: { memory_bytes: 2 } } });
    expect(rig.nodes.get(1)?.asked).toEqual(['usage', 'usage']);
  });

  test('failures are not cached, and are 504 for usage whatever the node answered', async () => {
    const survival = rig.server('Survival');
    rig.gateway.setFault(survival, { kind: 'refuse', status: 404, message: 'Gone.' });
    const usage = () => rig.on('owner', 'Survival', 'GET', '/resources');
    expect(errorOf(await usage())).toBe('504 DaemonConnectionException');
    const power = await rig.on('owner', 'Survival', 'POST', '/power', { signal: 'stop' });
    expect(errorOf(power)).toBe('404 DaemonConnectionException');
    rig.gateway.setFault(survival, { kind: 'hang' });
    expect(errorOf(await usage())).toBe('504 DaemonConnectionException');
    rig.gateway.setFault(survival, null);
    expect((await usage()).status).toBe(200);
  });

  test('a failed reinstallation keeps the status', async () => {
    await rig.nodes.get(1)?.stop();
    const answer = await rig.on('owner', 'Creative', 'POST', '/settings/reinstall');
    expect(errorOf(answer)).toBe('504 DaemonConnectionException');
    expect(rig.server('Creative').status).toBeNull();
  });

  test('a token is issued also while the node is down', async () => {
    await rig.nodes.get(3)?.stop();
    expect((await rig.on('owner', 'Archive 2022', 'GET', '/websocket')).status).toBe(200);
  });
});

describe('lists', () => {
  beforeEach(async () => {
    rig = await PanelRig.start();
  });

  const names = async (who: 'owner' | 'subuser' | 'admin', query: string): Promise<string[]> => {
    const { body } = await rig.ask(who, 'GET', query);
    return (body as { data: { attributes: { name: string } }[] }).data.map((each) => each.attributes.name);
  };

  test('show own and shared servers; root admins may request all', async () => {
    expect(await names('subuser', '')).toEqual(['Survival', 'Creative', 'Skyblock', 'Archive 2022']);
    expect(await names('admin', '')).toEqual(['Staff Room']);
    expect(await names('admin', '?type=admin')).toHaveLength(9);
    expect(await names('admin', '?type=admin-all')).toHaveLength(10);
    expect(await names('owner', '?type=admin-all')).toEqual([]);
  });

  test('filter and page', async () => {
    expect(await names('owner', '?filter[*]=:8123')).toEqual(['Survival']);
    expect(await names('owner', '?filter[name]=R,sky')).toEqual([
      'Survival',
      'Creative',
      'Skyblock',
      'Rust Belt',
      'Event Arena',
      'Hardcore Season 4',
      'Archive 2022',
    ]);
    const { body } = await rig.ask('owner', 'GET', '?per_page=4&page=2&filter%5B*%5D=');
    expect(body).toMatchObject({
      meta: {
        pagination: {
          total: 9,
          count: 4,
          current_page: 2,
          total_pages: 3,
          links: { next: `${rig.panel.url}/api/client?per_page=4&page=3` },
        },
      },
    });
    expect(errorOf(await rig.ask('owner', 'GET', '?filter[x]=1'))).toBe('400 InvalidFilterQuery');
  });

  test('property names of every object are no filters', async () => {
    expect(errorOf(await rig.ask('owner', 'GET', '?filter[__proto__]=1&filter[constructor]=2'))).toBe(
      '400 InvalidFilterQuery',
    );
  });
});
