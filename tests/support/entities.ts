import type { RefusedCertificate } from '../../bridge/schema/certificate.js';
import { type Account, type Server } from '../../bridge/schema/domain.js';
import { type PlayersOnline } from '../../bridge/schema/players.js';
import { memorySchema, type Memory } from '../../bridge/schema/memory.js';
import type { SharedLog } from '../../bridge/schema/sharing.js';
import { settingsSchema, type Settings } from '../../bridge/schema/settings.js';
import type { KnownServer } from '../../bridge/schema/known-server.js';
import type { Transfer } from '../../bridge/schema/transfers.js';

/** Complete account for tests; pass the fields that matter. */
export function anAccount(fields: Partial<Account> = {}): Account {
  return {
    id: 'home',
    label: 'panel.example.com',
    panelUrl: 'https://panel.example.com',
    user: { username: 'olive', email: 'olive@example.com', isAdmin: false },
    keyStorage: 'keychain',
    isDemo: false,
    state: { kind: 'ready' },
    ...fields,
  };
}

/** Complete server for tests; pass the fields that matter. */
export function aServer(fields: Partial<Server> = {}): Server {
  return {
    id: 'home/11111111-1111-4111-8111-111111111111',
    accountId: 'home',
    uuid: '11111111-1111-4111-8111-111111111111',
    identifier: '11111111',
    name: 'Survival',
    description: '',
    node: 'Node 1',
    isOwner: true,
    condition: 'normal',
    limits: { memoryBytes: 1_073_741_824, diskBytes: null, cpuPercent: 100 },
    allocations: [{ ip: '203.0.113.10', alias: null, port: 25565, notes: null, isDefault: true }],
    sftp: { host: 'node.example.com', port: 2022 },
    dockerImage: 'ghcr.io/pterodactyl/yolks:java_17',
    naming: { nameMax: 191, descriptionMax: null, description: 'with-name' },
    permissions: ['*'],
    power: 'offline',
    crashedAt: null,
    pending: null,
    usage: null,
    link: { kind: 'none' },
    problem: null,
    ...fields,
  };
}

/** Players that the console reported at the time 0; pass the fields that matter. */
export function playersOnline(count: number, fields: Partial<PlayersOnline> = {}): PlayersOnline {
  return { count, slots: null, source: 'console', seenAt: 0, ...fields };
}

export function someMemory(fields: Partial<Memory> = {}): Memory {
  return { ...memorySchema.parse({}), ...fields };
}

export function aSharedLog(fields: Partial<SharedLog> = {}): SharedLog {
  return {
    id: 's1',
    logId: 'aB3dE5',
    url: 'https://logs.example/aB3dE5',
    service: 'https://logs.example',
    server: 'Survival',
    title: 'Console',
    at: 1_000_000,
    token: 'keychain',
    ...fields,
  };
}

/** Default settings; pass the fields that matter. */
export function someSettings(fields: Partial<Settings> = {}): Settings {
  return { ...settingsSchema.parse({}), ...fields };
}

/** Refused certificate that the person may trust. */
export function aCertificate(fields: Partial<RefusedCertificate> = {}): RefusedCertificate {
  return {
    host: 'node.example.com:8080',
    shown: { fingerprint: 'AA:BB', issuer: 'Example', from: 0, until: 86_400_000 },
    agreed: null,
    mayTrust: true,
    ...fields,
  };
}

/** Server as the disk keeps it between runs. */
export function aKnownServer(fields: Partial<KnownServer> = {}): KnownServer {
  const { permissions, power, crashedAt, pending, usage, link, problem, ...facts } = aServer();
  void [permissions, power, crashedAt, pending, usage, link, problem];
  return { ...facts, lastRun: { at: 1_000, state: 'running', usage: null }, ...fields };
}

/** Running download; pass the fields that matter. */
export function aTransfer(fields: Partial<Transfer> = {}): Transfer {
  return {
    id: '22222222-2222-4222-8222-222222222222',
    source: { kind: 'backup', serverId: aServer().id, backup: '33333333-3333-4333-8333-333333333333' },
    direction: 'down',
    label: 'Nightly',
    folder: '/home/olive/Downloads',
    file: 'Survival Nightly.tar.gz',
    size: 1_073_741_824,
    addedAt: 0,
    problem: null,
    state: 'running',
    bytes: 0,
    rate: null,
    msLeft: null,
    retryAt: null,
    doing: null,
    ...fields,
  };
}
