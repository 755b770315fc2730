/**
 * Logs the ends of backups and restorations. The node does not report who began them, whether a restoration succeeded,
 * or whether somebody deleted a backup while it was being made; the panel's activity lists all of that (PROTOCOL 2.14).
 */
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';
import { byRule, type BackupOrigin, type BackupOriginsPort, type ServerFact } from '../base/server-fact.js';
import type { PanelActivity } from '../fleet/api.js';
import { backupCause, restorationCause } from './backup-cause.js';
import type { ServerPast } from './server-past.js';

export interface EndedBackupsDeps {
  readonly clock: Clock;
  readonly past: Pick<ServerPast, 'write' | 'amend'>;
  readonly backups: BackupOriginsPort;
  /** Activity that the panel lists for the server; null if not available now. Never rejects. */
  activityOf(serverId: string): Promise<readonly PanelActivity[] | null>;
}

interface EndedBackup {
  readonly backupId: string | null;
  /** True if the panel no longer has the backup. */
  readonly isDeleted?: true;
}

/** The panel lists an end or a deletion after the node has carried it out, which is also when the backup ends. */
const lookAfterMs = 3000;

export class EndedBackups {
  #cancels: readonly (() => void)[] = [];
  #isStopped = false;

  constructor(private readonly deps: EndedBackupsDeps) {}

  /** Logged at once; the panel may name the person later. */
  completed(server: Server, { backupId }: EndedBackup): void {
    const at = this.deps.clock.now();
    const what = { kind: 'backup', isSuccessful: true, ...named(this.#known(server, backupId)) } as const;
    const event = this.deps.past.write(server, what, at);
    if (what.by !== undefined) return;
    this.#later(server, (activity, wall) => {
      const { name, createdAt } = this.#known(server, backupId);
      const cause = backupCause(activity ?? [], { name, createdAt, end: 'complete', wall });
      if (cause !== null) this.deps.past.amend(event.id, { ...what, ...cause });
    });
  }

  /** Logged once the panel said whether somebody deleted the backup. */
  unsuccessful(server: Server, { backupId, isDeleted }: EndedBackup): void {
    const at = this.deps.clock.now();
    this.#later(server, (activity, wall) => {
      const known = this.#known(server, backupId);
      const find = (end: 'delete' | 'fail') => backupCause(activity ?? [], { ...known, end, wall });
      const deletion = known.isDeleted === true ? known : find('delete');
      const cause = deletion ?? find('fail');
      const isGone = deletion !== null || isDeleted === true ? ({ isDeleted: true } as const) : {};
      const what = { kind: 'backup', isSuccessful: false, ...isGone } as const;
      this.deps.past.write(server, { ...what, ...named({ ...known, ...cause }) }, at);
    });
  }

  /** The user deleted a finished backup. */
  deleted(server: Server, backupId: string): void {
    const what = { kind: 'backup-deleted', ...named(this.#known(server, backupId)) } as const;
    this.deps.past.write(server, what, this.deps.clock.now());
  }

  /** Perch stopped to delete backups by a rule. */
  ruleStopped(server: Server, { backupId, why }: Extract<ServerFact, { kind: 'rule-stopped' }>): void {
    const what = {
      kind: 'rule-stopped',
      why,
      ...named({ ...this.#known(server, backupId), by: byRule }),
    } as const;
    this.deps.past.write(server, what, this.deps.clock.now());
  }

  copyFailed(server: Server, { backupId, differs }: Extract<ServerFact, { kind: 'copy-failed' }>): void {
    const { name } = this.#known(server, backupId);
    const about = { backupId, ...(name === undefined ? {} : { name }) };
    const what = { kind: 'copy-failed', differs, ...about } as const;
    this.deps.past.write(server, what, this.deps.clock.now());
  }

  /** Only the user of this Perch has files backed up. */
  filesCopied(server: Server, { backupId }: Extract<ServerFact, { kind: 'files-copied' }>): void {
    const by = { kind: 'me', bulk: false } as const;
    this.deps.past.write(server, { kind: 'files-copied', backupId, by }, this.deps.clock.now());
  }

  /** A restoration was logged. */
  restored(server: Server, { id, what }: HistoryEvent): void {
    if (what.kind !== 'restored') return;
    this.#later(server, (activity, wall) => {
      const cause = restorationCause(activity ?? [], wall);
      if (cause !== null) this.deps.past.amend(id, { ...cause, ...what });
    });
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels) cancel();
    this.#cancels = [];
  }

  #known({ id }: Server, backupId: string | null): BackupOrigin {
    return backupId === null ? {} : { ...this.deps.backups.originOf(id, backupId), backupId };
  }

  /** Passes the panel's activity on after a moment; `wall` = wall-clock time now. */
  #later(server: Server, take: (activity: readonly PanelActivity[] | null, wall: number) => void): void {
    const { clock } = this.deps;
    const wall = clock.wall();
    const cancel = clock.after(lookAfterMs, () => {
      this.#cancels = this.#cancels.filter((each) => each !== cancel);
      void this.deps.activityOf(server.id).then((activity) => {
        if (!this.#isStopped) take(activity, wall);
      });
    });
    this.#cancels = [...this.#cancels, cancel];
  }
}

/** The part that the log keeps. */
export function named({ backupId, name, by }: BackupOrigin): Pick<BackupOrigin, 'backupId' | 'name' | 'by'> {
  return {
    ...(backupId === undefined ? {} : { backupId }),
    ...(name === undefined ? {} : { name }),
    ...(by === undefined ? {} : { by }),
  };
}
