import type { Backup } from '../../../bridge/schema/backups.js';
import type { HandlerInput } from '../../../bridge/schema/contract.js';
import { PerchError, newProblem, toProblem } from '../../../bridge/errors.js';
import type { Actor } from '../../../bridge/schema/event-actor.js';
import { sentence } from '../../../messages/messages.js';
import type { Backups } from '../../backups/backups.js';
import type { Clock } from '../../base/ports.js';
import { byRule } from '../../base/server-fact.js';
import type { PanelApi } from '../../panel/api.js';
import { asked, type ServerDeps } from '../deps.js';

export interface BackupDeps extends ServerDeps {
  readonly backups: Pick<Backups, 'read' | 'began' | 'took' | 'deleted' | 'gone' | 'originOf' | 'origins'>;
  readonly clock: Pick<Clock, 'now' | 'wall' | 'after'>;
  /** Who acts on the server now: the user, or a program that the user allowed. */
  actorOf(serverId: string): Actor;
}

/** A request to make a backup whose answer was lost. */
interface LostRequest {
  readonly name: string;
  readonly by: Actor;
  /** Time of the request: by the panel's clock, and monotonic. */
  readonly panelAt: number;
  readonly at: number;
}

/** A panel may show a backup only after the node's answer, for which it waits up to 15 s (PROTOCOL 3.2). */
const shownAfterMs = 20_000;
/** Precision of the panel's times and of its clock. */
const aroundMs = 3000;

const noPlace = newProblem('conflict', sentence('panel.backup-no-place'), sentence('panel.ask-host'));

/**
 * Creation of backups, never two for one request.
 *
 * After a lost answer the list is read. If the backup is there, the request succeeded; otherwise the next request for
 * the same server reads the list again before anything is sent (ERRORS "Unanswered requests").
 */
export class BackupCreation {
  /** By server id. */
  readonly #lost = new Map<string, LostRequest>();

  constructor(private readonly deps: BackupDeps) {}

  create({ serverId, ...wanted }: HandlerInput<'backups.create'>, by: Actor): Promise<Backup> {
    return asked(this.deps, serverId, 'backup.create', async ({ server, watched }) => {
      const backup =
        (await this.#madeBefore(serverId, wanted.name, by)) ??
        (await this.#make(serverId, watched.panel, server.identifier, wanted, by));
      this.deps.backups.began(serverId, backup, { by });
      return backup;
    });
  }

  async #make(
    serverId: string,
    panel: PanelApi,
    identifier: string,
    wanted: Parameters<PanelApi['createBackup']>[1],
    by: Actor,
  ): Promise<Backup> {
    const { clock } = this.deps;
    const panelAt = clock.wall() + (panel.clockAhead() ?? 0);
    const request = { name: wanted.name, by, panelAt, at: clock.now() };
    try {
      return await panel.createBackup(identifier, wanted);
    } catch (error) {
      const { code, maybeDone } = toProblem(error);
      if (code === 'not-found' && (await this.#hasServer(serverId)))
        throw new PerchError(noPlace, { cause: error });
      if (maybeDone !== true) throw error;
      const found = await this.#find(serverId, request).catch(() => null);
      if (found !== null) return found;
      this.#lost.set(serverId, request);
      throw error;
    }
  }

  /** Whether the panel has the server, which a 404 of a creation leaves open (PROTOCOL 2.16.20). */
  #hasServer(serverId: string): Promise<boolean> {
    return this.deps.backups.read(serverId).then(
      () => true,
      () => false,
    );
  }

  /**
   * The backup of an earlier request with this name whose answer was lost; null if there is none. A rule may delete its
   * own backups, so a rule never takes the backup of a person.
   */
  async #madeBefore(serverId: string, name: string, by: Actor): Promise<Backup | null> {
    const lost = this.#lost.get(serverId);
    if (lost?.name !== name || (lost.by === byRule) !== (by === byRule)) return null;
    const wait = lost.at + shownAfterMs - this.deps.clock.now();
    if (wait > 0) await new Promise<void>((resolve) => void this.deps.clock.after(wait, resolve));
    const found = await this.#find(serverId, lost);
    this.#lost.delete(serverId);
    return found;
  }

  async #find(serverId: string, { name, panelAt }: LostRequest): Promise<Backup | null> {
    const { backups } = this.deps;
    const list = await backups.read(serverId);
    const isIt = (backup: Backup): boolean =>
      (backup.createdAt ?? 0) >= panelAt - aroundMs &&
      (name === '' || backup.name === name) &&
      backups.origins.of(backup.id) === null;
    return list.backups.find(isIt) ?? null;
  }
}
