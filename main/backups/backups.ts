/** Lists of the backups that are in use, and the ends of backups. */
import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import { oneLine } from '../../bridge/console/plain-line.js';
import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import { sentence } from '../../messages/messages.js';
import { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import type { Source } from '../base/feed-source.js';
import type { Clock } from '../base/ports.js';
import type { BackupOrigin, BackupOriginsPort, ServerFact, ReportedFact } from '../base/server-fact.js';
import type { WatchedFleet } from '../fleet/api.js';
import type { FleetEvent, FleetStore } from '../fleet/store.js';
import type { PanelApi } from '../panel/api.js';
import { BackupOrigins } from './backup-origins.js';
import { ended, type BackupEnd } from './folded.js';
import { ServerBackupList } from './server-backups.js';

export interface BackupsDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  /** Reports of nodes. An end that only the panel shows is reported here as well. */
  readonly facts: Pick<Emitter<ReportedFact>, 'listen' | 'emit'>;
  readonly clock: Clock;
  /** Ids of backups that Perch made by a rule, in earlier runs as well. */
  madeByRule(serverId: string): readonly string[];
}

/** Part of the panel's calls that stays free for the user while Perch asks about a running backup. */
const freePart = 1 / 4;

/** Ends that are remembered, for backups that end before the panel answers their creation. */
const mostEnds = 64;

export class Backups implements BackupOriginsPort {
  readonly origins = new BackupOrigins();
  /** Backups that Perch just began. */
  readonly begun = new Emitter<{ readonly serverId: string; readonly backup: Backup }>();
  /** Lists as the panel gave them. */
  readonly lists = new Emitter<{ readonly serverId: string; readonly list: BackupList }>();
  readonly #servers = new Map<string, ServerBackupList>();
  /** The latest reported ends, by id; null = the panel no longer has the backup. */
  readonly #reported = new Map<string, { readonly end: BackupEnd; readonly at: number } | null>();
  readonly #disposables = new Disposables();

  constructor(private readonly deps: BackupsDeps) {}

