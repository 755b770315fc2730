import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { serverItem as item, variable } from '../../../tests/support/panel-answers.js';
import { accountAnswer, permissionsAnswer, ticketAnswer } from './account.js';
import { resourcesAnswer } from './resources.js';
import { serverItem } from './server.js';
import { changedVariableAnswer, startupAnswer } from './startup.js';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('a server', () => {
  it('of a real panel', () => {
    expect(serverItem.parse(item({}, { is_server_owner: true, user_permissions: ['*'] }))).toEqual({
      uuid: 'aaaaaaaa-0000-4000-8000-000000000001',
      identifier: 'aaaaaaaa',
      internalId: 7,
      name: 'Survival',
      description: 'A quiet world',
      node: 'Berlin',
      isOwner: true,
      condition: 'normal',
      limits: {
        memoryBytes: 2_147_483_648,
        diskBytes: 10_737_418_240,
        cpuPercent: 150,
        swapBytes: 0,
        threads: null,
        ioWeight: 500,
        oomKiller: false,
        backups: 1,
        databases: 1,
        allocations: 1,
      },
      allocations: [
        { ip: '203.0.113.10', alias: 'play.example.com', port: 25565, notes: null, isDefault: true },
        { ip: '203.0.113.10', alias: null, port: 25566, notes: null, isDefault: false },
      ],
      sftp: { host: 'node.example.com', port: 2022 },
      dockerImage: 'registry.example.com/java:21',
      naming: { nameMax: 191, descriptionMax: null, description: 'with-name' },
      game: 'minecraft',
      isEggNamed: false,
      features: ['eula'],
      permissions: ['*'],
    });
  });

  it('with an egg: the game by its name, or a guess for an unknown name', () => {
    const of = (egg: unknown) => serverItem.parse(item({ relationships: { egg } }));
    const named = { object: 'egg', attributes: { uuid: 'e', name: 'Terraria Vanilla' } };
    expect(of(named)).toMatchObject({ game: 'terraria', isEggNamed: true });
    const own = of({ attributes: { name: 'A game of our own' } });
    expect(own).toMatchObject({ game: 'minecraft', isEggNamed: true });
    for (const odd of [null, 7, 'Rust', { attributes: null }, { attributes: { name: ['Rust'] } }]) {
      expect(of(odd)).toMatchObject({ game: 'minecraft', isEggNamed: false });
    }
  });

  it('of the reference: a power state as status, permissions in the attributes, no relationships', () => {
    const server = serverItem.parse(
      item({ status: 'running', user_permissions: ['control.start'], relationships: undefined }),
    );
    expect(server).toMatchObject({ condition: 'normal', permissions: ['control.start'], allocations: null });
  });

  it('of Pelican: no description, no allocation, an alias for SFTP', () => {
    const server = serverItem.parse(
      item({
        description: undefined,
        sftp_details: { ip: '10.0.0.1', alias: 'sftp.example.com', port: 2022 },
        relationships: { allocations: { object: 'list', data: [] } },
      }),
    );
    expect(server).toMatchObject({
      description: '',
      allocations: [],
      sftp: { host: 'sftp.example.com', port: 2022 },
    });
    expect(server.permissions).toBeNull();
  });

  it('with hidden relationships, nulls and only required fields', () => {
    const bare = { uuid: 'u-1', identifier: 'serv_0abc', name: 'x' };
    expect(serverItem.parse({ attributes: bare })).toMatchObject({
      identifier: 'serv_0abc',
      node: '',
      limits: { memoryBytes: null, diskBytes: null, cpuPercent: null },
      sftp: null,
      condition: 'normal',
    });
    const nulled = item({
      description: null,
      egg_features: null,
      sftp_details: null,
      limits: null,
      relationships: { allocations: { object: 'null_resource', attributes: null } },
    });
    expect(accepts(serverItem, nulled)).toBe(true);
  });

  it.each<[Record<string, unknown>, string]>([
    [{ status: 'installing', is_installing: true }, 'installing'],
    [{ status: 'install_failed', is_installing: true }, 'install-failed'],
    [{ status: 'reinstall_failed' }, 'reinstall-failed'],
    [{ status: 'reinstall_failed', is_transferring: true }, 'transferring'],
    [{ status: 'reinstall_failed', is_installing: true }, 'reinstall-blocked'],
    [{ status: 'reinstall_failed', is_installing: true, is_transferring: true }, 'reinstall-blocked'],
    [{ status: 'reinstall_failed', is_node_under_maintenance: true }, 'maintenance'],
    [{ status: 'suspended' }, 'suspended'],
    [{ is_suspended: true, status: 'installing' }, 'suspended'],
    [{ status: 'restoring_backup' }, 'restoring'],
    [{ is_transferring: true }, 'transferring'],
    [{ is_node_under_maintenance: true, status: 'installing' }, 'maintenance'],
    [{ is_installing: true }, 'installing'],
    [{ status: 'something_new' }, 'normal'],
  ])('with %j is %s', (fields, condition) => {
    expect(serverItem.parse(item(fields)).condition).toBe(condition);
  });

  it('with a hostile name stays one line; markup stays text', () => {
    const { name } = serverItem.parse(item({ name: '\u001b[2J<b>Best\r\nserver</b>\u202e' }));
    expect(name).toBe('<b>Best server</b>');
  });

  it.each<[unknown, Record<string, unknown>]>([
    ['Survival', { name: 'Survival' }],
    [' Two\nlines', { name: 'Two lines', rawName: ' Two\nlines' }],
    ['', { name: 'aaaaaaaa', rawName: '' }],
    ['\u3164\u2800', { name: 'aaaaaaaa', rawName: '\u3164\u2800' }],
    [null, { name: 'aaaaaaaa', rawName: '' }],
  ])("named %j keeps the panel's name if another is shown", (sent, names) => {
    const { name, rawName } = serverItem.parse(item({ name: sent }));
    expect({ name, rawName }).toEqual({ rawName: undefined, ...names });
  });

  it('gives an address without a second line to paste', () => {
    const hostile = { ip: '203.0.113.10', port: 1, ip_alias: 'play\nrm -rf ~\n', notes: 'a\u001b[2J\nb' };
    const blank = { ip: '203.0.113.10', port: 2, ip_alias: ' \n', notes: '' };
    const data = [{ attributes: hostile }, { attributes: blank }];
    const server = serverItem.parse(
      item({
        relationships: { allocations: { data } },
        sftp_details: { ip: 'node', alias: 'sftp\nrm', port: 22 },
      }),
    );
    expect(server.allocations).toMatchObject([
      { alias: 'play rm -rf ~', notes: 'a b' },
      { alias: null, notes: null },
    ]);
    expect(server.sftp?.host).toBe('sftp rm');
  });

  it.each<[string, Record<string, unknown>]>([
    ['uuid that leads elsewhere', { uuid: '../../etc' }],
    ['identifier that leads elsewhere', { identifier: 'a/../b' }],
    ['name of another type', { name: { toString: 'x' } }],
    ['limit of another type', { limits: { memory: [] } }],
    ['endless number', { limits: { memory: Infinity } }],
    ['number beyond all measure', { limits: { memory: 1e305 } }],
    ['number of endless digits', { limits: { disk: '9'.repeat(400) } }],
    ['port of endless digits', { sftp_details: { ip: 'node.example.com', port: '9'.repeat(400) } }],
  ])('with a %s is refused', (_what, fields) => {
    expect(accepts(serverItem, item(fields))).toBe(false);
  });
});

