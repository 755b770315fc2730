import type { ServerStatus } from './world.js';

/** Server of a typical fleet of a small host or a circle of friends, for pictures. */
export interface Rented {
  name: string;
  description?: string;
  egg: string;
  node: string;
  address: string;
  /** Megabytes; 0 = unlimited. */
  memory: number;
  disk: number;
  /** Percent of one core. */
  cpu: number;
  /** Usage to play (`wings/paper-load.ts`); absent for a server that is offline. */
  load?: string;
  status?: ServerStatus;
}

export interface Fleet {
  nodes: readonly string[];
  servers: readonly Rented[];
}

export const network: Fleet = {
  nodes: ['fra-01', 'fra-02', 'ash-01'],
  servers: [
    {
      name: 'Survival SMP',
      description: 'The main world, whitelist only. Restarts at 5:00.',
      egg: 'Paper',
      node: 'fra-01',
      address: 'play.smp.example',
      memory: 8192,
      disk: 40_960,
      cpu: 400,
      load: '126/0.74/15/160000',
    },
    {
      name: 'Velocity',
      egg: 'Velocity',
      node: 'fra-01',
      address: 'proxy.smp.example',
      memory: 1024,
      disk: 5120,
      cpu: 100,
      load: '9/0.41/612/190000',
    },
    {
      name: 'Lobby',
      egg: 'Paper',
      node: 'fra-01',
      address: '203.0.113.18',
      memory: 2048,
      disk: 10_240,
      cpu: 100,
      load: '12/0.58/83/40000',
    },
    {
      name: 'Creative Plots',
      egg: 'Paper',
      node: 'fra-01',
      address: '203.0.113.18',
      memory: 6144,
      disk: 61_440,
      cpu: 200,
      load: '64/0.71/83/62000',
    },
    {
      name: 'Skyblock',
      egg: 'Paper',
      node: 'fra-02',
      address: '203.0.113.42',
      memory: 4096,
      disk: 20_480,
      cpu: 200,
      load: '88/0.83/36/88000',
    },
    {
      name: 'All the Mods 10',
      description: 'Modpack, Java 21.',
      egg: 'Forge Minecraft',
      node: 'fra-02',
      address: 'atm.smp.example',
      memory: 12_288,
      disk: 51_200,
      cpu: 400,
      load: '214/0.91/11/140000',
    },
    {
      name: 'Bedrock Crossplay',
      egg: 'Vanilla Bedrock',
      node: 'fra-02',
      address: '203.0.113.42',
      memory: 2048,
      disk: 10_240,
      cpu: 150,
      load: '21/0.36/150/22000',
    },
    {
      name: 'Rust EU Monthly',
      description: 'Wipes on the first Thursday.',
      egg: 'Rust',
      node: 'ash-01',
      address: 'rust.smp.example',
      memory: 16_384,
      disk: 40_960,
      cpu: 400,
      load: '172/0.67/214/310000',
    },
    {
      name: 'ARK Ragnarok',
      egg: 'Ark: Survival Evolved',
      node: 'ash-01',
      address: '198.51.100.7',
      memory: 16_384,
      disk: 81_920,
      cpu: 400,
    },
    {
      name: 'CS2 Practice',
      egg: 'Counter-Strike 2',
      node: 'ash-01',
      address: '198.51.100.7',
      memory: 4096,
      disk: 71_680,
      cpu: 200,
      load: '38/0.44/5/72000',
    },
    {
      name: 'Discord bot',
      egg: 'discord.js Generic',
      node: 'fra-02',
      address: '203.0.113.42',
      memory: 512,
      disk: 2048,
      cpu: 50,
      load: '1/0.31/1260/1000',
    },
    {
      name: 'MariaDB',
      egg: 'MariaDB',
      node: 'fra-02',
      address: '203.0.113.42',
      memory: 1024,
      disk: 10_240,
      cpu: 100,
      load: '3/0.52/1260/6000',
    },
    {
      name: 'Event Arena',
      description: 'Between two seasons.',
      egg: 'Paper',
      node: 'fra-02',
      address: '203.0.113.42',
      memory: 4096,
      disk: 20_480,
      cpu: 200,
      status: 'suspended',
    },
  ],
};

export const friends: Fleet = {
  nodes: ['basement'],
  servers: [
    {
      name: 'Valheim, Fridays',
      egg: 'Valheim',
      node: 'basement',
      address: '192.0.2.61',
      memory: 4096,
      disk: 8192,
      cpu: 0,
      load: '47/0.62/3/54000',
    },
    {
      name: 'Palworld',
      egg: 'Palworld',
      node: 'basement',
      address: '192.0.2.61',
      memory: 16_384,
      disk: 20_480,
      cpu: 0,
      load: '96/0.78/49/120000',
    },
    {
      name: 'Project Zomboid',
      egg: 'Project Zomboid',
      node: 'basement',
      address: '192.0.2.61',
      memory: 8192,
      disk: 10_240,
      cpu: 0,
    },
    {
      name: 'Factorio',
      egg: 'Factorio',
      node: 'basement',
      address: '192.0.2.61',
      memory: 2048,
      disk: 4096,
      cpu: 0,
      load: '18/0.49/26/18000',
    },
    {
      name: 'Terraria',
      egg: 'Terraria Vanilla',
      node: 'basement',
      address: '192.0.2.61',
      memory: 1024,
      disk: 2048,
      cpu: 0,
      load: '6/0.38/7/9000',
    },
    {
      name: 'TeamSpeak',
      egg: 'Teamspeak3 Server',
      node: 'basement',
      address: 'ts.basement.example',
      memory: 512,
      disk: 2048,
      cpu: 0,
      load: '1/0.19/2200/12000',
    },
  ],
};
