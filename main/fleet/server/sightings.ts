import type { Link, PowerState } from '../../../bridge/schema/domain.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PanelResources } from '../../panel/api.js';
import type { Clock } from '../../base/ports.js';
import { noCrash } from './crash-mark.js';
import type { FixWatch } from './fix-watch.js';
import type { ProcessStory } from '../process/process-story.js';
import type { OwnOrders } from './own-orders.js';
import { pastCrash } from './past-crash.js';
import type { PlayerWatch } from './player-watch.js';
import type { RowProblem } from './row-problem.js';
import type { ServerReread } from './server-reread.js';
import type { ServerRow } from './server-row.js';
import { SightLimit } from '../process/sight-limit.js';
import { unknownToNode } from './unknown-server.js';
import { panelCacheMs } from '../process/limits.js';

interface SightingsDeps {
  clock: Clock;
  /** Polls a server's usage after `ms`, if the server is polled at all. */
  pollSoon(serverId: string, ms: number): void;
  /** Reads the list again, because this server seems gone or moved. */
  readList(serverId: string): void;
  /** True while Perch pauses all calls because of the panel's rate limit. */
  isResting(): boolean;
}

interface Parts {
  row: ServerRow;
  orders: OwnOrders;
  story: Pick<ProcessStory, 'take' | 'staleMs'>;
  problem: RowProblem;
  reread: ServerReread;
  fix: FixWatch;
  players: PlayerWatch;
}

/** Power states of one server from its session and its polls, and the time for which a state counts. */
export class Sightings {
  readonly #limit: SightLimit;
  /** The last seen state, kept even when the row's state becomes unknown. */
  #seen: PowerState | null = null;

  constructor(
    private readonly deps: SightingsDeps,
    private readonly parts: Parts,
  ) {
    // The last usage keeps its time and age.
    this.#limit = new SightLimit(deps.clock, (seenAt) => this.#unseen(seenAt));
  }

  stop(): void {
    this.#limit.stop();
  }

  /** Drops the last seen state of the process, which may have ended unseen. */
  forget(): void {
    this.#seen = null;
  }

  link(kind: Link['kind']): void {
    this.#limit.link(kind, this.parts.row.now?.power === 'running');
  }

  /** The session reported usage. */
  measured(uptimeMs: number): void {
    const { orders, row } = this.parts;
    this.#limit.seen();
    if (orders.signal === 'restart' && row.now?.power === 'running') this.see('running', uptimeMs);
  }

  polled({ power, usage, isSuspended }: PanelResources): void {
    const server = this.parts.row.now;
    if (server === undefined || this.parts.row.isLive) return;
    if (isSuspended && server.condition !== 'suspended') this.parts.reread.soon();
    this.parts.problem.solved('poll');
    const { story } = this.parts;
    const staleMs = story.staleMs(power);
    if (staleMs > 0) return this.deps.pollSoon(server.id, staleMs);
    this.see(power, usage.uptimeMs);
    story.take(isSuspended ? { kind: 'forgotten' } : { kind: 'poll', power, uptimeMs: usage.uptimeMs });
    this.parts.row.setUsage(usage);
    this.parts.orders.polled();
  }

  pollFailed(problem: Problem): void {
    if (this.parts.row.isLive || this.parts.row.now === undefined) return;
    if (problem.code === 'conflict') {
      this.parts.story.take({ kind: 'forgotten' });
      return this.parts.reread.soon();
    }
    if (problem.code === 'not-found') return this.deps.readList(this.parts.row.id);
    // The state is unknown now; the last usage keeps its time and age.
    this.parts.row.patch({ power: null, lastSeenAt: null });
    this.parts.problem.say('poll', unknownToNode(this.parts.row.now.link, problem) ?? problem);
    this.parts.orders.polled();
  }

  /**
   * Handles a state that nothing has confirmed for long. Returns true if the state is kept, because Perch pauses for
   * the panel's rate limit.
   */
  #unseen(seenAt: number): boolean {
    const keeps = this.deps.isResting() && (this.parts.row.now?.power ?? null) !== null;
    this.parts.row.patch(keeps ? { lastSeenAt: seenAt } : { power: null, lastSeenAt: null });
    return keeps;
  }

  get isFresh(): boolean {
    const isKnown = (this.parts.row.now?.power ?? null) !== null;
    return isKnown && (this.parts.row.isLive || this.#limit.isWithin(panelCacheMs));
  }

  /** A state was seen, by socket or poll. `uptimeMs` = age of the process; null = not reported. */
  see(power: PowerState, uptimeMs: number | null): void {
    const server = this.parts.row.now;
    if (server === undefined) return;
    this.#limit.seen();
    // Somebody else stops the server. The host may have suspended it, which the list would show a minute later.
    if (power === 'stopping' && server.power === 'running' && this.parts.orders.signal === null)
      this.parts.reread.soon();
    // A state that is known again after a failed poll is no effect of a pending signal.
    const before = server.power ?? this.#seen;
    const isNews = before === null ? this.parts.orders.signal === null : power !== before;
    this.#seen = power;
    // A completed signal of the user also ends the crash.
    const isDone = this.parts.orders.see(power, uptimeMs);
    if (isDone || isNews) this.parts.problem.solved('action');
    this.parts.row.patch({
      power,
      lastSeenAt: null,
      stoppingSince: power === 'stopping' ? (server.stoppingSince ?? this.deps.clock.now()) : null,
      ...(power === 'running' || isDone ? noCrash : pastCrash(server, power)),
      ...(power === 'running' || power === 'starting' ? { restartFailedAt: null } : {}),
      ...(isDone ? { pending: null } : {}),
    });
    this.parts.fix.power(server.power, power);
    this.parts.players.power(server.power, power);
  }
}
