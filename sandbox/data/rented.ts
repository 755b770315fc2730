import { createHash, randomBytes } from 'node:crypto';
import { GAMES } from '../games/catalogue.js';
import { moreEggs } from './more-eggs.js';
import { friends, network, type Fleet, type Rented } from './rented-fleets.js';
import { keyHolders } from './seed.js';
import type { Egg, EggVariable, Node, Server, WorldSeed } from './world.js';

export const rentedFleets = ['network', 'friends'] as const;
export type RentedFleet = (typeof rentedFleets)[number];

const fleets: Readonly<Record<RentedFleet, Fleet>> = { network, friends };

/** The seed with the servers of a rented fleet instead of its own. The result is always the same. */
export function withRented(seed: WorldSeed, name: RentedFleet): WorldSeed {
  const fleet = fleets[name];
  const eggs = [...seed.eggs, ...moreEggs.map(paperEgg)].map(withLoad);
  const nodes = fleet.nodes.map(rentedNode);
  const servers = fleet.servers.map((one, at) => rentedServer(one, at, { eggs, nodes }));
  return { ...seed, eggs, nodes, servers };
}

function paperEgg([name, image, startup, features]: (typeof moreEggs)[number], at: number): Egg {
  const { stop, done } = GAMES.survival;
  return {
    id: 101 + at,
    uuid: uuidOf(`egg ${name}`),
    name,
    game: 'survival',
    features,
    dockerImages: { [image]: image },
    startup,
    stopValue: stop,
    donePattern: done,
    variables: [],
  };
}

/** Adds a hidden variable for the node, `PAPER_LOAD`. */
function withLoad(egg: Egg): Egg {
  const load: EggVariable = {
    name: 'Load',
    description: '',
    env: 'PAPER_LOAD',
    defaultValue: '',
    rules: 'nullable|string',
    viewable: false,
    editable: false,
  };
  return { ...egg, variables: [...egg.variables, load] };
}

function rentedNode(name: string, at: number): Node {
  return {
    id: 1 + at,
    name,
    host: `${name}.example.com`,
    sftpPort: 2022,
    maintenance: false,
    down: false,
    onPaper: true,
    port: 0,
    tokenKey: randomBytes(32).toString('hex'),
  };
}

function rentedServer(
  {
    name,
    description = '',
    egg: eggName,
    node: nodeName,
    address,
    memory,
    disk,
    cpu,
    load,
    status = null,
  }: Rented,
  at: number,
  { eggs, nodes }: { eggs: readonly Egg[]; nodes: readonly Node[] },
): Server {
  const egg = eggs.find((each) => each.name === eggName);
  const node = nodes.find((each) => each.name === nodeName);
  if (egg === undefined || node === undefined) throw new Error(`There is no ${eggName} on ${nodeName}.`);
  const isNumber = /^[\d.]+$/.test(address);
  return {
    id: 1 + at,
    uuid: uuidOf(name),
    externalId: null,
    name,
    description,
    ownerId: keyHolders.owner,
    nodeId: node.id,
    eggId: egg.id,
    startup: null,
    image: Object.values(egg.dockerImages)[0] ?? '',
    status,
    transferring: false,
    installed: true,
    limits: { memory, swap: 0, disk, io: 500, cpu, threads: null, oomDisabled: true },
    featureLimits: { databases: 1, allocations: 2, backups: 3 },
    allocations: [
      {
        id: 10 * (1 + at),
        ip: isNumber ? address : '203.0.113.9',
        alias: isNumber ? null : address,
        port: 25_565 + at,
        notes: null,
      },
    ],
    primaryAllocationId: 10 * (1 + at),
    values: {
      ...Object.fromEntries(egg.variables.map((each) => [each.env, each.defaultValue])),
      PAPER_LOAD: load ?? '',
    },
    subusers: [],
    lastState: load === undefined ? 'offline' : 'running',
  };
}

function uuidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex');
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
