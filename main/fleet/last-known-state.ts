/**
 * Last known state of servers: loaded from the previous run, shown until panels answer, and saved for the next run.
 * Times inside Perch are monotonic and valid for one run, so the file has wall-clock times.
 */
import type { Change, FleetState } from '../../bridge/fleet/changes.js';
import type { LastRun, PowerState, Server } from '../../bridge/schema/domain.js';
import type { Crash } from '../../bridge/schema/process-end.js';
import { conditionBlock } from '../../bridge/panel/permissions.js';
import { Alarm } from '../base/alarm.js';
import type { KnownServer } from '../../bridge/schema/known-server.js';
import { Disposables } from '../base/disposables.js';
import type { AccountRecord, Clock, LastKnown } from '../base/ports.js';
import type { FleetEvent, FleetStore } from './store.js';
import { noLiveState } from './no-live-state.js';

/** Ms between saves. Usage changes every second; a killed run loses at most this much. */
const saveEveryMs = 60_000;

type PastCrash = NonNullable<LastRun['crash']>;

export interface LastKnownStateDeps {
  store: FleetStore;
  clock: Clock;
  lastKnown: LastKnown;
}

export class LastKnownState {
  readonly #nextSave: Alarm;
  /**
   * Last time and power state in this run, by server id. Needed because a failed poll clears the state in the store.
   */
  readonly #lastSeen = new Map<string, { at: number; power: PowerState | null }>();
  /** Monotonic time of each account's last list: suspended and similar servers have no power state. */
  readonly #listedAt = new Map<string, number>();
  readonly #disposables = new Disposables();
  #isStarted = false;

  constructor(private readonly deps: LastKnownStateDeps) {
    this.#nextSave = new Alarm(deps.clock);
  }

  load(): Promise<readonly KnownServer[]> {
    return this.deps.lastKnown.load();
  }

  /** Call before the panels are asked. Skips servers of removed accounts. */
  start(known: readonly KnownServer[], accounts: readonly Pick<AccountRecord, 'id'>[]): void {
    const { store } = this.deps;
    const ids = new Set(accounts.map(({ id }) => id));
    const kept = known.filter(({ accountId }) => ids.has(accountId));
    store.apply(kept.map((one) => ({ kind: 'server-upserted', server: this.#recalled(one) })));
    this.#disposables.add(store.listen((event) => this.#changed(event)));
    this.#isStarted = true;
  }

  /** Saves the current state. Call while the servers are still watched. */
  async stop(): Promise<void> {
    this.#disposables.dispose();
    this.#nextSave.clear();
    if (this.#isStarted) await this.#save();
  }

  #changed({ changes, next }: FleetEvent): void {
    for (const change of changes) this.#one(change, next);
    // Data of a removed panel leaves the disk at once.
    if (changes.some(({ kind }) => kind === 'account-removed')) this.#saveNow();
    else if (!this.#nextSave.isSet) this.#nextSave.set(saveEveryMs, () => this.#saveNow());
  }

  #one(change: Change, { servers }: FleetState): void {
    switch (change.kind) {
      case 'usage':
        if (change.usage !== null) this.#see(change.serverId, servers);
        return;
      case 'server-patched':
        if ((change.patch.power ?? null) !== null) this.#see(change.serverId, servers);
        return;
      case 'server-removed':
        this.#lastSeen.delete(change.serverId);
        return;
      case 'account-removed':
        for (const id of this.#lastSeen.keys()) if (!servers.has(id)) this.#lastSeen.delete(id);
        return;
      case 'account-upserted':
        if (change.account.state.kind === 'ready')
          this.#listedAt.set(change.account.id, this.deps.clock.now());
        return;
      case 'server-upserted':
        return;
    }
  }

  #see(serverId: string, servers: FleetState['servers']): void {
    const power = servers.get(serverId)?.power ?? this.#lastSeen.get(serverId)?.power ?? null;
    this.#lastSeen.set(serverId, { at: this.deps.clock.now(), power });
  }

  #saveNow(): void {
    this.#nextSave.clear();
    void this.#save();
  }

  #save(): Promise<void> {
    const { store, lastKnown } = this.deps;
    const { accounts, servers } = store.state;
    // The demo does not outlive the run.
    const kept = [...servers.values()].filter(({ accountId }) => accounts.get(accountId)?.isDemo !== true);
    return lastKnown.save(kept.map((server) => this.#toKeep(server)));
  }

  #toKeep(server: Server): KnownServer {
    const { id, accountId, uuid, identifier, name, description, node, isOwner, condition } = server;
    const { limits, allocations, sftp, dockerImage, game, egg, queryPort, naming, lastBackup } = server;
    const { features, internalId } = server;
    const facts = { id, accountId, uuid, identifier, name, description, node, isOwner, condition };
    const lastRun = moved(this.#seen(server), this.#wallAhead);
    return {
      ...facts,
      limits,
      allocations,
      sftp,
      dockerImage,
      naming,
      ...(game ? { game } : {}),
      ...(egg ? { egg } : {}),
      ...(features ? { features } : {}),
      ...(internalId ? { internalId } : {}),
      ...(queryPort ? { queryPort } : {}),
      ...(lastBackup === undefined ? {} : { lastBackup }),
      lastRun,
    };
  }

  /** State seen in this run, otherwise the state of the previous run. */
  #seen({ id, accountId, condition, power, usage, link, crashedAt, crash, lastRun }: Server): LastRun {
    const now = this.deps.clock.now();
    const listedAt = this.#listedAt.get(accountId);
    if (conditionBlock(condition) !== null && listedAt !== undefined) {
      return { at: listedAt, state: null, usage: null, ...pastCrash(crashedAt, crash) };
    }
    const seen = this.#lastSeen.get(id);
    if (power === null && seen === undefined) return lastRun ?? { at: now, state: null, usage: null };
    const past = power === 'running' ? {} : pastCrash(crashedAt, crash);
    const hasCrashed = past.crash !== undefined && past.crash.unseen === undefined;
    const at = link.kind === 'live' ? now : (seen?.at ?? now);
    return { at, state: hasCrashed ? 'crashed' : (power ?? seen?.power ?? null), usage, ...past };
  }

  /** Converts to monotonic time, at most now, even if the system clock was changed. */
  #recalled({ lastRun, ...facts }: KnownServer): Server {
    const past = moved(lastRun, -this.#wallAhead);
    return {
      ...facts,
      ...noLiveState,
      // Owners have every permission. Others are read again, because the list never has permissions and old ones would
      // stay.
      permissions: facts.isOwner ? ['*'] : null,
      lastRun: { ...past, at: Math.min(past.at, this.deps.clock.now()) },
    };
  }

  get #wallAhead(): number {
    const { clock } = this.deps;
    return clock.wall() - clock.now();
  }
}

function pastCrash(crashedAt: number | null, crash: Crash | null | undefined): Pick<LastRun, 'crash'> {
  if (crashedAt === null) return {};
  return { crash: { ...(crash ?? { exitCode: null, outOfMemory: false }), at: crashedAt } };
}

function moved({ at, state, usage, crash }: LastRun, by: number): LastRun {
  return {
    at: at + by,
    state,
    usage: usage === null ? null : { ...usage, at: usage.at + by },
    ...(crash === undefined ? {} : { crash: movedCrash(crash, by) }),
  };
}

function movedCrash({ at, unseen, ...how }: PastCrash, by: number): PastCrash {
  const end = unseen && { unseen: { ...unseen, from: unseen.from + by, to: unseen.to + by } };
  return { ...how, at: at + by, ...end };
}
