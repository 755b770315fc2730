import { setTimeout as pause } from 'node:timers/promises';
import type { World } from '../../records.js';
import type { BackupFaults } from '../../wings/api.js';
import type { NodeGateway } from '../node-gateway.js';
import type { Targets } from '../targets.js';
import { newBackup } from './items.js';

export interface BackupWorldDeps {
  world: World;
  gateway: NodeGateway;
  targets: Targets;
  now: () => number;
}

/** Changes of a server's backups and files from outside of the API, for tests. */
export class BackupWorld {
  constructor(private readonly deps: BackupWorldDeps) {}

  disturb(id: string, faults: Partial<BackupFaults>): void {
    const server = this.deps.targets.server(id);
    this.deps.gateway.nodeOf(server).backups.disturb(server.uuid, faults);
  }

  setLimit(id: string, limit: number): void {
    const server = this.deps.targets.server(id);
    server.featureLimits.backups = limit;
    this.deps.world.saveServer(server);
  }

  setDisk(id: string, mb: number): void {
    const server = this.deps.targets.server(id);
    server.limits.disk = mb;
    this.deps.world.saveServer(server);
  }

  denyFiles(id: string, patterns: string[]): void {
    const egg = this.deps.world.eggOf(this.deps.targets.server(id));
    egg.deniedFiles = patterns;
    this.deps.world.saveEgg(egg);
  }

  /** Adds a backup with this age, of the present content of the server's folder. Resolves with its UUID. */
  async add(
    id: string,
    wanted: { name: string; ageMinutes: number; locked: boolean; failed: boolean; bytes: number | null },
  ): Promise<string> {
    const { world, gateway, targets, now } = this.deps;
    const server = targets.server(id);
    const begun = now() - wanted.ageMinutes * 60_000;
    const backup = newBackup(server, { ...wanted, ignored: [] }, begun);
    if (wanted.failed) Object.assign(backup, { completedAt: backup.createdAt, locked: false });
    world.saveBackup(backup);
    if (wanted.failed) return backup.uuid;
    gateway.nodeOf(server).backups.make(server.uuid, { uuid: backup.uuid, ignored: '', bytes: wanted.bytes });
    while (backup.completedAt === null) await pause(5);
    backup.completedAt = new Date(begun + 1000).toISOString();
    world.saveBackup(backup);
    return backup.uuid;
  }
}
