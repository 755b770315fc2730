/** Reads one list of each server in turn, within the calls that an account can spare. */
import { toProblem } from '../../bridge/errors.js';
import type { Change } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import { Alarm } from '../base/alarm.js';
import { BackOff } from '../base/back-off.js';
import { Disposables } from '../base/disposables.js';
import type { Clock } from '../base/ports.js';
import { nextRead } from './next-read.js';
import type { FleetStore } from './store.js';

export interface ListRoundDeps {
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  readonly clock: Clock;
  /** Whether a read can bring news now. */
  canRead(server: Server, account: Account | undefined): boolean;
  /** Servers of which the list was never read come first. */
  isUnknown(server: Server): boolean;
  /**
   * Reads the list as an optional call and keeps it. Resolves with the ms until the next read; null = the account had no
   * call left. Rejects with `PerchError` if the panel refuses.
   */
  read(server: Server): Promise<number | null>;
  /** Hears the changes of the fleet between `start` and `stop`. */
  changed?(changes: readonly Change[]): void;
}

const hourMs = 3_600_000;
/** Pauses after refusals. */
const refused = { firstMs: 600_000, longestMs: 6 * hourMs };
/** How long a look does not ask again for a list that the panel has forbidden. */
const forbiddenMs = 600_000;
/** Pause of an account in ms after a read for which it had no call left. */
const droppedMs = 60_000;
/** Changes of the fleet are collected for this many ms. */
const settleMs = 1000;

interface Reading {
  dueAt: number | null;
  readonly refusals: BackOff;
  /** Monotonic time until which a look does not make the list due. */
  forbiddenUntil: number;
  /** True once this run of Perch has read the list. */
  isRead: boolean;
}

export class ListRound {
  readonly #readings = new Map<string, Reading>();
  /** Ids of the accounts with a read under way. */
  readonly #busy = new Set<string>();
  /** Monotonic time until which an account reads nothing. */
  readonly #restsUntil = new Map<string, number>();
  readonly #alarm: Alarm;
  /** Monotonic time at which the alarm rings. */
  #lookAt = Infinity;
  #isStopped = false;
  readonly #disposables = new Disposables();

  constructor(private readonly deps: ListRoundDeps) {
    this.#alarm = new Alarm(deps.clock);
  }

  start(): void {
    this.#disposables.add(this.deps.store.listen(({ changes }) => this.#changed(changes)));
    this.#lookIn(settleMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#disposables.dispose();
    this.#alarm.clear();
  }

  /** Servers whose list this run of Perch has read. */
  get known(): readonly string[] {
    return [...this.#readings].flatMap(([id, { isRead }]) => (isRead ? [id] : []));
  }

  /** Reads these lists as soon as possible: they changed, or the user wants them. */
  hurry(serverIds: Iterable<string>): void {
    for (const id of serverIds) {
      const reading = this.#readingOf(id);
      reading.dueAt = null;
      reading.forbiddenUntil = -Infinity;
    }
    this.#lookIn(0);
  }

  /**
   * Reads these old lists for a look as soon as possible, except those that the panel has just forbidden. Reads for a
   * look have calls of their own, so no account rests any longer.
   */
  refresh(serverIds: readonly string[]): void {
    this.#restsUntil.clear();
    this.hurry(serverIds.filter((id) => !this.isForbidden(id)));
  }

  /** Whether the panel has just forbidden the list, so that a look does not ask for it again. */
  isForbidden(serverId: string): boolean {
    return (this.#readings.get(serverId)?.forbiddenUntil ?? -Infinity) > this.deps.clock.now();
  }

  #changed(changes: readonly Change[]): void {
    this.deps.changed?.(changes);
    for (const change of changes)
      if (change.kind === 'server-removed') this.#readings.delete(change.serverId);
    if (changes.some(({ kind }) => kind === 'account-removed')) {
      const { servers, accounts } = this.deps.store.state;
      for (const id of this.#readings.keys()) if (!servers.has(id)) this.#readings.delete(id);
      for (const id of this.#restsUntil.keys()) if (!accounts.has(id)) this.#restsUntil.delete(id);
    }
    if (changes.some(decides)) this.#lookIn(settleMs);
  }

  #lookIn(ms: number): void {
    const at = this.deps.clock.now() + ms;
    if (this.#isStopped || at >= this.#lookAt) return;
    this.#lookAt = at;
    this.#alarm.set(ms, () => {
      this.#lookAt = Infinity;
      this.#look();
    });
  }

  #look(): void {
    const now = this.deps.clock.now();
    let wait = Infinity;
    for (const [accountId, servers] of this.#readable()) {
      if (this.#busy.has(accountId)) continue;
      const next = nextRead(
        servers.map((server) => ({
          id: server.id,
          isUnknown: this.deps.isUnknown(server),
          dueAt: this.#readings.get(server.id)?.dueAt ?? null,
        })),
        now,
      );
      if (next === null) continue;
      const at = Math.max(next.at, this.#restsUntil.get(accountId) ?? -Infinity);
      if (at <= now) void this.#read(accountId, next.id);
      else wait = Math.min(wait, at - now);
    }
    if (wait !== Infinity) this.#lookIn(wait);
  }

  /** Servers whose lists can be read now, by account. */
  #readable(): Map<string, Server[]> {
    const { servers, accounts } = this.deps.store.state;
    const found = new Map<string, Server[]>();
    for (const server of servers.values()) {
      if (!this.deps.canRead(server, accounts.get(server.accountId))) continue;
      const others = found.get(server.accountId);
      if (others === undefined) found.set(server.accountId, [server]);
      else others.push(server);
    }
    return found;
  }

  async #read(accountId: string, id: string): Promise<void> {
    const { clock, store, read } = this.deps;
    const server = store.state.servers.get(id);
    if (server === undefined) return;
    const reading = this.#readingOf(id);
    const now = clock.now();
    // A change during the read makes it due again.
    reading.dueAt = Infinity;
    this.#busy.add(accountId);
    let dueAt: number | null = null;
    try {
      const pause = await read(server);
      if (pause === null) this.#restsUntil.set(accountId, clock.now() + droppedMs);
      else {
        reading.refusals.reset();
        reading.isRead = true;
        dueAt = clock.now() + pause;
      }
    } catch (error) {
      const { code, retryAt = -Infinity } = toProblem(error);
      if (code === 'forbidden') reading.forbiddenUntil = clock.now() + forbiddenMs;
      dueAt = clock.now() + Math.max(reading.refusals.next(), retryAt - now);
    }
    if (reading.dueAt !== null) reading.dueAt = dueAt;
    if (!store.state.servers.has(id)) this.#readings.delete(id);
    this.#busy.delete(accountId);
    this.#lookIn(0);
  }

  #readingOf(id: string): Reading {
    const known = this.#readings.get(id);
    if (known !== undefined) return known;
    const made: Reading = {
      dueAt: null,
      refusals: new BackOff(refused),
      forbiddenUntil: -Infinity,
      isRead: false,
    };
    this.#readings.set(id, made);
    return made;
  }
}

/** Whether the change can decide about which list is read. */
function decides(change: Change): boolean {
  if (change.kind === 'server-patched')
    return change.patch.permissions !== undefined || change.patch.condition !== undefined;
  return change.kind === 'server-upserted' || change.kind === 'account-upserted';
}
