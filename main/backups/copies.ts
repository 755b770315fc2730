/**
 * Copies of backups on this computer, by the user's rules. Use:
 *
 *   const copies = new Copies({ clock, log, store, settings, facts, backups, transfers, offer });
 *   copies.start()                  reads the lists of servers with a rule, and fetches
 *   await copies.of(id)             the copies of a server, as the folder has them
 *   await copies.fetch(id, backup)  a person wants a copy, or another attempt
 *   copies.stop()
 *
 * `copies-names.ts` names files, `copies-plan.ts` decides, `copies-disk.ts` looks and deletes, `copy-lists.ts` reads the
 * panel's lists, `copy-queue.ts` fetches.
 */
import { join } from 'node:path';
import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { backupPolicyOf, type BackupPolicy } from '../../bridge/backups/backup-rules.js';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { BackupCopy, ServerCopies } from '../../bridge/schema/backup-copies.js';
import type { BackupList } from '../../bridge/schema/backups.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { sentence } from '../../messages/messages.js';
import { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import type { Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { ReportedFact } from '../base/server-fact.js';
import { diskFailure } from '../transfers/transfer-failures.js';
import type { Backups } from './backups.js';
import {
  copiesIn,
  findFolder,
  folderState,
  keepCopy,
  openFolder,
  removeCopy,
  type CopiesPlace,
} from './copies-disk.js';
import { keptCopy, serverKey } from './copies-names.js';
import { copiesPlan, missingCopies, type CopiesPlan } from './copies-plan.js';
import { CopyLists, type CopyListsDeps } from './copy-lists.js';
import { CopyQueue, pathTaken, type CopyQueueDeps } from './copy-queue.js';

export interface CopiesDeps
  extends Pick<CopyListsDeps, 'clock' | 'store'>, Pick<CopyQueueDeps, 'transfers' | 'offer'> {
  readonly log: Log;
  readonly settings: {
    readonly current: Settings;
    update(patch: Partial<Settings>): Promise<unknown>;
  };
  readonly facts: Pick<Emitter<ReportedFact>, 'listen' | 'emit'>;
  readonly backups: CopyListsDeps['backups'] & { readonly lists: Pick<Backups['lists'], 'listen'> };
}

export class Copies {
  /** Id of a server whose copies may have changed. */
  readonly changed = new Emitter<string>();
  /** One report at a time, so that two reports of one backup do not fetch it twice. */
  readonly #turns = new SerialQueue();
  /** The newest lists, by server id. */
  readonly #newest = new Map<string, BackupList>();
  readonly #lists: CopyLists;
  readonly #queue: CopyQueue;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: CopiesDeps) {
    this.#lists = new CopyLists({ ...deps, wants: (serverId) => this.#isWanted(serverId) });
    this.#queue = new CopyQueue({
      ...deps,
      root: () => deps.settings.current.copiesFolder,
      came: (serverId) => this.#carryOut(serverId),
      failed: ({ serverId, backup, differs }) =>
        deps.facts.emit({ serverId, fact: { kind: 'copy-failed', backupId: backup, differs } }),
    });
  }

  start(): void {
    this.#lists.start();
    this.#disposables.add(
      this.deps.backups.lists.listen(({ serverId, list }) => this.#listed(serverId, list)),
    );
    this.#queue.start();
  }

  stop(): void {
    this.#disposables.dispose();
    this.#lists.stop();
    this.#queue.stop();
  }

  /** The copies of a server, newest first. Rejects if the user's folder can't be read. */
  async of(serverId: string): Promise<BackupCopy[]> {
    const place = this.#placeOf(serverId);
    const folder = place === null ? null : await findFolder(place);
    return folder === null ? [] : copiesIn(folder);
  }

  /** The copies of a server as windows show them; null = only the state of the user's folder. Never rejects. */
  async shown(serverId: string | null): Promise<ServerCopies> {
    const folder = await folderState(this.deps.settings.current.copiesFolder);
    if (serverId === null) return { folder, copies: [], coming: [], failed: [] };
    const copies = await this.of(serverId).catch(() => []);
    return { folder, copies, ...this.#queue.troubles(serverId, copies) };
  }

  /** The path of the copy of a backup. Rejects with `PerchError`. */
  async archiveOf(serverId: string, backup: string): Promise<string> {
    const { folder, copy } = await this.#find(serverId, backup);
    return join(folder, copy.file);
  }

  /** The folder of a server's copies, or that of all copies. Rejects with `PerchError`. */
  async folderOf(serverId: string | null): Promise<string> {
    const root = this.deps.settings.current.copiesFolder;
    if (root === null) throw noFolder();
    const place = serverId === null ? null : this.#placeOf(serverId);
    return (place === null ? null : await findFolder(place).catch(() => null)) ?? root;
  }

  /** The folder of a server's copies, made if there is none. Rejects with `PerchError`. */
  async folderFor(serverId: string): Promise<string> {
    const place = this.#placeOf(serverId);
    if (place === null) throw noFolder();
    return openFolder(place).catch((error: unknown) => {
      throw diskFailure(error, place.root);
    });
  }

  /** Another folder for all copies; null = none. Nothing is moved or deleted. */
  async setFolder(folder: string | null): Promise<void> {
    await this.deps.settings.update({ copiesFolder: folder });
    this.#lists.again();
  }

  /**
   * A person wants a copy that stays, also again after a failure. A copy by the rule becomes a copy that stays. Rejects
   * with
   * `PerchError`.
   */
  async fetch(serverId: string, backup: string): Promise<void> {
    if (this.#placeOf(serverId) === null) throw noFolder();
    // A copy that is here needs no panel.
    if (await this.#turns.run(() => this.#keep(serverId, backup))) return;
    const list = await this.deps.backups.read(serverId);
    await this.#turns.run(async () => {
      if (await this.#keep(serverId, backup)) return;
      const folder = await this.folderFor(serverId);
      if (list.backups.some(({ id, createdAt }) => id === backup && createdAt === null)) {
        throw new PerchError(newProblem('conflict', sentence('copies.undated')));
      }
      const copy = missingCopies(list.backups, await copiesIn(folder)).find(({ id }) => id === backup);
      const kept = copy === undefined ? null : keptCopy(copy);
      if (kept === null) throw new PerchError(newProblem('not-found', sentence('copies.no-backup')));
      await this.#queue.fetchAsked(serverId, folder, kept);
    });
  }

  /** Marks the copy of a backup as requested by a person. False = no copy exists. Rejects with `PerchError`. */
  async #keep(serverId: string, backup: string): Promise<boolean> {
    const { folder, copy } = await this.#find(serverId, backup).catch(() => ({ folder: '', copy: null }));
    if (copy === null) return false;
    if (copy.isKept === true) return true;
    const isNamed = await keepCopy(folder, copy).catch((error: unknown) => {
      throw diskFailure(error, folder);
    });
    if (!isNamed) throw new PerchError(pathTaken(keptCopy(copy)?.file ?? copy.file));
    this.changed.emit(serverId);
    return true;
  }

  /** Deletes a copy. Rejects with `PerchError`. */
  async remove(serverId: string, backup: string): Promise<void> {
    const { folder, copy } = await this.#find(serverId, backup);
    const isRemoved = await removeCopy(folder, copy).catch((error: unknown) => {
      throw diskFailure(error, folder);
    });
    if (!isRemoved) throw noCopy();
    this.changed.emit(serverId);
  }

  #listed(serverId: string, list: BackupList): void {
    if (!this.#isWanted(serverId)) return;
    this.#newest.set(serverId, list);
    this.#carryOut(serverId);
  }

  #carryOut(serverId: string): void {
    void this.#turns
      .run(() => this.#bring(serverId))
      .catch((error: unknown) => {
        this.#lists.refused(serverId);
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        this.deps.log.warn('copies.not-made', { serverId, code });
      })
      .finally(() => this.changed.emit(serverId));
  }

  async #bring(serverId: string): Promise<void> {
    const place = this.#placeOf(serverId);
    const list = this.#newest.get(serverId);
    if (place === null || list === undefined) return;
    const folder = await openFolder(place);
    const { fetch, remove } = this.#planOf(serverId, list, await copiesIn(folder));
    for (const copy of remove) await removeCopy(folder, copy);
    for (const copy of fetch) await this.#queue.fetch(serverId, folder, copy);
  }

  #planOf(serverId: string, { backups }: BackupList, here: readonly BackupCopy[]): CopiesPlan {
    const { fetch, copies } = this.#policyOf(serverId);
    return copiesPlan(backups, here, { fetch, keep: copies, calendar: calendarIn() });
  }

  async #find(serverId: string, backup: string): Promise<{ folder: string; copy: BackupCopy }> {
    const place = this.#placeOf(serverId);
    const folder = place === null ? null : await findFolder(place).catch(() => null);
    const copies = folder === null ? [] : await copiesIn(folder).catch(() => []);
    const copy = copies.find(({ id }) => id === backup);
    if (folder === null || copy === undefined) throw noCopy();
    return { folder, copy };
  }

  #policyOf(serverId: string): BackupPolicy {
    const { settings, store } = this.deps;
    const accountId = store.state.servers.get(serverId)?.accountId ?? '';
    return backupPolicyOf(settings.current.backupRules, placeOf(settings.current, { serverId, accountId }));
  }

  /** Whether a rule copies backups of the server, and there is a folder. */
  #isWanted(serverId: string): boolean {
    return this.deps.settings.current.copiesFolder !== null && this.#policyOf(serverId).fetch !== 'none';
  }

  #placeOf(serverId: string): CopiesPlace | null {
    const { settings, store } = this.deps;
    const root = settings.current.copiesFolder;
    const server = store.state.servers.get(serverId);
    const account = store.state.accounts.get(server?.accountId ?? '');
    if (root === null || server === undefined || account === undefined) return null;
    return { root, server: server.name, key: serverKey(account.panelUrl, server.uuid) };
  }
}

function noFolder(): PerchError {
  return new PerchError(newProblem('conflict', sentence('copies.no-folder')));
}

function noCopy(): PerchError {
  return new PerchError(newProblem('not-found', sentence('copies.gone')));
}