describe('resources', () => {
  const stats = (attributes: unknown) => ({ object: 'stats', attributes });

  it('of both columns', () => {
    const numbers = {
      memory_bytes: 5,
      cpu_absolute: 1.5,
      disk_bytes: 6,
      network_rx_bytes: 7,
      network_tx_bytes: 8,
      uptime: 9000,
    };
    const real = resourcesAnswer.parse(
      stats({ current_state: 'running', is_suspended: false, resources: numbers }),
    );
    expect(real).toEqual({
      power: 'running',
      isSuspended: false,
      usage: {
        cpuPercent: 1.5,
        memoryBytes: 5,
        memoryLimitBytes: null,
        diskBytes: 6,
        networkRxBytes: 7,
        networkTxBytes: 8,
        uptimeMs: 9000,
      },
    });
    const reference = resourcesAnswer.parse(
      stats({
        current_state: 'running',
        is_suspended: false,
        resources: { ...numbers, memory_limit_bytes: 1024 },
      }),
    );
    expect(reference.usage.memoryLimitBytes).toBe(1024);
    // Largest int64 as a JSON number: a node's value for "no limit".
    const endless = stats({ current_state: 'running', resources: { memory_limit_bytes: 2 ** 63 } });
    expect(resourcesAnswer.parse(endless).usage.memoryLimitBytes).toBe(2 ** 63);
  });

  it('without values are zeros, `stopped` is offline, and `missing` is no state', () => {
    expect(resourcesAnswer.parse(stats({ current_state: 'stopped' }))).toMatchObject({
      power: 'offline',
      usage: { cpuPercent: 0, uptimeMs: 0 },
    });
    expect(resourcesAnswer.parse(stats({ current_state: 'missing' })).power).toBeNull();
    expect(accepts(resourcesAnswer, stats({ current_state: 'toString' }))).toBe(false);
  });

  it.each([1e305, -1e305, '9'.repeat(400)])('are refused with a figure of %s', (bytes) => {
    const answer = stats({ current_state: 'running', resources: { memory_bytes: bytes } });
    expect(accepts(resourcesAnswer, answer)).toBe(false);
  });
});

