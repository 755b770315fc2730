import { toProblem } from '../../bridge/errors.js';
import {
  choiceOf,
  watchedOf,
  type WatchedChoice,
  type WatchedChoices,
} from '../../bridge/files/watched-list.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { ServerState } from '../../bridge/schema/server-states.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import type { Clock, Log } from '../base/ports.js';
import type { WatchedFleet } from '../fleet/api.js';
import { canReadList } from '../fleet/list-readers.js';
import type { FleetStore } from '../fleet/store.js';
import { goodStartOf, isSameStart } from './good-start.js';
import { readState, type ReadStateDeps } from './read-state.js';
import type { RevisionsArchive } from './revisions-archive.js';

export interface ConfigurationWatchDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly fleet: Pick<WatchedFleet, 'server'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly archive: Pick<RevisionsArchive, 'keep' | 'goodStart' | 'setGoodStart' | 'readAt' | 'setReadAt'>;
  /** Whether the user lets Perch read configurations. */
  readonly isOn: () => boolean;
  /** Which files of servers the user added or took away. */
  readonly choices: () => WatchedChoices;
}

const lookEveryMs = 60_000;
const dayMs = 86_400_000;
/** Pauses after refusals. */
const refused = { firstMs: 600_000, longestMs: dayMs };

interface Reading extends Pick<ReadStateDeps, 'known' | 'startedAt'> {
  /** Somebody waits for the state. */
  readonly isHasty: boolean;
}

interface Followed {
  /** Wall-clock time of the last good start; null = none is known. */
  startedAt: number | null;
  /** Monotonic time of the next daily read. */
  dailyAt: number;
  /** Monotonic time before which Perch reads nothing. */
  restsUntil: number;
  readonly refusals: BackOff;
  /** The user's choice of files at the last read. */
  choice: WatchedChoice | undefined;
}

/**
 * Reads the configuration of each server after a good start, as the state to compare a later crash with, and once a
 * day. One server of an account at a time, as optional calls that give way to all others.
 */
export class ConfigurationWatch {
  readonly #followed = new Map<string, Followed>();
  /** Ids of the accounts with a read under way. */
  readonly #busy = new Set<string>();
  readonly #alarm: Alarm;
  #isStopped = false;

  constructor(private readonly deps: ConfigurationWatchDeps) {
    this.#alarm = new Alarm(deps.clock);
  }

  start(): void {
    this.#alarm.every(lookEveryMs, () => this.#look());
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.clear();
  }

  #look(): void {
    const { store, isOn } = this.deps;
    if (this.#isStopped || !isOn()) return;
    const { servers, accounts } = store.state;
    for (const id of this.#followed.keys()) if (!servers.has(id)) this.#followed.delete(id);
    for (const server of servers.values()) {
      if (this.#busy.has(server.accountId) || !canRead(server, accounts.get(server.accountId))) continue;
      const followed = this.#followed.get(server.id);
      if (followed !== undefined && !this.#isDue(server, followed)) continue;
      this.#busy.add(server.accountId);
      void this.#read(server, followed).then(() => {
        this.#busy.delete(server.accountId);
        this.#look();
      });
    }
  }

  /** Never rejects. */
  async #read(server: Server, known: Followed | undefined): Promise<void> {
    const { clock, log } = this.deps;
    const followed = known ?? (await this.#follow(server));
    if (!this.#isDue(server, followed)) return;
    try {
      const isDone = await this.#readDue(server, followed);
      if (isDone) followed.refusals.reset();
      else followed.restsUntil = clock.now() + lookEveryMs;
    } catch (error) {
      const { code, retryAt = -Infinity } = toProblem(error);
      followed.restsUntil = Math.max(clock.now() + followed.refusals.next(), retryAt);
      log.debug('revisions.unwatched', { code });
    }
  }

  /** False if a call was dropped. */
  async #readDue(server: Server, followed: Followed): Promise<boolean> {
    const { archive, clock } = this.deps;
    const startedAt = this.#newStart(server, followed);
    const choice = this.#choiceOf(server);
    const known = await archive.goodStart(server.id);
    const state = await this.#state(server, { known, startedAt, isHasty: false });
    if (state === null) return false;
    followed.dailyAt = clock.now() + dayMs;
    followed.choice = choice;
    if (startedAt === null) await archive.setReadAt(server.id, state.readAt);
    else {
      await archive.setGoodStart(server.id, state);
      followed.startedAt = startedAt;
    }
    return true;
  }

  /** Whether the user lets Perch read configurations, and the panel would give this server's. */
  mayRead(server: Server): boolean {
    return this.deps.isOn() && canRead(server, this.deps.store.state.accounts.get(server.accountId));
  }

  /** The state of the server now, for somebody who looks; null if a call was dropped. Rejects with `PerchError`. */
  state(server: Server, known: ServerState | null, startedAt: number | null = null) {
    return this.#state(server, { known, startedAt, isHasty: true });
  }

  async #state(server: Server, { known, startedAt, isHasty }: Reading): Promise<ServerState | null> {
    const { archive, clock, fleet } = this.deps;
    const watched = fleet.server(server.id);
    if (watched === null) return null;
    return readState({
      server,
      watched: watchedOf(server, this.deps.choices()),
      panel: watched.panel,
      known,
      startedAt,
      readAt: clock.wall(),
      whenSpare: (send) => (isHasty ? watched.whenSpare(send) : watched.whenIdle(send)),
      keep: (path, bytes) => archive.keep({ serverId: server.id, path }, bytes, 'watched'),
    });
  }

  async #follow(server: Server): Promise<Followed> {
    const { archive, clock } = this.deps;
    const good = await archive.goodStart(server.id).catch(() => null);
    const readAt = await archive.readAt(server.id).catch(() => null);
    const age = readAt === null ? Infinity : clock.wall() - readAt;
    const followed: Followed = {
      startedAt: good?.startedAt ?? null,
      dailyAt: clock.now() + Math.max(0, dayMs - age),
      restsUntil: -Infinity,
      refusals: new BackOff(refused),
      choice: this.#choiceOf(server),
    };
    this.#followed.set(server.id, followed);
    return followed;
  }

  #isDue(server: Server, followed: Followed): boolean {
    const now = this.deps.clock.now();
    if (followed.restsUntil > now) return false;
    // A file that the user has added is read soon.
    const isOther = JSON.stringify(this.#choiceOf(server)) !== JSON.stringify(followed.choice);
    return isOther || followed.dailyAt <= now || this.#newStart(server, followed) !== null;
  }

  #choiceOf({ id }: Server): WatchedChoice | undefined {
    return choiceOf(id, this.deps.choices());
  }

  /** Wall-clock time of the good start whose state Perch still has to read; null = none. */
  #newStart(server: Server, { startedAt }: Followed): number | null {
    const start = goodStartOf(server, this.deps.clock);
    return start === null || isSameStart(start, startedAt) ? null : start;
  }
}

/** The account must be able to list and to read files. */
function canRead(server: Server, account: Account | undefined): boolean {
  return canReadList(server, account, ['file.read', 'file.read-content']);
}
