import type { Allocation, Egg, Server, Subuser } from './world.js';

/** User ids as in `data/seed.ts`. */
const owner = 2;
const subuser = 3;
const admin = 1;

/** Placeholder in the demo's addresses; each sandbox replaces it by its own address (`game-network.ts`). */
export const demoAddress = '192.0.2.10';

type Made = Pick<Server, 'id' | 'uuid' | 'name' | 'nodeId' | 'eggId'> & Partial<Server>;

/** Permissions of the subuser on a shared server: view, console and start, but no restart. */
const limited = ['websocket.connect', 'control.console', 'control.start', 'startup.read'];

export function made(eggs: readonly Egg[], now: string, fields: Made, shared: string[] | null): Server {
  const egg = eggs.find((each) => each.id === fields.eggId);
  if (!egg) throw new Error(`There is no egg ${fields.eggId}.`);
  const subusers: Subuser[] = shared ? [{ userId: subuser, permissions: shared, createdAt: now }] : [];
  const allocations = fields.allocations ?? [allocation(fields.id * 10, 25500 + fields.id)];
  return {
    externalId: null,
    description: '',
    ownerId: owner,
    startup: null,
    image: Object.values(egg.dockerImages)[0] ?? '',
    status: null,
    transferring: false,
    installed: true,
    limits: { memory: 1024, swap: 0, disk: 5120, io: 500, cpu: 100, threads: null, oomDisabled: true },
    featureLimits: { databases: 1, allocations: 2, backups: 3 },
    primaryAllocationId: allocations[0]?.id ?? 0,
    values: Object.fromEntries(egg.variables.map((each) => [each.env, each.defaultValue])),
    subusers,
    lastState: 'offline',
    ...fields,
    allocations,
  };
}

export function allocation(id: number, port: number, fields: Partial<Allocation> = {}): Allocation {
  return { id, ip: demoAddress, alias: null, port, notes: null, ...fields };
}

/** Servers of the demo: some that run at once, and one in each noteworthy state. */
export function demoServers(eggs: readonly Egg[], now: string): Server[] {
  const server = (fields: Made, shared: string[] | null = null): Server => made(eggs, now, fields, shared);
  return [
    server(
      {
        id: 1,
        uuid: '3f0c8b1e-6a52-4d0b-8a0e-6f5d0f2a1b01',
        externalId: 'survival-eu',
        name: 'Survival',
        description: 'The main world. Whitelist on weekdays, open at weekends.',
        nodeId: 1,
        eggId: 1,
        lastState: 'running',
        limits: { memory: 4096, swap: 0, disk: 20480, io: 500, cpu: 200, threads: null, oomDisabled: true },
        allocations: [
          allocation(10, 25565, { alias: 'play.harbor.example', notes: 'Game' }),
          allocation(11, 25575, { notes: 'RCON, for the bot' }),
          allocation(12, 8123, { alias: 'map.harbor.example', notes: 'Live map' }),
        ],
      },
      limited,
    ),
    server(
      {
        id: 2,
        uuid: '7a41d2c6-0b9f-4c77-9e15-2d8e4c6b7a02',
        name: 'Creative',
        description: 'Plots for builders.',
        nodeId: 1,
        eggId: 1,
        limits: { memory: 2048, swap: 0, disk: 10240, io: 500, cpu: 150, threads: null, oomDisabled: true },
      },
      limited,
    ),
    server({
      id: 3,
      uuid: 'b2e97d30-51c4-4e8a-b6f1-9c0a7e5d4c03',
      name: 'Lobby',
      description: 'The proxy in front of everything.',
      nodeId: 1,
      eggId: 3,
      lastState: 'running',
      limits: { memory: 0, swap: -1, disk: 0, io: 500, cpu: 0, threads: '0-1,3', oomDisabled: false },
      featureLimits: { databases: null, allocations: null, backups: 0 },
    }),
    server(
      {
        id: 4,
        uuid: 'c95f1a84-2e3d-4b60-8f7c-1a2b3c4d5e04',
        name: 'Skyblock',
        description: 'One tree, one chest.',
        nodeId: 2,
        eggId: 2,
        lastState: 'running',
        startup: 'java -Xms256M -Xmx{{SERVER_MEMORY}}M -jar {{SERVER_JARFILE}} --port {{SERVER_PORT}}',
        limits: { memory: 1536, swap: 512, disk: 8192, io: 500, cpu: 100, threads: null, oomDisabled: true },
        values: { SERVER_JARFILE: 'server.jar', VANILLA_VERSION: '1.21.4' },
      },
      ['websocket.connect', 'control.start'],
    ),
    server({
      id: 5,
      uuid: 'd81b6e42-7c95-4f3a-a0d8-5e6f7a8b9c05',
      name: 'Rust Belt',
      description: 'Wipes on the first Thursday.',
      nodeId: 2,
      eggId: 4,
      lastState: 'running',
      limits: { memory: 8192, swap: 0, disk: 30720, io: 500, cpu: 400, threads: null, oomDisabled: true },
      allocations: [allocation(50, 25505), allocation(51, 28017, { notes: 'Query' })],
    }),
    server({
      id: 6,
      uuid: 'e07c3f95-8d16-4a2b-b1e9-6f7a8b9c0d06',
      name: 'Longhouse',
      description: 'Valheim, for the four of us.',
      nodeId: 2,
      eggId: 5,
      allocations: [allocation(60, 25506), allocation(61, 25507, { notes: 'Query' })],
      limits: { memory: 3072, swap: 0, disk: 6144, io: 500, cpu: 200, threads: null, oomDisabled: true },
    }),
    server({
      id: 7,
      uuid: 'f16d4a06-9e27-4b3c-82fa-7a8b9c0d1e07',
      name: 'Event Arena',
      description: 'Between two seasons.',
      nodeId: 1,
      eggId: 1,
      status: 'suspended',
    }),
    server({
      id: 8,
      uuid: '04ae5b17-af38-4c4d-93ab-8b9c0d1e2f08',
      name: 'Hardcore Season 4',
      description: 'Being set up.',
      nodeId: 2,
      eggId: 2,
      status: 'installing',
      installed: false,
      values: {},
    }),
    server(
      {
        id: 9,
        uuid: '15bf6c28-b049-4d5e-a4bc-9c0d1e2f3a09',
        name: 'Archive 2022',
        description: 'The old world, to walk around in.',
        nodeId: 3,
        eggId: 2,
      },
      limited,
    ),
    server({
      id: 10,
      uuid: '26c07d39-c15a-4e6f-b5cd-0d1e2f3a4b10',
      name: 'Staff Room',
      description: 'Where the hosts try things.',
      ownerId: admin,
      nodeId: 1,
      eggId: 1,
    }),
  ];
}
