import { createHash, randomBytes } from 'node:crypto';
import { keyHolders } from './seed.js';
import type { Allocation, Egg, Limits, Node, Server, ServerStatus, WorldSeed } from './world.js';

/** First ids, far above those of the demo. */
const firstNode = 101;
const firstServer = 1001;
/** Servers per pair of nodes, so that even few servers have two nodes. */
const serversPerPair = 250;

/** Permissions of the owner on servers that belong to another user. */
const shared = ['websocket.connect', 'control.console', 'control.start', 'control.stop', 'startup.read'];

const places = [
  'Amber',
  'Birch',
  'Cobalt',
  'Drift',
  'Ember',
  'Fjord',
  'Granite',
  'Hollow',
  'Iron',
  'Juniper',
];
const things = [
  ...['Survival', 'Creative', 'Skyblock', 'Lobby', 'Hardcore', 'Arena', 'Build Plots', 'Bed Wars', 'Prison'],
  ...['Vault Hunters', 'Modded 1.20', 'Rust Monthly', 'Rust Solo', 'Valheim', 'Valheim with mods', 'Staging'],
];
const regions = ['EU', 'US East', 'US West', 'Tokyo', 'São Paulo', 'Sydney'];
const descriptions = [
  '',
  '',
  'Whitelist only.',
  'Wipes on the first Thursday of the month.',
  'Rented by the school club; ask before a restart, there may be a lesson.',
  'Öffentlich, Regeln im Forum.',
  '週末に開放します。',
  'Copy of the main world from last summer, for those who want to look around in it.',
];
const memories = [512, 1024, 2048, 3072, 4096, 6144, 8192, 16_384, 0];
const disks = [5120, 10_240, 20_480, 51_200, 0];
const cpus = [50, 100, 150, 200, 400, 0];

/**
 * The seed with `count` synthetic servers, on nodes without processes. The result is always the same. `onOneNode` = all
 * servers on the first node.
 */
export function withSynthetic(seed: WorldSeed, count: number, now: string, onOneNode = false): WorldSeed {
  const nodes = Array.from({ length: 2 * Math.ceil(count / serversPerPair) }, (_, at) => syntheticNode(at));
  const servers = Array.from({ length: count }, (_, at) => {
    const server = syntheticServer(at, seed.eggs, now);
    return onOneNode ? { ...server, nodeId: firstNode } : server;
  });
  return { ...seed, nodes: [...seed.nodes, ...nodes], servers: [...seed.servers, ...servers] };
}

function syntheticNode(at: number): Node {
  return {
    id: firstNode + at,
    name: `Rack ${at + 1}`,
    host: `rack-${at + 1}.example.com`,
    sftpPort: 2022,
    maintenance: false,
    down: false,
    onPaper: true,
    port: 0,
    tokenKey: randomBytes(32).toString('hex'),
  };
}

function syntheticServer(at: number, eggs: readonly Egg[], now: string): Server {
  const id = firstServer + at;
  const dice = new Dice(id);
  const egg = dice.pick(eggs);
  const { status, isRunning } = stateOf(dice.upTo(1000));
  const isOwn = dice.upTo(5) > 0;
  const allocations = allocationsOf(id, dice);
  return {
    id,
    uuid: uuidOf(at),
    externalId: null,
    name: `${dice.pick(places)} ${dice.pick(things)} ${dice.pick(regions)} ${at + 1}`,
    description: dice.pick(descriptions),
    ownerId: isOwn ? keyHolders.owner : keyHolders.admin,
    nodeId: firstNode + 2 * Math.floor(at / serversPerPair) + (at % 2),
    eggId: egg.id,
    startup: null,
    image: Object.values(egg.dockerImages)[0] ?? '',
    status,
    transferring: false,
    installed: status !== 'installing',
    limits: limitsOf(dice),
    featureLimits: { databases: 1, allocations: 2, backups: 3 },
    allocations,
    primaryAllocationId: allocations[0]?.id ?? 0,
    values: Object.fromEntries(egg.variables.map((each) => [each.env, each.defaultValue])),
    subusers: isOwn ? [] : [{ userId: keyHolders.owner, permissions: shared, createdAt: now }],
    lastState: isRunning ? 'running' : 'offline',
  };
}

/**
 * Of a thousand servers 600 run, 20 are suspended, 10 are installing, 5 failed to install, and the others are offline.
 */
function stateOf(chance: number): { status: ServerStatus; isRunning: boolean } {
  if (chance < 600) return { status: null, isRunning: true };
  if (chance < 620) return { status: 'suspended', isRunning: false };
  if (chance < 630) return { status: 'installing', isRunning: false };
  if (chance < 635) return { status: 'install_failed', isRunning: false };
  return { status: null, isRunning: false };
}

function limitsOf(dice: Dice): Limits {
  const [memory, disk, cpu] = [dice.pick(memories), dice.pick(disks), dice.pick(cpus)];
  return { memory, swap: 0, disk, io: 500, cpu, threads: null, oomDisabled: true };
}

function allocationsOf(id: number, dice: Dice): Allocation[] {
  const ip = dice.upTo(10) === 0 ? `2001:db8::${id.toString(16)}` : `198.51.100.${dice.upTo(250) + 1}`;
  const alias = dice.upTo(4) === 0 ? `s${id}.play.example.com` : null;
  const made = (at: number): Allocation => ({
    id: id * 10 + at,
    ip,
    alias: at === 0 ? alias : null,
    port: 20_000 + ((id * 3 + at) % 40_000),
    notes: null,
  });
  return Array.from({ length: 1 + dice.upTo(3) }, (_, at) => made(at));
}

/** The first eight digits, by which panels find a server, are unique: multiplying by an odd factor is a bijection. */
function uuidOf(at: number): string {
  const first = (Math.imul(at + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  const rest = createHash('sha256').update(String(at)).digest('hex');
  return `${first}-${rest.slice(0, 4)}-4${rest.slice(5, 8)}-8${rest.slice(9, 12)}-${rest.slice(12, 24)}`;
}

/** Deterministic random numbers: the same seed gives the same sequence. */
class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed, 0x85ebca6b) >>> 0;
  }

  /** A whole number from 0 up to, but without, `limit`. */
  upTo(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.upTo(from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }
}
