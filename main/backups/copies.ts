/**
 * Copies of backups on this computer, by the user's rules. Use:
 *
 *   const copies = new Copies({ clock, log, store, settings, facts, backups, transfers, offer });
 *   copies.start()          reads the lists of servers with a rule, at the start, every six hours and after each backup
 *   await copies.of(id)     the copies of a server, as the folder has them
 *   copies.stop()
 *
 * `copies-names.ts` names files, `copies-plan.ts` decides, `copies-disk.ts` looks and deletes, transfers fetch.
 */
import { dirname, join } from 'node:path';
import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { backupPolicyOf, type BackupPolicy } from '../../bridge/backups/backup-rules.js';
import { calendarIn } from '../../bridge/backups/calendar.js';
import { newProblem, PerchError } from '../../bridge/errors.js';
import type { BackupCopy } from '../../bridge/schema/backup-copies.js';
import type { BackupList } from '../../bridge/schema/backups.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Transfer, TransferOffer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { Alarm } from '../base/alarm.js';
import type { Emitter } from '../base/emitter.js';
import { Ends } from '../base/ends.js';
import type { Clock, Log } from '../base/ports.js';
import { SerialQueue } from '../base/serial-queue.js';
import type { ToldFact } from '../base/server-fact.js';
import type { FleetStore } from '../fleet/store.js';
import type { Backups } from './backups.js';
import { copiesIn, findFolder, isTaken, openFolder, removeCopy, type CopiesPlace } from './copies-disk.js';
import { copyNamed, serverKey } from './copies-names.js';
import { copiesPlan, type CopiesPlan } from './copies-plan.js';

export interface CopiesDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<FleetStore, 'state'>;
  readonly settings: { readonly current: Settings };
  readonly facts: Pick<Emitter<ToldFact>, 'listen' | 'emit'>;
  readonly backups: Pick<Backups, 'read' | 'restUntil'> & {
    readonly lists: Pick<Backups['lists'], 'listen'>;
  };
  readonly transfers: {
    readonly current: readonly Transfer[];
    listen(listener: (transfers: readonly Transfer[]) => void): () => void;
    add(wanted: WantedTransfer): Promise<string>;
  };
  readonly offer: (serverId: string, backup: string) => Promise<TransferOffer>;
}

const lookEveryMs = 5000;
/** Ms until a list is read again: usually, after a refusal, and while the panel does not show the end of a backup. */
const pauses = { usual: 6 * 3_600_000, refused: 600_000, unfinished: 60_000 };

/** Why a transfer failed if what arrived is not the backup. */
const wrongContent: ReadonlySet<string> = new Set(['transfers.wrong-checksum', 'transfers.wrong-size']);

export class Copies {
  /** Monotonic time of the next read, by server id. */
  readonly #due = new Map<string, number>();
  readonly #look: Alarm;
  /** One at a time, so that two reports of one backup do not fetch it twice. */
  readonly #turns = new SerialQueue();
  readonly #lists = new Map<string, BackupList>();
  /** Transfers that this run saw before their end. */
  readonly #underWay = new Set<string>();
  /** Files that are in the way of a copy. */
  readonly #told = new Set<string>();
  #isReading = false;
  #isStopped = false;
  readonly #ends = new Ends();

  constructor(private readonly deps: CopiesDeps) {
    this.#look = new Alarm(deps.clock);
  }

