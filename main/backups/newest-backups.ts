/** Knows the newest good backup of every server, from optional reads of the panel. */
import type { Change } from '../../bridge/fleet/changes.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { LastBackup, Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import { from } from '../base/back-off.js';
import type { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import { endAt } from '../base/last-page.js';
import type { Clock, Random } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { WatchedFleet, WatchedServer } from '../fleet/api.js';
import { ListRound } from '../fleet/list-round.js';
import type { FleetStore } from '../fleet/store.js';
import { isOverdue, newestOf, rhythmOf } from './newest-of.js';
import { canRead } from './newest-plan.js';

export interface NewestBackupsDeps {
  readonly store: Pick<FleetStore, 'state' | 'apply' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly facts: Pick<Emitter<ReportedFact>, 'listen'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Most days since the last good backup of a server by the rules; 0 = no rule. */
  readonly goodDays: (server: Server) => number;
}

type BackupPage = Awaited<ReturnType<WatchedServer['panel']['backupPage']>>;

const hourMs = 3_600_000;
/** Longest ms between two reads of a list of which no change was heard. The least is two thirds of it. */
const rereadMs = 6 * hourMs;
/** Ms between checks of the ages. */
const agesEveryMs = 60_000;
/** Most pages of one list. A server with so many failed backups in a row counts as one without good backups. */
const mostPages = 3;
/** Most pages of a list that does not say their number, and begins with the oldest backups. */
const mostUncounted = 20;

/**
 * Reads the lists of backups one at a time for each account, as optional calls, and writes the newest good backup to
 * the row of the server. Reads a list again at once when a backup has ended or is gone, otherwise every few hours.
 */
export class NewestBackups {
  readonly #round: ListRound;
  readonly #ages: Alarm;
  #isStopped = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: NewestBackupsDeps) {
    this.#ages = new Alarm(deps.clock);
    this.#round = new ListRound({
      ...deps,
      canRead,
      isUnknown: ({ lastBackup }) => lastBackup === undefined,
      read: ({ id }) => this.#read(id),
    });
  }

  start(): void {
    this.#disposables.add(
      this.deps.facts.listen(({ serverId, fact }) => {
        if (fact.kind === 'backup' || fact.kind === 'backup-deleted') this.#round.hurry([serverId]);
      }),
    );
    this.#round.start();
    this.#checkAges();
  }

  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
    this.#round.stop();
    this.#ages.clear();
  }

  async #read(id: string): Promise<number | null> {
    const backups = await this.#newest(id);
    if (backups === null) return null;
    this.#show(id, backups);
    return from((rereadMs * 2) / 3, this.deps.random)(rereadMs);
  }

  /** Newest backups of a server; null if a call was dropped. Pages are sorted oldest first (PROTOCOL 2.16.2). */
  async #newest(id: string): Promise<readonly Backup[] | null> {
    const watched = this.deps.fleet.server(id);
    if (watched === null) return null;
    const first = await this.#page(watched, id, 1);
    if (first === null) return null;
    const last = first.totalPages;
    if (last === null) return this.#toLastPage(watched, id, first);
    if (last <= 1) return first.backups;
    const found: Backup[] = [];
    for (let number = last; number > 1 && number > last - mostPages; number--) {
      const page = await this.#page(watched, id, number);
      if (page === null) return null;
      found.push(...page.backups);
      if (found.filter(({ state }) => state === 'good').length >= rhythmOf) return found;
    }
    return [...found, ...first.backups];
  }

  /** Reads all pages of a list that does not say their number. */
  async #toLastPage(
    watched: WatchedServer,
    id: string,
    first: BackupPage,
  ): Promise<readonly Backup[] | null> {
    const found = new Map<string, Backup>();
    let page: BackupPage | null = first;
    for (let number = 1; ; number++) {
      const before = found.size;
      for (const backup of page.backups) found.set(backup.id, backup);
      const isLast = endAt({ ...page, number, brought: found.size - before }) !== null;
      if (isLast || number >= mostUncounted) return [...found.values()];
      page = await this.#page(watched, id, number + 1);
      if (page === null) return null;
    }
  }

  #page(watched: WatchedServer, id: string, number: number): Promise<BackupPage | null> {
    const identifier = this.deps.store.state.servers.get(id)?.identifier ?? '';
    return watched.whenSpare(() => watched.panel.backupPage(identifier, number));
  }

  #show(serverId: string, backups: readonly Backup[]): void {
    const { store } = this.deps;
    const server = store.state.servers.get(serverId);
    if (server === undefined) return;
    const lastBackup = newestOf(backups);
    const backupOverdue = this.#isOverdue({ ...server, lastBackup });
    if (isSame(server.lastBackup, lastBackup) && server.backupOverdue === backupOverdue) return;
    store.apply([{ kind: 'server-patched', serverId, patch: { lastBackup, backupOverdue } }]);
  }

  /** Backups become overdue as time passes, and when the user changes a rule. */
  #checkAges(): void {
    const { store } = this.deps;
    const changes: Change[] = [];
    for (const serverId of this.#round.known) {
      const server = store.state.servers.get(serverId);
      if (server === undefined) continue;
      const backupOverdue = this.#isOverdue(server);
      if (server.backupOverdue !== backupOverdue)
        changes.push({ kind: 'server-patched', serverId, patch: { backupOverdue } });
    }
    store.apply(changes);
    if (!this.#isStopped) this.#ages.set(agesEveryMs, () => this.#checkAges());
  }

  #isOverdue(server: Server): boolean {
    const { clock, fleet, goodDays } = this.deps;
    const panelTime = clock.wall() + (fleet.server(server.id)?.panel.clockAhead() ?? 0);
    return isOverdue(server, goodDays(server), panelTime);
  }
}

function isSame(one: LastBackup | null | undefined, other: LastBackup | null | undefined): boolean {
  if (!one || !other) return one === other;
  return one.id === other.id && one.bytes === other.bytes && one.everyMs === other.everyMs;
}
