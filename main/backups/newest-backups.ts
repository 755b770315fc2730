/** Knows the newest good backup of every server, from optional reads of the panel. */
import { toProblem } from '../../bridge/errors.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { LastBackup, Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import { BackOff, from } from '../base/back-off.js';
import type { Emitter } from '../base/emitter.js';
import type { Clock, Random } from '../base/ports.js';
import type { ToldFact } from '../base/server-fact.js';
import type { WatchedFleet, WatchedServer } from '../fleet/api.js';
import type { FleetStore } from '../fleet/store.js';
import { isOverdue, newestOf, rhythmOf } from './newest-of.js';
import { canRead, nextRead } from './newest-plan.js';

export interface NewestBackupsDeps {
  readonly store: Pick<FleetStore, 'state' | 'apply' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly facts: Pick<Emitter<ToldFact>, 'listen'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Most days since the last good backup of a server by the rules; 0 = no rule. */
  readonly goodDays: (server: Server) => number;
}

const hourMs = 3_600_000;
/** Longest ms between two reads of a list of which no change was heard. The least is two thirds of it. */
const rereadMs = 6 * hourMs;
/** Pauses after refusals. */
const refused = { firstMs: 600_000, longestMs: 6 * hourMs };
/** Pause in ms after a read for which the account had no call left. */
const droppedMs = 60_000;
/** Changes of the fleet are collected for this many ms. */
const settleMs = 1000;
/** Ms between checks of the ages. */
const agesEveryMs = 60_000;
/** Most pages of one list. A server with so many failed backups in a row counts as one without good backups. */
const mostPages = 3;

interface Reading {
  dueAt: number | null;
  readonly refusals: BackOff;
  /** True once this run of Perch has read the list. */
  isRead: boolean;
}

/**
 * Reads the lists of backups one at a time for each account, as optional calls, and writes the newest good backup to
 * the row of the server. Reads a list again at once when a backup has ended or is gone, otherwise every few hours.
 */
export class NewestBackups {
  readonly #readings = new Map<string, Reading>();
  /** Ids of the accounts with a read under way. */
  readonly #busy = new Set<string>();
  readonly #alarm: Alarm;
  readonly #ages: Alarm;
  /** Monotonic time at which the alarm rings. */
  #lookAt = Infinity;
  #isStopped = false;
  #unlisten: readonly (() => void)[] = [];

  constructor(private readonly deps: NewestBackupsDeps) {
    this.#alarm = new Alarm(deps.clock);
    this.#ages = new Alarm(deps.clock);
  }

  start(): void {
    const { store, facts } = this.deps;
    this.#unlisten = [
      store.listen(({ changes }) => this.#changed(changes)),
      facts.listen(({ serverId, fact }) => {
        if (fact.kind === 'backup' || fact.kind === 'backup-deleted') this.#changedOnPanel(serverId);
      }),
    ];
    this.#lookIn(settleMs);
    this.#checkAges();
  }

  stop(): void {
    this.#isStopped = true;
    for (const unlisten of this.#unlisten) unlisten();
    this.#alarm.clear();
    this.#ages.clear();
  }

  #changed(changes: readonly Change[]): void {
    for (const change of changes)
      if (change.kind === 'server-removed') this.#readings.delete(change.serverId);
    if (changes.some(({ kind }) => kind === 'account-removed')) {
      const { servers } = this.deps.store.state;
      for (const id of this.#readings.keys()) if (!servers.has(id)) this.#readings.delete(id);
    }
    if (changes.some(decides)) this.#lookIn(settleMs);
  }

  #changedOnPanel(serverId: string): void {
    this.#readingOf(serverId).dueAt = null;
    this.#lookIn(0);
  }