  start(): void {
    const { facts, backups, transfers } = this.deps;
    this.#ends.add(
      facts.listen(({ serverId, fact }) => {
        if (fact.kind === 'backup' && fact.isSuccessful && this.#rootFor(serverId) !== null)
          void this.#read(serverId, fact.backupId);
      }),
      backups.lists.listen(({ serverId, list }) => this.#listed(serverId, list)),
      transfers.listen((all) => this.#arrived(all)),
    );
    this.#look.set(lookEveryMs, () => this.#next());
  }

  stop(): void {
    this.#isStopped = true;
    this.#ends.end();
    this.#look.clear();
  }

  /** The copies of a server, newest first. Rejects if the user's folder can't be read. */
  async of(serverId: string): Promise<BackupCopy[]> {
    const place = this.#placeOf(serverId);
    const folder = place === null ? null : await findFolder(place);
    return folder === null ? [] : copiesIn(folder);
  }

  /** The path of a copy. Rejects if the user's folder can't be read. */
  async pathOf(serverId: string, { file }: BackupCopy): Promise<string> {
    const place = this.#placeOf(serverId);
    const folder = place === null ? null : await findFolder(place);
    if (folder === null) throw new PerchError(newProblem('not-found', sentence('remote.no-copy')));
    return join(folder, file);
  }

  /** Reads a list that is due, one after the other. */
  #next(): void {
    const { clock, store, settings, backups } = this.deps;
    this.#look.set(lookEveryMs, () => this.#next());
    if (settings.current.copiesFolder === null || this.#isReading) return;
    const isDue = ({ id, accountId, condition }: Server): boolean =>
      (this.#due.get(id) ?? 0) <= clock.now() &&
      condition === 'normal' &&
      store.state.accounts.get(accountId)?.state.kind === 'ready' &&
      this.#rootFor(id) !== null;
    const server = [...store.state.servers.values()].find(isDue);
    if (server === undefined || backups.restUntil(server.id) !== null) return;
    this.#isReading = true;
    void this.#read(server.id, null).finally(() => (this.#isReading = false));
  }

  /** Reads a list, which comes to `#listed`. `ended` = a backup that should be complete by now. Never rejects. */
  async #read(serverId: string, ended: string | null): Promise<void> {
    const { clock, backups } = this.deps;
    const again = (ms: number) => this.#due.set(serverId, clock.now() + ms);
    again(pauses.usual);
    try {
      const list = await backups.read(serverId);
      if (list.backups.some(({ id, state }) => id === ended && state === 'running')) again(pauses.unfinished);
    } catch {
      again(pauses.refused);
    }
  }

  #listed(serverId: string, list: BackupList): void {
    if (this.#rootFor(serverId) === null) return;
    this.#lists.set(serverId, list);
    this.#carryOut(serverId);
  }

  #carryOut(serverId: string): void {
    void this.#turns
      .run(() => this.#bring(serverId))
      .catch((error: unknown) => {
        this.#due.set(serverId, this.deps.clock.now() + pauses.refused);
        const code = error instanceof Error && 'code' in error ? String(error.code) : '';
        this.deps.log.warn('copies.not-made', { serverId, code });
      });
  }

  async #bring(serverId: string): Promise<void> {
    const place = this.#placeOf(serverId);
    const list = this.#lists.get(serverId);
    if (place === null || list === undefined) return;
    const folder = await openFolder(place);
    const { fetch, remove } = this.#planOf(serverId, list, await copiesIn(folder));
    for (const copy of remove) await removeCopy(folder, copy);
    for (const copy of fetch) await this.#fetch(serverId, folder, copy);
  }

  #planOf(serverId: string, { backups }: BackupList, here: readonly BackupCopy[]): CopiesPlan {
    const { fetch, copies } = this.#policyOf(serverId);
    return copiesPlan(backups, here, { fetch, keep: copies, calendar: calendarIn() });
  }

  /** One that is in the list of transfers is fetched already, or waits for a person. */
  async #fetch(serverId: string, folder: string, { id, file, bytes }: BackupCopy): Promise<void> {
    const { transfers, offer } = this.deps;
    const isListed = transfers.current.some(
      (one) => one.state !== 'done' && one.source.backup === id && one.folder === folder,
    );
    if (isListed) return;
    const path = join(folder, file);
    if (await isTaken(folder, file)) {
      if (!this.#told.has(path)) this.#failed({ serverId, backup: id }, true);
      this.#told.add(path);
      return;
    }
    const { source, label, panel, node, size, sha1 } = await offer(serverId, id);
    if (size !== bytes || this.#isStopped) return;
    const target = { folder, file, ifTaken: 'number' } as const;
    this.#underWay.add(await transfers.add({ source, label, panel, node, size, sha1, target }));
  }

  #arrived(all: readonly Transfer[]): void {
    const root = this.deps.settings.current.copiesFolder;
    for (const { id, state, folder, file, source, problem } of all) {
      if (root === null || dirname(folder) !== root || copyNamed(file) === null) continue;
      if (state !== 'failed' && state !== 'done') this.#underWay.add(id);
      else if (!this.#underWay.delete(id)) continue;
      else if (state === 'done') this.#carryOut(source.serverId);
      else this.#failed(source, wrongContent.has(problem?.message.id ?? ''));
    }
  }

  #failed({ serverId, backup }: Pick<Transfer['source'], 'serverId' | 'backup'>, differs: boolean): void {
    this.deps.facts.emit({ serverId, fact: { kind: 'copy-failed', backupId: backup, differs } });
  }

  #policyOf(serverId: string): BackupPolicy {
    const { settings, store } = this.deps;
    const accountId = store.state.servers.get(serverId)?.accountId ?? '';
    return backupPolicyOf(settings.current.backupRules, placeOf(settings.current, { serverId, accountId }));
  }

  /** The user's folder; null = no rule copies backups of the server. */
  #rootFor(serverId: string): string | null {
    const root = this.deps.settings.current.copiesFolder;
    return root === null || this.#policyOf(serverId).fetch === 'none' ? null : root;
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
