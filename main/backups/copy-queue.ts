import { dirname, join } from 'node:path';
import { newProblem, PerchError, type Problem } from '../../bridge/errors.js';
import type { BackupCopy, ServerCopies } from '../../bridge/schema/backup-copies.js';
import type {
  BackupSource,
  Transfer,
  TransferOffer,
  TransferSource,
  WantedTransfer,
} from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { isTaken } from './copies-disk.js';
import { Disposables } from '../base/disposables.js';
import { copyNamed } from './copies-names.js';

export interface CopyQueueDeps {
  readonly transfers: {
    readonly current: readonly Transfer[];
    listen(listener: (transfers: readonly Transfer[]) => void): () => void;
    add(wanted: WantedTransfer): Promise<string>;
    retry(id: string): void;
    cancel(id: string): Promise<void>;
  };
  readonly offer: (serverId: string, backup: string) => Promise<TransferOffer>;
  /** The user's folder. */
  readonly root: () => string | null;
  readonly came: (serverId: string) => void;
  /** `differs` = the received or existing file is not the backup. */
  readonly failed: (failed: { serverId: string; backup: string; differs: boolean }) => void;
}

/** A failure that no transfer reports: a file in the way, or a copy whose newer copy stays. */
interface CopyFailure {
  readonly serverId: string;
  readonly backup: string;
  readonly problem: Problem;
  /** Whether only a person has the copy fetched again. */
  readonly isOver: boolean;
}

type CopyTransfer = Transfer & { readonly source: BackupSource };

/** Why a transfer failed if the received file is not the backup. */
const wrongContent: ReadonlySet<string> = new Set(['transfers.wrong-checksum', 'transfers.wrong-size']);

/** Fetches copies through the queue of transfers, and remembers failed copies. */
export class CopyQueue {
  /** Transfers that this run saw before their end. */
  readonly #underWay = new Set<string>();
  /** By folder and backup. */
  readonly #failures = new Map<string, CopyFailure>();
  #isStopped = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: CopyQueueDeps) {}

  start(): void {
    this.#disposables.add(this.deps.transfers.listen((all) => this.#arrived(all)));
  }

  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
  }

  /** Fetched by the rule. A copy that failed before waits for a person. */
  async fetch(serverId: string, folder: string, copy: BackupCopy): Promise<void> {
    const key = join(folder, copy.id);
    const failure = this.#failures.get(key);
    if (this.#listed(folder, copy.id) !== undefined || failure?.isOver === true) return;
    if (!(await isTaken(folder, copy.file))) return this.#add(serverId, folder, copy);
    const { id: backup } = copy;
    this.#failures.set(key, { serverId, backup, problem: pathTaken(copy.file), isOver: false });
    if (failure === undefined) this.deps.failed({ serverId, backup, differs: true });
  }

  /**
   * A person asks, also after a failure. A transfer by the rule makes room for one that brings the file under the name
   * of `copy`. Rejects with `PerchError`.
   */
  async fetchAsked(serverId: string, folder: string, copy: BackupCopy): Promise<void> {
    const listed = this.#listed(folder, copy.id);
    if (listed?.file === copy.file) {
      if (listed.state === 'failed') this.deps.transfers.retry(listed.id);
      return;
    }
    if (listed !== undefined) await this.deps.transfers.cancel(listed.id);
    if (await isTaken(folder, copy.file)) throw new PerchError(pathTaken(copy.file));
    await this.#add(serverId, folder, copy);
  }

  /** Copies under way and failed copies. `here` = the copies that exist. */
  troubles(serverId: string, here: readonly BackupCopy[]): Pick<ServerCopies, 'coming' | 'failed'> {
    const own = this.deps.transfers.current
      .filter((one) => this.#isCopy(one))
      .filter(({ source }) => source.serverId === serverId);
    const coming = own.filter(({ state }) => state !== 'done' && state !== 'failed');
    const failed = new Map<string, Problem>();
    for (const one of this.#failures.values())
      if (one.serverId === serverId) failed.set(one.backup, one.problem);
    for (const { state, source, problem } of own)
      if (state === 'failed' && problem !== null) failed.set(source.backup, problem);
    for (const { source } of coming) failed.delete(source.backup);
    for (const { id } of here) failed.delete(id);
    return {
      coming: coming.map(({ source }) => source.backup),
      failed: [...failed].map(([backup, problem]) => ({ backup, problem })),
    };
  }

  async #add(serverId: string, folder: string, { id, file, bytes }: BackupCopy): Promise<void> {
    const { transfers, offer } = this.deps;
    const { source, label, panel, node, size, sha1 } = await offer(serverId, id);
    if (size !== bytes || this.#isStopped) return;
    this.#failures.delete(join(folder, id));
    const target = { folder, file, ifTaken: 'number' } as const;
    this.#underWay.add(await transfers.add({ source, label, panel, node, size, sha1, target }));
  }

  /** A transfer that fetches the copy, or that failed and waits for a person. */
  #listed(folder: string, backup: string): Transfer | undefined {
    return this.deps.transfers.current.find(
      ({ state, source, folder: to }) =>
        state !== 'done' && isOfBackup(source) && source.backup === backup && to === folder,
    );
  }

  #arrived(all: readonly Transfer[]): void {
    for (const one of all) {
      if (!this.#isCopy(one)) continue;
      const { id, state, source, problem } = one;
      if (state !== 'failed' && state !== 'done') this.#underWay.add(id);
      else if (!this.#underWay.delete(id)) continue;
      else if (state === 'done') this.#came(one, all);
      else this.deps.failed({ ...source, differs: wrongContent.has(problem?.message.id ?? '') });
    }
  }

  /** Failures up to the age of a copy that came leave the list of transfers. Only a person has them tried again. */
  #came({ folder, file, source }: CopyTransfer, all: readonly Transfer[]): void {
    this.#failures.delete(join(folder, source.backup));
    for (const one of all) {
      if (one.state !== 'failed' || one.folder !== folder || !this.#isCopy(one) || one.file > file) continue;
      const { backup, serverId } = one.source;
      if (one.problem !== null && backup !== source.backup)
        this.#failures.set(join(folder, backup), { serverId, backup, problem: one.problem, isOver: true });
      void this.deps.transfers.cancel(one.id).catch(() => undefined);
    }
    this.deps.came(source.serverId);
  }

  #isCopy(one: Transfer): one is CopyTransfer {
    const { folder, file } = one;
    const root = this.deps.root();
    return isOfBackup(one.source) && root !== null && dirname(folder) === root && copyNamed(file) !== null;
  }
}

function isOfBackup(source: TransferSource): source is BackupSource {
  return 'backup' in source;
}

export function pathTaken(file: string): Problem {
  return newProblem('conflict', sentence('copies.in-the-way', { file }));
}
