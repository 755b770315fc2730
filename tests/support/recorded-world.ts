import * as z from 'zod';
import type {
  ApiKey,
  Egg,
  EggVariable,
  Node,
  Server,
  Subuser,
  User,
  WorldSeed,
} from '../../sandbox/data/world.js';
import type { Usage } from '../../sandbox/wings/api.js';
import type { Recording } from './panel-recordings.js';
import { account, eggOf, rightsOf, serverItem, startup, usage, variable } from './recorded-schemas.js';

/** Rebuilds the world of the recorded panel from what its own answers show of it. */

export const people = { admin: 1, owner: 2, subuser: 3, other: 4, empty: 5 } as const;

const then = '2026-01-01T00:00:00+00:00';

export interface RecordedWorld {
  seed: WorldSeed;
  /** By the word of the README: owner, ownerExpired, application ... */
  keys: ReadonlyMap<string, ApiKey>;
  usages: ReadonlyMap<string, Usage>;
}

export function recordedWorld(
  recordings: readonly Recording[],
  named: ReadonlyMap<string, string>,
): RecordedWorld {
  const servers = new Map<string, Server>();
  const eggs = new Map<string, Egg>();
  for (const item of itemsSeen(recordings)) {
    const { attributes } = item;
    if (servers.has(attributes.identifier)) continue;
    servers.set(attributes.identifier, serverFrom(item));
    eggs.set(attributes.identifier, eggFrom(item));
  }
  addHidden(servers, named);
  learnEggs(recordings, eggs);
  learnRights(recordings, servers, named);
  const keys = keysOfPeople();
  return {
    seed: {
      users: usersFrom(recordings),
      keys: [...keys.values()],
      nodes: [1, 2, 3, 4, 5, 6].map(nodeNumber),
      eggs: [...eggs.values()],
      servers: [...servers.values()],
    },
    keys,
    usages: usagesFrom(recordings),
  };
}

/** Servers as their owner or a root admin sees them, first as in the lists, before any case changed them. */
function itemsSeen(recordings: readonly Recording[]): z.infer<typeof serverItem>[] {
  return recordings
    .filter(({ actor, response }) => actor !== 'subuser' && response.status === 200)
    .flatMap(({ response: { body } }) => {
      const all = z.object({ data: z.array(z.unknown()) }).safeParse(body);
      return (all.success ? all.data.data : [body]).flatMap((each) => {
        const parsed = serverItem.safeParse(each);
        return parsed.success ? [parsed.data] : [];
      });
    });
}

function serverFrom({ attributes }: z.infer<typeof serverItem>): Server {
  const { oom_disabled: oomDisabled, ...limits } = attributes.limits;
  const allocations = attributes.relationships.allocations.data.map(({ attributes: own }) => own);
  const values = attributes.relationships.variables.data.flatMap(({ attributes: own }): [string, string][] =>
    own.server_value === null ? [] : [[own.env_variable, own.server_value]],
  );
  return {
    id: attributes.internal_id,
    uuid: attributes.uuid,
    externalId: null,
    name: attributes.name,
    description: attributes.description,
    ownerId: people.owner,
    nodeId: Number(attributes.node.replace(/\D/g, '')),
    eggId: attributes.internal_id,
    startup: null,
    image: attributes.docker_image,
    status: attributes.status,
    transferring: attributes.is_transferring,
    installed: attributes.status !== 'install_failed',
    limits: { ...limits, oomDisabled },
    featureLimits: attributes.feature_limits,
    allocations: allocations.map(({ id, ip, ip_alias: alias, port, notes }) => ({
      id,
      ip,
      alias,
      port,
      notes,
    })),
    primaryAllocationId: allocations.find((each) => each.is_default)?.id ?? 0,
    values: Object.fromEntries(values),
    subusers: [],
    lastState: 'offline',
  };
}

/** Each server has an egg of its own here. */
function eggFrom({ attributes }: z.infer<typeof serverItem>): Egg {
  return {
    id: attributes.internal_id,
    uuid: attributes.uuid,
    name: 'An egg',
    game: 'survival',
    features: attributes.egg_features,
    dockerImages: { 'The only one': attributes.docker_image },
    startup: attributes.invocation,
    stopValue: 'stop',
    donePattern: 'done',
    variables: attributes.relationships.variables.data.map(variableFrom),
  };
}

function variableFrom({ attributes }: z.infer<typeof variable>): EggVariable {
  return {
    name: attributes.name,
    description: attributes.description,
    env: attributes.env_variable,
    defaultValue: attributes.default_value,
    rules: attributes.rules,
    viewable: true,
    editable: attributes.is_editable,
  };
}

/** What no answer shows and the README tells: a server of somebody else, and who owns what. */
function addHidden(servers: Map<string, Server>, named: ReadonlyMap<string, string>): void {
  const of = (word: string): Server | undefined => servers.get(named.get(word) ?? '');
  const main = of('main');
  if (!main) return;
  main.externalId = 'ext-main';
  servers.set('otherprivate', {
    ...structuredClone(main),
    id: 100_000,
    externalId: null,
    name: 'Of somebody else',
    uuid: `${named.get('otherprivate') ?? ''}-062d-4249-acc4-87a19fc16433`,
    ownerId: people.other,
    allocations: [],
  });
  const shared = of('othershared');
  if (shared) shared.ownerId = people.other;
  const own = of('adminown');
  if (own) own.ownerId = people.admin;
}