describe('startup', () => {
  const real = {
    startup_command: 'java -jar server.jar',
    raw_startup_command: 'java -jar {{SERVER_JARFILE}}',
    docker_images: { 'Java 21': 'registry.example.com/java:21', 'Java 17': 'registry.example.com/java:17' },
  };
  const reference = {
    startup_command: real.raw_startup_command,
    raw_startup_command: real.startup_command,
    docker_images: { 'registry.example.com/java:21': 'Java 21', 'registry.example.com/java:17': 'Java 17' },
  };
  const parse = (meta: unknown, current?: string, data: unknown[] = [variable()]) =>
    startupAnswer(current).parse({ object: 'list', data, meta });

  it('means the same in both columns', () => {
    expect(parse(reference)).toEqual(parse(real));
    expect(parse(real)).toMatchObject({
      command: 'java -jar server.jar',
      template: 'java -jar {{SERVER_JARFILE}}',
      images: [
        { label: 'Java 21', image: 'registry.example.com/java:21' },
        { label: 'Java 17', image: 'registry.example.com/java:17' },
      ],
    });
  });

  it("swaps labels and images by the server's current image", () => {
    const meta = { docker_images: { quay: 'java', hub: 'other' } };
    expect(parse(meta, 'java').images[0]).toEqual({ label: 'quay', image: 'java' });
    expect(parse(meta, '~hub').images[1]).toEqual({ label: 'other', image: 'hub' });
  });

  it('accepts a list of images, no images, and a list of commands', () => {
    expect(parse({ docker_images: ['a:1'] }).images).toEqual([{ label: 'a:1', image: 'a:1' }]);
    expect(parse({ docker_images: [] }).images).toEqual([]);
    expect(parse(undefined)).toMatchObject({ images: [], command: '', template: '' });
    expect(parse({ startup_command: 'a', raw_startup_command: 'b' })).toMatchObject({
      command: 'a',
      template: 'b',
    });
  });

  it('keeps null apart from empty, and leaves a bad variable out', () => {
    const startup = parse(real, undefined, [
      variable(),
      variable({ env_variable: 'EMPTY', server_value: '' }),
      variable({ env_variable: 'A B' }),
    ]);
    expect(startup.variables.map((one) => one.serverValue)).toEqual([null, '']);
    expect(startup.malformed).toBe(1);
  });
});

