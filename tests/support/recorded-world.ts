/** Rebuilds the world of the recorded panel from its own answers. */
import * as z from 'zod';
import type { ApiKey, Egg, EggVariable, Node, Server, Subuser, WorldSeed } from '../../sandbox/data/world.js';
import type { Usage } from '../../sandbox/wings/api.js';
import type { Recording } from './panel-recordings.js';
import { keysOfPeople, people, fixedTime, usersFrom } from './recorded-people.js';
import { eggOf, rightsOf, serverItem, startup, usage, variable } from './recorded-schemas.js';

export interface RecordedWorld {
  seed: WorldSeed;
  /** Keys by their name in the README: owner, ownerExpired, application ... */
  keys: ReadonlyMap<string, ApiKey>;
  usages: ReadonlyMap<string, Usage>;
}

export function recordedWorld(
  recordings: readonly Recording[],
  named: ReadonlyMap<string, string>,
  {
    prefixes,
    keepsRulesApart,
  }: { prefixes: Readonly<Record<ApiKey['kind'], string>>; keepsRulesApart: boolean },
): RecordedWorld {
  const servers = new Map<string, Server>();
  const eggs = new Map<string, Egg>();
  for (const item of itemsSeen(recordings)) {
    const { attributes } = item;
    if (servers.has(attributes.identifier)) continue;
    servers.set(attributes.identifier, serverFrom(item));
    eggs.set(attributes.identifier, eggFrom(item));
  }
  addHidden(servers, named, recordings);
  learnEggs(recordings, eggs);
  learnRights(recordings, servers, named);
  if (keepsRulesApart) {
    for (const variable of [...eggs.values()].flatMap((egg) => egg.variables)) {
      variable.rules = apart(String(variable.rules));
    }
  }
  const actors = new Set(recordings.map(({ actor }) => actor));
  const keys = new Map([...keysOfPeople(prefixes)].filter(([word]) => actors.has(word)));
  return {
    seed: {
      users: usersFrom(recordings),
      keys: [...keys.values()],
      nodes: nodesFrom(recordings),
      eggs: [...eggs.values()],
      servers: [...servers.values()],
    },
    keys,
    usages: usagesFrom(recordings),
  };
}

/** Splits joined rules; a pipe that no rule name follows belongs to a pattern. */
function apart(joined: string): string[] {
  return joined.split(/\|(?=[a-z_]+(?::|\||$))/);
}

