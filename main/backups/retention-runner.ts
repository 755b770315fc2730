/** Deletes the backups that the rules of the settings do not keep: after each good backup, and before one by a rule. */
import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { sharedPolicyOf } from '../../bridge/backups/backup-rules.js';
import { underRule } from '../../bridge/backups/backup-maker.js';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { makeRoom } from '../../bridge/backups/make-room.js';
import { retain, type KeptBackup, type RetentionRule } from '../../bridge/backups/retention.js';
import { PerchError, newProblem, toProblem } from '../../bridge/errors.js';
import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { isGranted } from '../../bridge/panel/permissions.js';
import { sentence } from '../../messages/messages.js';
import type { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import type { Clock, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';
import { madeByRuleFor, onlyExisting, withMade } from './made-by-rule.js';
import type { QuietBackups } from './quiet-backups.js';
import type { WantedBackup } from './quiet-run.js';

export interface RetentionRunnerDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly facts: Pick<Emitter<ReportedFact>, 'listen' | 'emit'>;
  readonly settings: { readonly current: Pick<Settings, 'backupRules' | 'groups'> };
  readonly memory: {
    readonly current: Pick<Memory, 'madeByRule'>;
    update(change: (now: Memory) => Pick<Memory, 'madeByRule'> | null): Promise<unknown>;
  };
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  /** The newest events of the log. */
  events(): readonly HistoryEvent[];
  /** Reads the list from the panel. Rejects with `PerchError`. */
  read(serverId: string): Promise<BackupList>;
  /** Deletes a backup by the rule. Rejects with `PerchError`. */
  remove(serverId: string, backup: string): Promise<void>;
  /** Rejects with `PerchError` if something known but the host's limit prevents a backup. */
  ready(serverId: string, isQuiet: boolean): Promise<void>;
  /** Begins a backup. Rejects with `PerchError`. */
  create(wanted: WantedBackup): Promise<Backup>;
  readonly quiet: Pick<QuietBackups, 'begin' | 'made'>;
}

export class RetentionRunner {
  /** Runs for two accounts may be about the same server of a panel, so they wait for each other. */
  readonly #turns = new SerialQueue();
  /** The last reported refusal of each server. */
  readonly #refusals = new Map<string, string>();
  readonly #disposables = new Disposables();
  #isStopped = false;

  constructor(private readonly deps: RetentionRunnerDeps) {}

  start(): void {
    this.#disposables.add(
      this.deps.facts.listen(({ serverId, fact }) => {
        if (fact.kind === 'backup' && fact.isSuccessful)
          void this.#turns.run(() => this.#tidy(this.#through(serverId)));
      }),
    );
  }

  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
  }

  /**
   * Makes room for a backup by the rule of the server, and begins the backup, or the quiet sequence that makes it.
   * Deletes nothing for a backup that could not begin anyway. `made` = the backup once the panel has begun it. Both
   * reject with `PerchError`.
   */
  backUp(id: string, name: string, isQuiet: boolean): Promise<{ readonly made: Promise<Backup> }> {
    return this.#turns.run(async () => {
      const serverId = this.#through(id);
      const { create, quiet, read, ready } = this.deps;
      const wanted = { serverId, name, ignored: [], locked: false, isByRule: true } as const;
      await ready(serverId, isQuiet);
      await this.#delete(serverId, await read(serverId), (left) => this.#inTheWay(serverId, left));
      if (isQuiet) {
        await quiet.begin(wanted);
        return { made: quiet.made(serverId).then((backup) => this.#made(serverId, backup)) };
      }
      return { made: this.#made(serverId, await create(wanted)) };
    });
  }

  /** Remembers the backup as made by the rule. If that can't be written, the backup counts as made by hand. */
  async #made(serverId: string, backup: Backup): Promise<Backup> {
    const { memory, log } = this.deps;
    await memory
      .update(({ madeByRule }) => ({ madeByRule: withMade(madeByRule, serverId, backup.id) }))
      .catch((error: unknown) => log.warn('backups.rule-not-remembered', { code: toProblem(error).code }));
    return backup;
  }

  /** Ids of the backups to delete before a new one. Throws `PerchError` without room. */
  #inTheWay(serverId: string, list: BackupList): readonly string[] {
    const room = makeRoom(this.#known(serverId, list), this.#ruleOf(serverId), {
      limit: list.limit,
      now: this.deps.clock.wall(),
    });
    if (room.kind === 'room') return room.ids;
    throw new PerchError(newProblem('conflict', sentence(`backup-rules.no-room-${room.why}`)));
  }

  /** Deletes the backups that the rule of the server does not keep. Never rejects. */
  async #tidy(serverId: string): Promise<void> {
    if (this.#ruleOf(serverId).keep === null || this.#isStopped) return;
    try {
      const list = await this.deps.read(serverId);
      await this.#delete(serverId, list, (left) => {
        return retain(this.#known(serverId, left), this.#ruleOf(serverId)).goes;
      });
      await this.deps.memory.update(({ madeByRule }) => {
        const left = onlyExisting(madeByRule, serverId, list.backups);
        return left === null ? null : { madeByRule: left };
      });
    } catch (error) {
      this.deps.log.warn('backups.rule-stopped', { server: serverId, code: toProblem(error).code });
    }
  }

  /**
   * Deletes backups one at a time. Looks again before each, and stops at the first surprise: a refusal, or a list that
   * differs by more than the deleted backup. Throws `PerchError` then.
   */
  async #delete(
    serverId: string,
    first: BackupList,
    next: (list: BackupList) => readonly string[],
  ): Promise<void> {
    let list = first;
    for (;;) {
      const [id] = next(list);
      if (id === undefined || this.#isStopped) return;
      await this.deps.remove(serverId, id).catch((error: unknown) => {
        this.#refused(serverId, id, error);
        throw error;
      });
      this.#refusals.delete(serverId);
      const after = await this.deps.read(serverId);
      if (!isSame(list, after, id)) {
        this.#surprised(serverId, id, 'changed');
        throw new PerchError(newProblem('conflict', sentence('backup-rules.changed')));
      }
      list = after;
    }
  }

  /** Told again only if the rule, the permission, the error or the refused backup differs from the last refusal. */
  #refused(serverId: string, id: string, error: unknown): void {
    const { code } = toProblem(error);
    const { keep, byHand } = this.#ruleOf(serverId);
    const server = this.deps.store.state.servers.get(serverId);
    const mayDelete = server !== undefined && isGranted(server.permissions, 'backup.delete');
    const refusal = JSON.stringify([code, mayDelete, keep, byHand, mayDelete ? id : null]);
    if (this.#refusals.get(serverId) === refusal) return;
    this.#refusals.set(serverId, refusal);
    this.#surprised(serverId, id, 'refused');
  }

  #surprised(serverId: string, backupId: string, why: 'refused' | 'changed'): void {
    this.deps.facts.emit({ serverId, fact: { kind: 'rule-stopped', backupId, why } });
  }

  #known(serverId: string, { backups }: BackupList): KeptBackup[] {
    const byRule = madeByRuleFor(this.deps.memory.current.madeByRule, serverId);
    const clues = { byRule, events: this.deps.events() };
    return backups.map((backup) => underRule(serverId, backup, clues));
  }

  /** The server in all accounts of its panel. A rule for one of them protects the backups from all. */
  #twins(serverId: string): readonly Server[] {
    const { state } = this.deps.store;
    const server = state.servers.get(serverId);
    return server === undefined ? [] : twinsOf(state, server);
  }

  /** Id of the server in the first account that may delete its backups. */
  #through(serverId: string): string {
    const able = this.#twins(serverId).find(({ permissions }) => isGranted(permissions, 'backup.delete'));
    return able?.id ?? serverId;
  }

  #ruleOf(serverId: string): RetentionRule {
    const { settings } = this.deps;
    const places = this.#twins(serverId).map(({ id, accountId }) =>
      placeOf(settings.current, { serverId: id, accountId }),
    );
    const { keep, byHand } = sharedPolicyOf(settings.current.backupRules, places);
    // While a server is restored, its panel refuses every call about backups (PROTOCOL 2.16.17).
    return { keep, byHand, restoring: new Set(), calendar: calendarIn() };
  }
}

/** True if the list has only lost the deleted backup. */
function isSame(before: BackupList, after: BackupList, deleted: string): boolean {
  const facts = ({ backups }: BackupList): string[] =>
    backups
      .filter(({ id }) => id !== deleted)
      .map(({ id, state, locked }) => `${id} ${state} ${locked}`)
      .toSorted();
  const isGone = after.backups.every(({ id }) => id !== deleted);
  return isGone && facts(before).join() === facts(after).join();
}