function learnEggs(recordings: readonly Recording[], eggs: ReadonlyMap<string, Egg>): void {
  const byUuid = (path: string): Egg | undefined => eggs.get(/servers\/([0-9a-f]{8})/.exec(path)?.[1] ?? '');
  for (const { request, response } of recordings) {
    const described = startup.safeParse(response.body);
    const egg = byUuid(request.path);
    if (described.success && egg && request.path.endsWith('/startup')) {
      egg.startup = described.data.meta.raw_startup_command;
      // In the order in which the first of them was seen; a case that changes the image changes nothing here.
      egg.dockerImages = described.data.meta.docker_images;
    }
    const all = z.object({ data: z.array(z.unknown()) }).safeParse(response.body);
    for (const each of all.success ? all.data.data : [response.body]) {
      const found = eggOf.safeParse(each);
      const own = found.success ? eggs.get(found.data.attributes.identifier) : undefined;
      if (found.success && own) Object.assign(own, found.data.attributes.relationships.egg.attributes);
    }
    // A key that the panel calls unknown to its user although its egg has it is a hidden one.
    const key = z.object({ key: z.string() }).safeParse(request.body);
    if (response.status === 400 && egg && key.success && !has(egg, key.data.key)) {
      egg.variables.push(hidden(key.data.key));
    }
  }
  for (const egg of eggs.values()) {
    for (const [, name] of egg.startup.matchAll(/\{\{(ZOO_\w+)\}\}/g)) {
      if (name !== undefined && !has(egg, name)) egg.variables.push(hidden(name));
    }
  }
}

function has(egg: Egg, env: string): boolean {
  return egg.variables.some((each) => each.env === env);
}

function hidden(env: string): EggVariable {
  return {
    env,
    name: env,
    description: '',
    defaultValue: 'hidden',
    rules: 'nullable|string',
    viewable: false,
    editable: true,
  };
}

function learnRights(
  recordings: readonly Recording[],
  servers: ReadonlyMap<string, Server>,
  named: ReadonlyMap<string, string>,
): void {
  for (const { actor, response } of recordings) {
    const found = rightsOf.safeParse(response.body);
    if (!found.success || found.data.meta.is_server_owner || actor === 'admin') continue;
    const server = servers.get(found.data.attributes.identifier);
    const userId = actor === 'owner' ? people.owner : people.subuser;
    share(server, userId, found.data.meta.user_permissions);
  }
  // These two are told by the README alone, as nobody looks at them as their subuser.
  share(servers.get(named.get('paper') ?? ''), people.subuser, ['control.start']);
  const offline = ['websocket.connect', 'control.console', 'control.stop', 'startup.read'];
  share(servers.get(named.get('offline') ?? ''), people.subuser, offline);
}

function share(server: Server | undefined, userId: number, permissions: string[]): void {
  if (!server || server.subusers.some((each) => each.userId === userId)) return;
  const subuser: Subuser = { userId, permissions, createdAt: then };
  server.subusers.push(subuser);
}

function usersFrom(recordings: readonly Recording[]): User[] {
  const seen = recordings.flatMap(({ response }) => {
    const parsed = account.safeParse(response.body);
    return parsed.success ? [parsed.data.attributes] : [];
  });
  return Object.entries(people).map(([word, id]) => {
    const own = seen.find((each) => each.id === id);
    return {
      id,
      uuid: `00000000-0000-4000-9000-00000000000${id}`,
      username: own?.username ?? word,
      email: own?.email ?? `${word}@example.com`,
      firstName: own?.first_name ?? word,
      lastName: own?.last_name ?? word,
      language: 'en',
      rootAdmin: id === people.admin,
      createdAt: then,
    };
  });
}

function keysOfPeople(): ReadonlyMap<string, ApiKey> {
  const key = (word: string, userId: number, fields: Partial<ApiKey> = {}): [string, ApiKey] => [
    word,
    {
      token: `ptlc_${word.padEnd(43, '0')}`,
      userId,
      kind: 'client',
      description: word,
      allowedIps: null,
      expiresAt: null,
      lastUsedAt: null,
      createdAt: then,
      ...fields,
    },
  ];
  return new Map([
    key('owner', people.owner),
    key('ownerIpRestricted', people.owner, { allowedIps: ['192.0.2.0/24'] }),
    key('ownerExpired', people.owner, { expiresAt: then }),
    key('admin', people.admin),
    key('subuser', people.subuser),
    key('empty', people.empty),
    key('application', people.admin, { kind: 'application', token: `ptla_${'application'.padEnd(43, '0')}` }),
  ]);
}

function nodeNumber(id: number): Node {
  return {
    id,
    name: `Node ${id}`,
    host: '127.0.0.1',
    sftpPort: 2022,
    maintenance: id === 3,
    down: id === 4,
    port: 0,
    tokenKey: 'key',
  };
}

function usagesFrom(recordings: readonly Recording[]): ReadonlyMap<string, Usage> {
  const usages = new Map<string, Usage>();
  for (const { request, response } of recordings) {
    const uuid = /servers\/([0-9a-f-]{36})\/resources$/.exec(request.path)?.[1];
    const parsed = usage.safeParse(response.body);
    if (uuid === undefined || !parsed.success || usages.has(uuid)) continue;
    const { resources, current_state: state } = parsed.data.attributes;
    usages.set(uuid, {
      ...resources,
      memory_limit_bytes: 0,
      network: { rx_bytes: resources.network_rx_bytes, tx_bytes: resources.network_tx_bytes },
      state,
    });
  }
  return usages;
}