  #lookIn(ms: number): void {
    const at = this.deps.clock.now() + ms;
    if (this.#isStopped || at >= this.#lookAt) return;
    this.#lookAt = at;
    this.#alarm.set(ms, () => {
      this.#lookAt = Infinity;
      this.#look();
    });
  }

  #look(): void {
    const now = this.deps.clock.now();
    let wait = Infinity;
    for (const [accountId, servers] of this.#readable()) {
      if (this.#busy.has(accountId)) continue;
      const next = nextRead(
        servers.map(({ id, lastBackup }) => ({
          id,
          isUnknown: lastBackup === undefined,
          dueAt: this.#readings.get(id)?.dueAt ?? null,
        })),
        now,
      );
      if (next === null) continue;
      if (next.at <= now) void this.#read(accountId, next.id);
      else wait = Math.min(wait, next.at - now);
    }
    if (wait !== Infinity) this.#lookIn(wait);
  }

  /** Servers whose lists can be read now, by account. */
  #readable(): Map<string, Server[]> {
    const { servers, accounts } = this.deps.store.state;
    const found = new Map<string, Server[]>();
    for (const server of servers.values()) {
      if (!canRead(server, accounts.get(server.accountId))) continue;
      const others = found.get(server.accountId);
      if (others === undefined) found.set(server.accountId, [server]);
      else others.push(server);
    }
    return found;
  }

  async #read(accountId: string, id: string): Promise<void> {
    const { clock, random, store } = this.deps;
    const reading = this.#readingOf(id);
    const now = clock.now();
    // A change during the read makes it due again.
    reading.dueAt = Infinity;
    this.#busy.add(accountId);
    let pause = droppedMs;
    try {
      const backups = await this.#newest(id);
      if (backups !== null) {
        reading.refusals.reset();
        pause = from((rereadMs * 2) / 3, random)(rereadMs);
        reading.isRead = true;
        this.#show(id, backups);
      }
    } catch (error) {
      const { retryAt = -Infinity } = toProblem(error);
      pause = Math.max(reading.refusals.next(), retryAt - now);
    }
    if (reading.dueAt !== null) reading.dueAt = clock.now() + pause;
    if (!store.state.servers.has(id)) this.#readings.delete(id);
    this.#busy.delete(accountId);
    this.#lookIn(0);
  }

  /** Newest backups of a server; null if a call was dropped. Pages are sorted oldest first (PROTOCOL 2.16.2). */
  async #newest(id: string): Promise<readonly Backup[] | null> {
    const watched = this.deps.fleet.server(id);
    if (watched === null) return null;
    const first = await this.#page(watched, id, 1);
    if (first === null || first.totalPages <= 1) return first?.backups ?? null;
    const found: Backup[] = [];
    const last = first.totalPages;
    for (let number = last; number > 1 && number > last - mostPages; number--) {
      const page = await this.#page(watched, id, number);
      if (page === null) return null;
      found.push(...page.backups);
      if (found.filter(({ state }) => state === 'good').length >= rhythmOf) return found;
    }
    return [...found, ...first.backups];
  }

  #page(watched: WatchedServer, id: string, number: number) {
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
    for (const [serverId, { isRead }] of this.#readings) {
      const server = store.state.servers.get(serverId);
      if (!isRead || server === undefined) continue;
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

  #readingOf(id: string): Reading {
    const known = this.#readings.get(id);
    if (known !== undefined) return known;
    const made: Reading = { dueAt: null, refusals: new BackOff(refused), isRead: false };
    this.#readings.set(id, made);
    return made;
  }
}

function isSame(one: LastBackup | null | undefined, other: LastBackup | null): boolean {
  if (!one || !other) return one === other;
  return one.id === other.id && one.bytes === other.bytes && one.everyMs === other.everyMs;
}

/** Whether the change can decide about which list is read. */
function decides(change: Change): boolean {
  if (change.kind === 'server-patched')
    return change.patch.permissions !== undefined || change.patch.condition !== undefined;
  return change.kind === 'server-upserted' || change.kind === 'account-upserted';
}
