import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { ServerFact } from '../base/server-fact.js';
import type { SentAfter } from '../fleet/process/sent-signals.js';
import { ConditionPast } from './condition-past.js';
import { EndedBackups, type EndedBackupsDeps } from './ended-backups.js';
import { LimitWatch, type LimitRules } from './limit-watch.js';
import { PlayerPast } from './player-past.js';
import { WatchedArrivals } from './watched-arrivals.js';
import { ProcessWatch, type ProcessWatchDeps } from './process-watch.js';

/** More backups than one server finishes before the slowest account hears of the first. */
const mostBackups = 20;
/** Most other servers that share an event; the event has their number anyway. */
const mostSharing = 500;

/** Dependencies that all servers share: one object for all of them, because there may be a thousand. */
export interface ServerEventsDeps extends ProcessWatchDeps, Pick<EndedBackupsDeps, 'activityOf' | 'backups'> {
  readonly store: { readonly state: FleetState };
  /** Limits that apply to this server. */
  limitsOf(server: Server): LimitRules;
}

/**
 * All watchers of one server, which several accounts may see. One account reports at a time, so each event is logged
 * once.
 */
export class ServerEvents {
  /** Latest row of the account that reports. */
  #last: Server | null = null;
  /** Ids of finished backups, the newest last. */
  #finished: readonly string[] = [];
  readonly #process: ProcessWatch;
  readonly #condition: ConditionPast;
  readonly #limits: LimitWatch;
  readonly #backups: EndedBackups;
  readonly #players: PlayerPast;
  readonly #arrivals: WatchedArrivals;

  constructor(
    private readonly deps: ServerEventsDeps,
    sentAfter: SentAfter,
  ) {
    const { clock, past } = deps;
    this.#process = new ProcessWatch(deps, sentAfter);
    this.#backups = new EndedBackups(deps);
    this.#condition = new ConditionPast(clock, past, {
      take: (serverId) => deps.backups.takeRestoration(serverId),
      logged: (server, event) => this.#backups.restored(server, event),
    });
    this.#limits = new LimitWatch(clock, past);
    this.#players = new PlayerPast(clock, past);
    this.#arrivals = new WatchedArrivals(clock, past);
  }

  /** Takes a changed row of the server from any of its accounts. */
  changed(before: Server, after: Server): void {
    const last = this.#last;
    const isOther = last !== null && last.id !== after.id;
    if (isOther && !takesOver(this.deps.store.state, last, before, after)) return;
    this.#last = after;
    this.#changed(isOther ? joined(last, before, after) : before, after);
  }

  #changed(before: Server, after: Server): void {
    if (after.usage !== before.usage) this.#limits.measured(after, this.deps.limitsOf(after));
    this.#condition.changed(before, after, this.deps.clock.now());
    this.#process.changed(before, after);
    this.#backupChanged(after);
    this.#players.changed(before, after);
  }

  #backupChanged(after: Server): void {
    const { clock, past } = this.deps;
    const [lasting] = past.lastingOf(after.id, 'backup-overdue');
    if (after.backupOverdue === true && lasting === undefined) {
      const what = { kind: 'backup-overdue', newest: after.lastBackup?.at ?? null } as const;
      past.write(after, what, clock.now(), { lasts: true });
    }
    if (after.backupOverdue === false && lasting !== undefined) past.end(lasting.id, clock.now());
  }

  /**
   * Takes a fact that changes no field of the row. The node reports a backup to every account; only the first report
   * counts.
   */
  report(server: Server, fact: Exclude<ServerFact, { kind: 'schedules' }>): void {
    if (fact.kind === 'backup' && fact.backupId !== null) {
      if (this.#finished.includes(fact.backupId)) return;
      this.#finished = [...this.#finished, fact.backupId].slice(-mostBackups);
    }
    switch (fact.kind) {
      case 'restored':
        return this.#condition.restored(server, this.deps.clock.now());
      case 'quiet-backup':
      case 'player-act':
      case 'rule-run':
      case 'rule-told':
        return void this.deps.past.write(server, fact, this.deps.clock.now());
      case 'player-joined':
        return this.#arrivals.came(server, fact.player);
      case 'plan-missed':
        return this.#planMissed(server, fact);
      case 'broadcast':
        return this.#broadcast(server, fact);
      case 'backup-deleted':
        return this.#backups.deleted(server, fact.backupId);
      case 'rule-stopped':
        return this.#backups.ruleStopped(server, fact);
      case 'copy-failed':
        return this.#backups.copyFailed(server, fact);
      case 'files-copied':
        return this.#backups.filesCopied(server, fact);
      case 'backup':
        if (fact.isSuccessful) this.#backups.completed(server, fact);
        else this.#backups.unsuccessful(server, fact);
    }
  }

  /** One event for all servers of the fact. */
  #planMissed(
    server: Server,
    { why, serverIds, problem }: Extract<ServerFact, { kind: 'plan-missed' }>,
  ): void {
    const { clock, past } = this.deps;
    const others = this.#sharing(server, serverIds);
    const what = { kind: 'plan-missed', why, servers: serverIds.length } as const;
    past.write(server, problem === null ? what : { ...what, problem }, clock.now(), { others });
  }

  #broadcast(server: Server, { serverIds, ...told }: Extract<ServerFact, { kind: 'broadcast' }>): void {
    const { clock, past } = this.deps;
    const others = this.#sharing(server, serverIds);
    past.write(server, { ...told, servers: serverIds.length }, clock.now(), { others });
  }

  /** The other servers of the event. */
  #sharing(server: Server, serverIds: readonly string[]): Server[] {
    return serverIds
      .filter((id) => id !== server.id)
      .flatMap((id) => this.deps.store.state.servers.get(id) ?? [])
      .slice(0, mostSharing);
  }

  stop(): void {
    this.#process.stop();
    this.#condition.stop();
    this.#backups.stop();
    this.#players.stop();
    this.#arrivals.stop();
  }
}

/** Whether this account takes over: it sees an event, and the reporting account sees less or nothing. */
function takesOver({ servers, accounts }: FleetState, last: Server, before: Server, after: Server): boolean {
  const teller = servers.get(last.id);
  if (teller === undefined) return true;
  const isNews = after.power !== before.power || after.usage !== before.usage;
  if (!isNews || after.power === null || teller.link.kind === 'live') return false;
  const isBlind = teller.power === null || accounts.get(teller.accountId)?.state.kind !== 'ready';
  return after.link.kind === 'live' || isBlind;
}

/** The previous row for the account that takes over, with the process state that is logged already. */
function joined(last: Server, before: Server, after: Server): Server {
  const { power, condition, node, crashedAt, crash = null } = last;
  // Two accounts see the same crash at slightly different times.
  const isSame = crashedAt !== null && after.crashedAt !== null;
  return { ...before, power, condition, node, crash, crashedAt: isSame ? after.crashedAt : crashedAt };
}
