import type { Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import type { Emitter } from '../base/emitter.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import type { ReportedFact } from '../base/server-fact.js';
import type { FleetStore } from '../fleet/store.js';
import type { Backups } from './backups.js';

export interface CopyListsDeps {
  readonly clock: Clock;
  readonly store: Pick<FleetStore, 'state'>;
  readonly facts: Pick<Emitter<ReportedFact>, 'listen'>;
  readonly backups: Pick<Backups, 'read' | 'restUntil'>;
  /** Whether a rule copies the server's backups. */
  readonly wants: (serverId: string) => boolean;
}

const lookEveryMs = 5000;
/** Ms until a list is read again: usually, after a refusal, and while the panel does not show the end of a backup. */
const pauses = { usual: 6 * 3_600_000, refused: 600_000, unfinished: 60_000 };

/** Reads the lists of servers whose backups are copied: at the start, every six hours and after each backup. */
export class CopyLists {
  /** Monotonic time of the next read, by server id. */
  readonly #due = new Map<string, number>();
  readonly #look: Alarm;
  readonly #disposables = new Disposables();
  #isReading = false;

  constructor(private readonly deps: CopyListsDeps) {
    this.#look = new Alarm(deps.clock);
  }

  start(): void {
    const { facts, wants } = this.deps;
    this.#disposables.add(
      facts.listen(({ serverId, fact }) => {
        if (fact.kind === 'backup' && fact.isSuccessful && wants(serverId))
          void this.#read(serverId, fact.backupId);
      }),
    );
    this.#look.set(lookEveryMs, () => this.#next());
  }

  stop(): void {
    this.#disposables.dispose();
    this.#look.clear();
  }

  /** Copies could not be fetched: reads the list again later. */
  refused(serverId: string): void {
    this.#due.set(serverId, this.deps.clock.now() + pauses.refused);
  }

  /** Reads all lists again. */
  again(): void {
    this.#due.clear();
  }

  /** Reads a list that is due, one after the other. */
  #next(): void {
    const { clock, store, backups, wants } = this.deps;
    this.#look.set(lookEveryMs, () => this.#next());
    if (this.#isReading) return;
    const isDue = ({ id, accountId, condition }: Server): boolean =>
      (this.#due.get(id) ?? 0) <= clock.now() &&
      condition === 'normal' &&
      store.state.accounts.get(accountId)?.state.kind === 'ready' &&
      wants(id);
    const server = [...store.state.servers.values()].find(isDue);
    if (server === undefined || backups.restUntil(server.id) !== null) return;
    this.#isReading = true;
    void this.#read(server.id, null).finally(() => (this.#isReading = false));
  }

  /** Reads a list; `Backups.lists` tells the result. `ended` = a backup that should be complete by now. Never rejects. */
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
}