  start(): void {
    const { facts, store } = this.deps;
    this.#disposables.add(
      facts.listen((fact) => this.#report(fact)),
      store.listen((event) => this.#opened(event)),
    );
  }

  stop(): void {
    this.#disposables.dispose();
    for (const list of this.#servers.values()) list.stop();
    this.#servers.clear();
  }

  /** The feed `backups`: keeps the list of one server current while a window shows it. */
  readonly source: Source<'backups'> = ({ serverId }, sink) => {
    const list = this.#listOf(serverId);
    const shown = (value: typeof list.value) => ({ ...value, byRule: this.byRule(serverId, value.list) });
    sink.snapshot(shown(list.value));
    return list.watch((value) => sink.change(shown(value)));
  };

  /** Reads the list from the panel. Rejects with `PerchError`. */
  read(serverId: string): Promise<BackupList> {
    return this.#listOf(serverId).read();
  }

  /** Monotonic time until which background reads of a server's panel rest; null = no rest. */
  restUntil(serverId: string): number | null {
    return this.deps.fleet.server(serverId)?.panel.restUntil(freePart) ?? null;
  }

  /** Perch began this backup, which is followed to its end. */
  began(serverId: string, backup: Backup, origin: BackupOrigin): void {
    this.origins.made(backup.id, { ...origin, name: backup.name });
    if (backup.state === 'running' && !this.#reported.has(backup.id)) this.begun.emit({ serverId, backup });
    this.#follow(serverId, backup);
  }

  /** Follows a backup that an earlier run of Perch began, or reports its end. Rejects if the panel does not answer. */
  async resume(serverId: string, id: string, origin: BackupOrigin): Promise<void> {
    this.origins.made(id, origin);
    const backup = await this.#read(serverId, id).catch((error: unknown) => {
      if (toProblem(error).code === 'not-found') return null;
      throw error;
    });
    if (backup?.state === 'running') this.#follow(serverId, backup);
    else this.#ended(serverId, id, backup);
  }

  /**
   * Follows a running backup. `ended` resolves with its last state, or null if the panel no longer has it; `stop` ends
   * the listening. A small backup may have ended already, before the panel answered its creation.
   */
  whenEnded(serverId: string, backup: Backup): { readonly ended: Promise<Backup | null>; stop(): void } {
    const known = this.#reported.get(backup.id);
    if (known !== undefined) {
      const after = known === null ? null : ended(backup, known.end, known.at);
      return { ended: Promise.resolve(after), stop: () => undefined };
    }
    let stop = (): void => undefined;
    const over = new Promise<Backup | null>((resolve) => {
      stop = this.deps.facts.listen(({ serverId: of, fact }) => {
        if (of !== serverId || fact.kind !== 'backup' || fact.backupId !== backup.id) return;
        resolve(fact.isDeleted === true ? null : ended(backup, fact, this.#panelTime(serverId)));
      });
    });
    this.#follow(serverId, backup);
    return { ended: over, stop };
  }

  #follow(serverId: string, backup: Backup): void {
    const known = this.#reported.get(backup.id);
    if (known === null) return;
    this.#listOf(serverId).began(known === undefined ? backup : ended(backup, known.end, known.at));
  }

  /** The panel answered with this state of a backup. */
  took(serverId: string, backup: Backup): void {
    this.#servers.get(serverId)?.took(backup);
  }

  /** Perch deleted this backup. */
  deleted(serverId: string, backup: Backup): void {
    const { facts } = this.deps;
    const backupId = backup.id;
    this.#servers.get(serverId)?.lost(backupId);
    const unsuccessful = { kind: 'backup', isSuccessful: false, backupId, sha1: null, bytes: 0 } as const;
    const fact: ServerFact = backup.state === 'running' ? unsuccessful : { kind: 'backup-deleted', backupId };
    facts.emit({ serverId, fact });
  }

  /** The panel no longer has this backup. */
  gone(serverId: string, id: string): void {
    this.#servers.get(serverId)?.lost(id);
  }

  /** Ids of the backups of a list that Perch made by a rule. */
  byRule(serverId: string, list: BackupList | null): string[] {
    const made = this.deps.madeByRule(serverId);
    const isByRule = (id: string): boolean => {
      const by = this.origins.of(id)?.by;
      return made.includes(id) || (by?.kind === 'me' && by.rule === true);
    };
    return list?.backups.map(({ id }) => id).filter(isByRule) ?? [];
  }

  /** Known facts about a backup, for the event log. */
  originOf(serverId: string, id: string): BackupOrigin {
    const known = this.#servers.get(serverId)?.find(id);
    const created = known?.createdAt ?? null;
    const listed = {
      ...(known === undefined ? {} : { name: known.name }),
      ...(created === null ? {} : { createdAt: created }),
    };
    return { ...listed, ...this.origins.of(id) };
  }

  takeRestoration(serverId: string): BackupOrigin | null {
    return this.origins.takeRestoration(serverId);
  }

  #report({ serverId, fact }: ReportedFact): void {
    if (fact.kind !== 'backup' || fact.backupId === null) return;
    const at = this.#panelTime(serverId);
    this.#reported.set(fact.backupId, fact.isDeleted === true ? null : { end: fact, at });
    const [oldest] = this.#reported.keys();
    if (this.#reported.size > mostEnds && oldest !== undefined) this.#reported.delete(oldest);
    this.#servers.get(serverId)?.reported(fact.backupId, fact, at);
  }

  /** A restoration or an installation has ended: the panel gives the list again (PROTOCOL 2.0.6). */
  #opened({ previous, next }: FleetEvent): void {
    for (const [id, list] of this.#servers) {
      const now = next.servers.get(id)?.condition;
      if (now === 'normal' && previous.servers.get(id)?.condition !== now) list.reread();
    }
  }

  #listOf(serverId: string): ServerBackupList {
    const known = this.#servers.get(serverId);
    if (known !== undefined) return known;
    const { clock, store } = this.deps;
    const made: ServerBackupList = new ServerBackupList({
      clock,
      read: (id) => this.#read(serverId, id),
      readAll: async () => {
        const list = await this.#panelOf(serverId).backups(this.#identifierOf(serverId));
        const limit = store.state.servers.get(serverId)?.limits.backups ?? null;
        this.lists.emit({ serverId, list: { ...list, limit } });
        return { ...list, limit };
      },
      isLive: () => store.state.servers.get(serverId)?.link.kind === 'live',
      restUntil: () => this.restUntil(serverId),
      ended: (id, backup) => this.#ended(serverId, id, backup),
      unused: () => {
        made.stop();
        this.#servers.delete(serverId);
      },
    });
    this.#servers.set(serverId, made);
    return made;
  }

  /** The panel shows an end that the node has not reported. */
  #ended(serverId: string, backupId: string, backup: Backup | null): void {
    const list = this.#servers.get(serverId);
    if (backup === null) list?.lost(backupId);
    else list?.took(backup);
    const isSuccessful = backup?.state === 'good';
    const fact = { kind: 'backup', isSuccessful, backupId, sha1: backup?.sha1 ?? null } as const;
    const isDeleted = backup === null ? ({ isDeleted: true } as const) : {};
    this.deps.facts.emit({ serverId, fact: { ...fact, bytes: backup?.bytes ?? 0, ...isDeleted } });
  }

  async #read(serverId: string, id: string): Promise<Backup> {
    return this.#panelOf(serverId).backup(this.#identifierOf(serverId), id);
  }

  /** Throws `not-found`, or `conflict` while the panel has not listed the server again. */
  #panelOf(serverId: string): PanelApi {
    const watched = this.deps.fleet.server(serverId);
    if (watched !== null) return watched.panel;
    const server = this.deps.store.state.servers.get(serverId);
    if (server !== undefined) {
      const message = sentence('actions.unread', { name: oneLine(server.name, 80) });
      throw new PerchError(newProblem('conflict', message));
    }
    throw new PerchError(newProblem('not-found', sentence('actions.no-server')));
  }

  #identifierOf(serverId: string): string {
    return this.deps.store.state.servers.get(serverId)?.identifier ?? '';
  }

  #panelTime(serverId: string): number {
    return this.deps.clock.wall() + (this.deps.fleet.server(serverId)?.panel.clockAhead() ?? 0);
  }
}