describe('a variable that was changed', () => {
  const meta = { startup_command: 'java -jar a.jar', raw_startup_command: 'java -jar {{SERVER_JARFILE}}' };
  const parse = (fields: Record<string, unknown>, more: Record<string, unknown>) =>
    changedVariableAnswer.parse({ ...(variable(fields) as object), ...more });

  it('comes with the commands in either order', () => {
    const commands = { command: meta.startup_command, template: meta.raw_startup_command };
    const turned = { startup_command: commands.template, raw_startup_command: commands.command };
    expect(parse({ server_value: 'a.jar' }, { meta })).toMatchObject({
      variable: { envVariable: 'SERVER_JARFILE', serverValue: 'a.jar' },
      commands,
    });
    expect(parse({}, { meta: turned }).commands).toEqual(commands);
  });

  it.each([[undefined], [null], [{}], ['x'], [{ startup_command: {} }]])('without them: %j', (odd) => {
    expect(parse({}, { meta: odd }).commands).toBeNull();
  });

  it("is empty for the panel's null: it was just set", () => {
    expect(parse({ server_value: null }, { meta }).variable.serverValue).toBe('');
  });
});

describe('an address that a panel sends twice', () => {
  const allocation = (fields: Record<string, unknown>) => ({
    attributes: { ip: '203.0.113.10', port: 25565, ...fields },
  });

  it('is one address, the default one first', () => {
    const data = [allocation({ notes: 'other' }), allocation({ is_default: true }), allocation({ port: 1 })];
    const { allocations } = serverItem.parse(item({ relationships: { allocations: { data } } }));
    expect(allocations?.map(({ port, isDefault }) => [port, isDefault])).toEqual([
      [25565, true],
      [1, false],
    ]);
  });

  it('is one variable', () => {
    const data = [variable({ name: 'First' }), variable({ name: 'Second' }), variable({ env_variable: 'B' })];
    const startup = startupAnswer(undefined).parse({ object: 'list', data });
    expect(startup.variables.map(({ name }) => name)).toEqual(['First', 'Jar file']);
  });

  it('is one permission', () => {
    const flat = { attributes: { permissions: ['control.start', 'control.start'] } };
    expect(permissionsAnswer.parse(flat)[0]?.permissions).toHaveLength(1);
  });
});

describe('account, permissions, ticket', () => {
  it('of Pelican', () => {
    const attributes = { uuid: 'x', username: 'ada', email: 'ada@example.com', root_admin: true };
    expect(accountAnswer.parse({ attributes })).toEqual({
      username: 'ada',
      email: 'ada@example.com',
      isAdmin: true,
    });
    const told = { attributes: { ...attributes, '2fa_enabled': true } };
    expect(accountAnswer.parse(told).hasTwoFactor).toBe(true);
    const flat = { attributes: { permissions: ['control.start', 'control.stop', 'file.read'] } };
    expect(permissionsAnswer.parse(flat).map((group) => group.permissions.map(({ id }) => id))).toEqual([
      ['control.start', 'control.stop'],
      ['file.read'],
    ]);
  });

  it('of a real panel', () => {
    const permissions = { control: { description: 'Power', keys: { start: 'Start it' } } };
    expect(permissionsAnswer.parse({ attributes: { permissions } })).toEqual([
      {
        name: 'control',
        description: 'Power',
        permissions: [{ id: 'control.start', description: 'Start it' }],
      },
    ]);
  });

  it('lead a socket only to a websocket address', () => {
    const ticket = (socket: string, token = 'a.b.c') => ({ data: { token, socket } });
    expect(accepts(ticketAnswer, ticket('wss://node.example.com:8080/api/servers/x/ws'))).toBe(true);
    expect(accepts(ticketAnswer, ticket('https://node.example.com'))).toBe(false);
    expect(accepts(ticketAnswer, ticket('file:///etc/passwd'))).toBe(false);
    expect(accepts(ticketAnswer, ticket('ws://node', 'a\nb'))).toBe(false);
  });
});