/** Servers as their owner or a root admin sees them: from the lists first, before any case changed them. */
function itemsSeen(recordings: readonly Recording[]): z.infer<typeof serverItem>[] {
  return recordings
    .filter(
      ({ actor, response }) => !['subuser', 'guest', 'viewer'].includes(actor) && response.status === 200,
    )
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

/** Each server has its own egg here. */
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

/** Adds what no answer shows and the README states: other people's servers, and owners. */
function addHidden(
  servers: Map<string, Server>,
  named: ReadonlyMap<string, string>,
  recordings: readonly Recording[],
): void {
  const of = (word: string): Server | undefined => servers.get(named.get(word) ?? '');
  const main = of('main');
  if (!main) return;
  main.externalId = 'ext-main';
  const hide = (word: string, id: number, fields: Partial<Server> = {}): void => {
    const uuid = uuidIn(recordings, named.get(word));
    if (uuid === null) return;
    const hidden = { id, uuid, externalId: null, name: word, ownerId: people.other, allocations: [] };
    servers.set(named.get(word) ?? '', { ...structuredClone(main), ...hidden, ...fields });
  };
  hide('otherprivate', 100_000);
  hide('othernoalloc', 100_001, { primaryAllocationId: 0 });
  const shared = of('othershared');
  if (shared) shared.ownerId = people.other;
  const own = of('adminown');
  if (own) own.ownerId = people.admin;
}

/** Full UUID of a short id, from a requested address. */
function uuidIn(recordings: readonly Recording[], short: string | undefined): string | null {
  if (short === undefined) return null;
  const paths = recordings.map(({ request }) => request.path).join('\n');
  return new RegExp(`${short}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`).exec(paths)?.[0] ?? null;
}

function learnEggs(recordings: readonly Recording[], eggs: ReadonlyMap<string, Egg>): void {
  const byUuid = (path: string): Egg | undefined => eggs.get(/servers\/([0-9a-f]{8})/.exec(path)?.[1] ?? '');
  for (const { request, response } of recordings) {
    const described = startup.safeParse(response.body);
    const egg = byUuid(request.path);
    if (described.success && egg && request.path.endsWith('/startup')) {
      egg.startup = described.data.meta.raw_startup_command;
      // Images in order of first appearance; a case that changes the image has no effect here.
      egg.dockerImages = described.data.meta.docker_images;
    }
    const all = z.object({ data: z.array(z.unknown()) }).safeParse(response.body);
    for (const each of all.success ? all.data.data : [response.body]) {
      const found = eggOf.safeParse(each);
      const own = found.success ? eggs.get(found.data.attributes.identifier) : undefined;
      if (found.success && own) Object.assign(own, found.data.attributes.relationships.egg.attributes);
    }
    // A key that the panel calls unknown to its user, but that the egg has, belongs to a hidden variable.
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
    if (!found.success || found.data.meta.is_server_owner || !isPerson(actor) || seesAll.has(actor)) continue;
    const server = servers.get(found.data.attributes.identifier);
    const granted = found.data.meta.user_permissions;
    // Permissions from the role are no permissions of the subuser.
    const given = actor === 'viewer' ? granted.filter((id) => !/^(?:admin|websocket)\./.test(id)) : granted;
    share(server, people[actor], given);
  }
  // Known from the READMEs only: no recording reads these servers as their subuser.
  const of = (word: string): Server | undefined => servers.get(named.get(word) ?? '');
  share(of('paper'), people.subuser, ['control.start']);
  share(of('offline'), people.subuser, [
    'websocket.connect',
    'control.console',
    'control.stop',
    'startup.read',
  ]);
  share(of('othernoalloc'), people.guest, ['websocket.connect', 'control.start']);
  share(of('othershared'), people.owner, ['websocket.connect', 'control.console', 'control.start']);
  // The README describes only one of the other servers in the subuser's list; older recordings lack this server.
  for (const short of listedFor('subuser', recordings)) {
    const renames = named.get('renameme') === short;
    const granted = renames ? ['websocket.connect', 'settings.description'] : ['control.start'];
    share(servers.get(short), people.subuser, granted);
  }
}

function listedFor(actor: string, recordings: readonly Recording[]): string[] {
  const list = recordings.find((one) => one.case === `list-${actor}`);
  const parsed = z
    .object({ data: z.array(z.object({ attributes: z.object({ identifier: z.string() }) })) })
    .safeParse(list?.response.body);
  return parsed.success ? parsed.data.data.map(({ attributes }) => attributes.identifier) : [];
}

/** Roles that reach every server without being a subuser. */
const seesAll: ReadonlySet<string> = new Set(['admin', 'editor']);

function isPerson(actor: string): actor is keyof typeof people {
  return Object.hasOwn(people, actor);
}

function share(server: Server | undefined, userId: number, permissions: string[]): void {
  if (!server || server.subusers.some((each) => each.userId === userId)) return;
  const subuser: Subuser = { userId, permissions, createdAt: fixedTime };
  server.subusers.push(subuser);
}

function nodesFrom(recordings: readonly Recording[]): Node[] {
  const aliases = new Map(
    itemsSeen(recordings).map(({ attributes }) => [attributes.node, attributes.sftp_details.alias ?? null]),
  );
  return [1, 2, 3, 4, 5, 6, 7].map((id) => ({
    ...nodeNumber(id),
    sftpAlias: aliases.get(`Node ${String(id)}`) ?? null,
  }));
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
