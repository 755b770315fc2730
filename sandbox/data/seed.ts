import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { demoEggs } from './eggs.js';
import { asPelican } from './pelican.js';
import { demoServers } from './servers.js';
import type { ApiKey, Node, User, WorldSeed } from './world.js';

/** Users whose keys the sandbox prints when it is ready. */
export type KeyHolder = 'owner' | 'subuser' | 'admin';

export const keyHolders: Readonly<Record<KeyHolder, number>> = { admin: 1, owner: 2, subuser: 3 };

/** A new client key of the real form: a prefix and 43 random letters and digits (PROTOCOL 1.2). */
export function newKey(userId: number, now: string, prefix: string): ApiKey {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const secret = Array.from({ length: 43 }, () => letters.charAt(randomInt(letters.length))).join('');
  return {
    token: `${prefix}${secret}`,
    userId,
    kind: 'client',
    description: 'Perch',
    allowedIps: null,
    expiresAt: null,
    lastUsedAt: null,
    createdAt: now,
  };
}

/** Panel kind of the demo, which decides the form of records and keys. */
export interface DemoStyle {
  demo: 'pterodactyl' | 'pelican';
  keyPrefixes: { client: string };
}

const pterodactyl: DemoStyle = { demo: 'pterodactyl', keyPrefixes: { client: 'ptlc_' } };

/** Initial data of a new data folder. Its keys are unique to the folder. */
export function demoSeed(now: string, style: DemoStyle = pterodactyl): WorldSeed {
  const user = (id: number, username: string, firstName: string, lastName: string): User => ({
    id,
    uuid: randomUUID(),
    username,
    email: `${username}@example.com`,
    firstName,
    lastName,
    language: 'en',
    rootAdmin: id === keyHolders.admin,
    password: randomBytes(12).toString('base64url'),
    createdAt: now,
  });
  const node = (id: number, name: string, host: string, down: boolean): Node => ({
    id,
    name,
    host,
    sftpPort: 0,
    maintenance: false,
    down,
    port: 0,
    tokenKey: randomBytes(32).toString('hex'),
  });
  const eggs = demoEggs();
  const seed: WorldSeed = {
    users: [
      user(keyHolders.admin, 'ada', 'Ada', 'Host'),
      user(keyHolders.owner, 'olive', 'Olive', 'Grove'),
      user(keyHolders.subuser, 'sam', 'Sam', 'Lodger'),
    ],
    keys: Object.values(keyHolders).map((userId) => newKey(userId, now, style.keyPrefixes.client)),
    nodes: [
      node(1, 'Harbor', 'harbor.example.com', false),
      node(2, 'Summit', 'summit.example.com', false),
      node(3, 'Lowland', 'lowland.example.com', true),
    ],
    eggs,
    servers: demoServers(eggs, now),
  };
  return style.demo === 'pelican' ? asPelican(seed) : seed;
}
