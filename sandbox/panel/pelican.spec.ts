import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { errorOf, PanelRig, type Answer } from '../../tests/support/panel-rig.js';

let rig: PanelRig;
beforeEach(async () => {
  rig = await PanelRig.start({ dialect: 'pelican' });
});
afterEach(() => rig.end());

function pick(answer: Answer, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
    answer.body,
  );
}

describe('pelican', () => {
  test('has its own fields of a server', async () => {
    const node = rig.world.nodes.get(1);
    if (node) node.sftpAlias = 'files.example.com';
    Object.assign(rig.server('Survival'), { allocations: [], primaryAllocationId: 0 });
    const answer = await rig.on('owner', 'Survival', 'GET');
    expect(pick(answer, 'attributes', 'sftp_details')).toEqual({
      ip: 'harbor.example.com',
      alias: 'files.example.com',
      port: 0,
    });
    expect(pick(answer, 'attributes', 'limits')).toMatchObject({ oom_disabled: true, oom_killer: false });
    expect(pick(answer, 'attributes', 'relationships', 'allocations', 'data')).toEqual([]);
    const other = await rig.on('owner', 'Skyblock', 'GET');
    expect(pick(other, 'attributes', 'sftp_details', 'alias')).toBeNull();
    rig.server('Skyblock').allocations = [];
    expect(pick(await rig.on('owner', 'Skyblock', 'GET'), 'attributes', 'invocation')).toContain('--port 0');
  });

  test('omits descriptions and refuses changes while the host locks them', async () => {
    rig.state.descriptionsLocked = true;
    expect(pick(await rig.on('owner', 'Survival', 'GET'), 'attributes')).not.toHaveProperty('description');
    const wish = { description: 'New.' };
    const refused = await rig.on('owner', 'Survival', 'POST', '/settings/description', wish);
    expect([refused.status, refused.text]).toEqual([403, '[]']);
    const subuser = await rig.on('subuser', 'Survival', 'POST', '/settings/description', wish);
    expect(errorOf(subuser)).toBe('403 AccessDeniedHttpException');
    rig.state.descriptionsLocked = false;
    rig.server('Survival').subusers = [{ userId: 3, permissions: ['settings.description'], createdAt: '' }];
    expect((await rig.on('subuser', 'Survival', 'POST', '/settings/description', wish)).status).toBe(204);
    expect((await rig.on('subuser', 'Survival', 'POST', '/settings/rename', { name: 'x' })).status).toBe(403);
    await rig.on('owner', 'Survival', 'POST', '/settings/description', { description: null });
    expect(rig.server('Survival').description).toBe('');
  });

  test('lists permissions without groups', async () => {
    const ids = pick(await rig.ask('owner', 'GET', '/permissions'), 'attributes', 'permissions');
    expect(ids).toEqual(
      expect.arrayContaining(['websocket.connect', 'control.stop', 'database.view-password']),
    );
    expect(ids).toEqual(
      expect.arrayContaining(['settings.description', 'settings.change-icon', 'mount.read', 'mount.update']),
    );
    expect(ids).not.toContain('database.view_password');
  });

  test("sorts variables in the egg's order", async () => {
    const egg = rig.world.eggOf(rig.server('Creative'));
    const last = egg.variables.find((each) => each.env === 'ONLINE_MODE');
    if (last) last.order = 1;
    const { body } = await rig.on('owner', 'Creative', 'GET', '/startup');
    const shown = (body as { data: { attributes: { env_variable: string } }[] }).data;
    expect(shown.map((each) => each.attributes.env_variable).slice(0, 3)).toEqual([
      'ONLINE_MODE',
      'MINECRAFT_VERSION',
      'SERVER_JARFILE',
    ]);
  });

  test('returns zeros for a silent node soon, and for 20 seconds', async () => {
    const usage = async () => (await rig.on('owner', 'Survival', 'GET', '/resources')).body;
    await rig.nodes.get(1)?.stop();
    const missing = await usage();
    expect(missing).toMatchObject({
      attributes: { current_state: 'missing', resources: { memory_bytes: 0, uptime: 0, disk_bytes: 0 } },
    });
    await rig.nodes.get(1)?.start();
    rig.uses('Survival', { memory_bytes: 5 });
    expect(await usage()).toEqual(missing);
    rig.now += 20_000;
    expect(await usage()).toMatchObject({ attributes: { resources: { memory_bytes: 5 } } });
    rig.server('Survival').status = 'installing';
    expect(errorOf(await rig.on('owner', 'Survival', 'GET', '/resources'))).toBe(
      '409 ServerStateConflictException',
    );
  });

  test('has administrators by role, who view shared servers or change all', async () => {
    const sam = rig.world.user(3);
    sam.role = 'viewer';
    const [shared, foreign] = [rig.server('Survival'), rig.server('Rust Belt')];
    shared.subusers = [{ userId: sam.id, permissions: ['control.start'], createdAt: '2026-01-01T00:00:00Z' }];
    foreign.subusers = [];
    const consoles = [
      'websocket.connect',
      'admin.websocket.errors',
      'admin.websocket.install',
      'admin.websocket.transfer',
    ];
    const seen = await rig.on('subuser', 'Survival', 'GET');
    expect(pick(seen, 'meta', 'user_permissions')).toEqual([...consoles, 'control.start']);
    expect((await rig.on('subuser', 'Rust Belt', 'GET')).status).toBe(404);
    sam.role = 'editor';
    expect((await rig.on('subuser', 'Rust Belt', 'POST', '/power', { signal: 'start' })).status).toBe(204);
    const { body } = await rig.ask('subuser', 'GET', '?type=admin-all');
    expect((body as { data: unknown[] }).data).toHaveLength(0);
  });

  test('fails at each page with a server without an address, for users who may not see addresses', async () => {
    const sam = rig.world.user(3);
    const bare = rig.server('Rust Belt');
    bare.allocations = [];
    for (const server of rig.world.servers.values()) {
      server.subusers = [
        { userId: sam.id, permissions: ['control.start'], createdAt: '2026-01-01T00:00:00Z' },
      ];
    }
    const place = [...rig.world.servers.values()].indexOf(bare) + 1;
    const page = (number: number) => rig.ask('subuser', 'GET', `?per_page=1&page=${String(number)}`);
    expect(errorOf(await rig.ask('subuser', 'GET', '?per_page=100'))).toBe('500 Error');
    expect(errorOf(await page(place))).toBe('500 Error');
    expect((await page(place + 1)).status).toBe(200);
    expect((await rig.ask('subuser', 'GET', '?per_page=1&page=1000000')).status).toBe(200);
    sam.rootAdmin = true;
    expect((await rig.ask('subuser', 'GET', '?per_page=100&type=admin-all')).status).toBe(200);
  });

  test("reveals only the class of a node's error", async () => {
    rig.gateway.setFault(rig.server('Survival'), { kind: 'refuse', status: 409, message: 'Locked.' });
    const answer = await rig.on('owner', 'Survival', 'POST', '/settings/reinstall');
    expect(errorOf(answer)).toBe('500 RequestException');
    expect(answer.text).not.toContain('Locked.');
    expect(rig.server('Survival').status).toBeNull();
  });
});
