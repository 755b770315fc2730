import { toProblem } from '../../bridge/errors.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { Alarm } from '../base/alarm.js';
import { Disposables } from '../base/disposables.js';
import type { Clock, Log } from '../base/ports.js';
import type { FleetStore } from '../fleet/store.js';
import type { Backups, BackupsDeps } from './backups.js';

type Begun = Memory['begunBackups'][number];

export interface BegunBackupsDeps extends Pick<BackupsDeps, 'fleet' | 'facts'> {
  readonly store: Pick<FleetStore, 'listen'>;
  readonly backups: Pick<Backups, 'begun' | 'resume'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly memory: {
    readonly current: Pick<Memory, 'begunBackups'>;
    update(change: (now: Pick<Memory, 'begunBackups'>) => Pick<Memory, 'begunBackups'>): Promise<unknown>;
  };
}

/** After six hours the panel itself marks a backup without an end as failed (PROTOCOL 2.16.8). */
const longestMs = 6 * 3_600_000;
const againMs = 60_000;

/** Backups that Perch began and that have not ended, from one run of Perch to the next. */
export class BegunBackups {
  /** Backups of an earlier run that still need a follower. */
  #waiting: readonly Begun[] = [];
  readonly #again: Alarm;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: BegunBackupsDeps) {
    this.#again = new Alarm(deps.clock);
  }

  /** Call when the memory was read. */
  start(): void {
    const { backups, facts, memory, store } = this.deps;
    this.#waiting = memory.current.begunBackups.filter((begun) => this.#isYoung(begun));
    this.#disposables.add(
      backups.begun.listen(({ serverId, backup: { id, name } }) => {
        this.#keep([{ serverId, id, name, at: this.deps.clock.wall() }], id);
      }),
      facts.listen(({ fact }) => {
        if (fact.kind === 'backup' && fact.backupId !== null) this.#keep([], fact.backupId);
      }),
      store.listen(() => this.#resume()),
    );
  }

  stop(): void {
    this.#disposables.dispose();
    this.#again.clear();
  }

  /** Follows the backups whose servers the panel has listed by now. */
  #resume(): void {
    if (this.#waiting.length === 0 || this.#again.isSet) return;
    const isHere = ({ serverId }: Begun): boolean => this.deps.fleet.server(serverId) !== null;
    const here = this.#waiting.filter(isHere);
    this.#waiting = this.#waiting.filter((begun) => !isHere(begun));
    for (const begun of here) void this.#follow(begun);
  }

  async #follow(begun: Begun): Promise<void> {
    const { serverId, id, name } = begun;
    try {
      await this.deps.backups.resume(serverId, id, { name, by: { kind: 'me', bulk: false } });
    } catch {
      if (!this.#isYoung(begun)) return;
      this.#waiting = [...this.#waiting, begun];
      this.#again.set(againMs, () => this.#resume());
    }
  }

  #isYoung({ at }: Begun): boolean {
    return this.deps.clock.wall() - at < longestMs;
  }

  /** Replaces the entry of this backup. */
  #keep(begun: readonly Begun[], replaced: string): void {
    const { memory, log } = this.deps;
    const isKept = memory.current.begunBackups.some(({ id }) => id === replaced);
    if (begun.length === 0 && !isKept) return;
    memory
      .update(({ begunBackups }) => {
        const others = begunBackups.filter((one) => one.id !== replaced && this.#isYoung(one));
        return { begunBackups: [...others, ...begun].slice(-mostKept.begunBackups) };
      })
      .catch((error: unknown) => log.warn('backups.not-remembered', { code: toProblem(error).code }));
  }
}
