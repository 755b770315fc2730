/** World of the contract set's answers (tests/fixtures/README.md). */
import type { ApiKey, Egg, Node, Server, User, WorldSeed } from '../../sandbox/data/world.js';
import type { Actor } from './own-answers.js';

const actors = { admin: 1, owner: 2, helper: 3, viewer: 4, stranger: 5, editor: 6 } as const;

const then = '2031-01-02T03:04:05+00:00';

/** `prefix`: key prefix of the dialect. */
export function contractSeed(prefix: string): WorldSeed {
  return {
    users: [
      user('admin', 'Ines', 'Berg'),
      user('owner', 'Wanda', 'Holt'),
      user('helper', 'Tom', 'Linde'),
      { ...user('viewer', 'Vera', 'Quist'), role: 'viewer' },
      user('stranger', 'Sten', 'Rask'),
      { ...user('editor', 'Edda', 'Lund'), role: 'editor' },
    ],
    keys: [
      ...Object.entries(actors).map(([word, userId]) => key(word, userId, prefix)),
      { ...key('application', actors.admin, 'ptla_'), kind: 'application' },
    ],
    nodes: [node(1, 'Valley'), node(2, 'Ridge')],
    eggs: [
      orchard(),
      { ...orchard(), id: 2, name: 'Shed', features: null, startup: './shed', variables: [] },
    ],
    servers: servers(),
  };
}

/** API key of an actor; null for `nobody`. */
export function keyOf(actor: Actor, prefix: string): string | null {
  if (actor === 'nobody') return null;
  return tokenOf(actor, actor === 'application' ? 'ptla_' : prefix);
}

function tokenOf(word: string, prefix: string): string {
  return `${prefix}${word.padEnd(43, '7')}`;
}

function key(word: string, userId: number, prefix: string): ApiKey {
  return {
    token: tokenOf(word, prefix),
    userId,
    kind: 'client',
    description: word,
    allowedIps: null,
    expiresAt: null,
    lastUsedAt: null,
    createdAt: then,
  };
}

function user(word: keyof typeof actors, firstName: string, lastName: string): User {
  return {
    id: actors[word],
    uuid: `7c3e51d0-0000-4000-8000-00000000000${actors[word]}`,
    username: word,
    email: `${word}@orchard.example`,
    firstName,
    lastName,
    language: 'en',
    rootAdmin: word === 'admin',
    createdAt: then,
  };
}

function node(id: number, name: string): Node {
  return {
    id,
    name,
    host: `${name.toLowerCase()}.orchard.example`,
    sftpPort: 2022,
    sftpAlias: id === 1 ? 'files.orchard.example' : null,
    maintenance: false,
    down: false,
    port: 0,
    tokenKey: 'the key of a node of the orchard',
  };
}

function orchard(): Egg {
  const variable = (env: string, name: string, defaultValue: string, rules: string) => ({
    env,
    name,
    description: `Sets ${name.toLowerCase()}.`,
    defaultValue,
    rules,
    viewable: true,
    editable: true,
  });
  return {
    id: 1,
    uuid: '2f6b8d14-5a3c-4e70-9b81-c2d3e4f5a6b7',
    name: 'Orchard',
    game: 'survival',
    features: ['eula'],
    dockerImages: {
      'Stove 2': 'images.orchard.example/stove:2',
      'Stove 1': 'images.orchard.example/stove:1',
    },
    startup: './orchard --trees {{TREES}} --name {{SEASON}} --memory {{SERVER_MEMORY}} --key {{SECRET}}',
    stopValue: 'stop',
    donePattern: 'boils',
    variables: [
      { ...variable('TREES', 'Trees', '12', 'required|integer|between:1,99'), order: 2 },
      { ...variable('SEASON', 'Season', 'spring', 'required|string|max:10'), order: 1 },
      { ...variable('MOTTO', 'Motto', '', 'nullable|string|max:20'), order: 3 },
      { ...variable('EDITION', 'Edition', '2', 'required|string'), editable: false, order: 4 },
      { ...variable('SECRET', 'Secret', 'hidden', 'nullable|string'), viewable: false, order: 5 },
    ],
  };
}

function servers(): Server[] {
  const server = (id: number, uuid: string, name: string, other: Partial<Server> = {}): Server => ({
    id,
    uuid,
    externalId: null,
    name,
    description: '',
    ownerId: actors.owner,
    nodeId: 1,
    eggId: 1,
    startup: null,
    image: 'images.orchard.example/stove:2',
    status: null,
    transferring: false,
    installed: true,
    limits: { memory: 2048, swap: 0, disk: 10_240, io: 500, cpu: 150, threads: null, oomDisabled: true },
    featureLimits: { databases: 1, allocations: 2, backups: 3 },
    allocations: [{ id: id * 10, ip: '192.0.2.20', alias: null, port: 27_000 + id, notes: null }],
    primaryAllocationId: id * 10,
    values: { TREES: '24', SEASON: 'autumn', EDITION: '2' },
    subusers: [],
    lastState: 'running',
    ...other,
  });
  return [
    server(1, '8d3f5b10-6c2a-4e97-a1b4-0f2e3d4c5b6a', 'Harvest', {
      description: 'Apples & pears',
      allocations: [
        { id: 10, ip: '192.0.2.20', alias: 'play.orchard.example', port: 27_001, notes: 'Gate' },
        { id: 11, ip: '192.0.2.20', alias: null, port: 27_002, notes: null },
      ],
      subusers: [
        {
          userId: actors.helper,
          permissions: ['websocket.connect', 'control.console', 'control.start'],
          createdAt: then,
        },
      ],
    }),
    server(2, 'c4a7e6d2-1b3f-4058-9e6d-7a8b9c0d1e2f', 'Cellar', { nodeId: 2, eggId: 2, values: {} }),
    server(3, 'f1e2d3c4-b5a6-4798-8a9b-acbdcedf0a1b', 'Attic', { ownerId: actors.stranger, eggId: 2 }),
  ];
}
