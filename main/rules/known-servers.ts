/**
 * Current facts about servers, with source and age, for the conditions of rules (RULES "What is known").
 *
 * Rows of the fleet have no age for the state of a process, so this file notes when a state came.
 */
import { shareOf } from '../../bridge/fleet/shares.js';
import type { Reading, RuleServer } from '../../bridge/rules/rule-facts.js';
import type { PowerState, Server } from '../../bridge/schema/domain.js';
import type { RuleFigure } from '../../bridge/schema/rule-parts.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import { nothingBefore, powerBefore, withPower, type PowerBefore } from './power-before.js';
import type { FleetEvent, FleetStore } from '../fleet/store.js';
import { Processes } from './processes.js';

export interface KnownServersDeps {
  readonly clock: Clock;
  readonly store: Pick<FleetStore, 'state' | 'listen'>;
  /** Whether a zero from the game means that nobody is on. */
  isProven(server: Server): boolean;
  /** Whether Perch does something with the server, except for runs of this rule. */
  isBusy(server: Server, exceptRule: string | null): boolean;
  /** Whether Perch does not read the server's socket now, because windows can't keep up with its console. */
  isPaused(serverId: string): boolean;
}

/** Time in ms between two looks for a sleep of the computer, and a pause between two that is one. */
const beatMs = 5000;
const sleepMs = 10_000;
const hourMs = 3_600_000;
/** After a sleep a connection looks live until its ping had no answer (main/wings/connection.ts), in ms. */
const proofMs = 15_000;

export class KnownServers {
  /** When the state of each server came. */
  readonly #powerAt = new Map<string, { readonly power: PowerState; readonly at: number }>();

  readonly #beat: Alarm;
  /** When Perch was surely awake. */
  #awakeAt: number;
  /** After a sleep: until when a live link may be dead, and from when its values are. */
  #doubt = { until: -Infinity, seenAt: -Infinity };

  readonly #processes = new Processes();

  /** The last known facts before a node was lost. */
  readonly #past = new Map<string, PowerBefore>();

  constructor(private readonly deps: KnownServersDeps) {
    this.#beat = new Alarm(deps.clock);
    this.#awakeAt = deps.clock.now();
  }

  /** Call before any other listener that asks for servers. Returns the function that ends listening. */
  start(): () => void {
    for (const server of this.deps.store.state.servers.values()) this.#note(server);
    this.#awakeAt = this.deps.clock.now();
    this.#awake();
    const end = this.deps.store.listen((event) => this.#take(event));
    return () => {
      end();
      this.#beat.clear();
    };
  }

  /** Time in ms until the links that were live before a sleep are proven or gone; 0 = they are. */
  get doubtMs(): number {
    const now = this.deps.clock.now();
    this.#lookForSleep(now);
    return Math.max(0, this.#doubt.until - now);
  }

  #awake(): void {
    this.#lookForSleep(this.deps.clock.now());
    this.#beat.set(beatMs, () => this.#awake());
  }

  #lookForSleep(now: number): void {
    if (now - this.#awakeAt > sleepMs) this.#doubt = { until: now + proofMs, seenAt: this.#awakeAt };
    this.#awakeAt = now;
  }

  /** The time of a value that a live connection reports: now, unless the link may be one of before a sleep. */
  #liveAt(now: number): number {
    this.#lookForSleep(now);
    return now < this.#doubt.until ? this.#doubt.seenAt : now;
  }

  /** A power signal has left for this server, or may have. */
  signalled(serverId: string): void {
    this.#processes.signalled(serverId, this.deps.clock.now());
  }

  /** Since when the process of the server has run; null = unknown. */
  ranSince(serverId: string): number | null {
    const server = this.deps.store.state.servers.get(serverId);
    return server === undefined ? null : this.#processes.ranSince(server);
  }

  /** `now` = the moment of the judgement: a value that is current has this time, and never a later one. */
  of(serverId: string, now: number): RuleServer | undefined {
    const server = this.deps.store.state.servers.get(serverId);
    if (server === undefined) return undefined;
    this.#seen(server, now);
    const power = this.#power(server, now);
    return {
      power,
      before: powerBefore(this.#past.get(serverId) ?? nothingBefore, now),
      startedAt: this.#processes.startedAt(server),
      isBusy: (exceptRule) => this.deps.isBusy(server, exceptRule),
      figures: this.#figures(server, power, now),
      slots: server.players?.slots ?? null,
    };
  }

  #take({ previous, next, changes }: FleetEvent): void {
    for (const change of changes) {
      if (change.kind === 'server-removed') {
        this.#powerAt.delete(change.serverId);
        this.#processes.delete(change.serverId);
        this.#past.delete(change.serverId);
      } else if (change.kind === 'server-upserted') this.#note(next.servers.get(change.server.id));
      else if (change.kind === 'server-patched' || change.kind === 'usage') {
        const before = previous.servers.get(change.serverId);
        // Until this change a live node had no news.
        if (before?.link.kind === 'live' && change.kind !== 'usage')
          this.#seen(before, this.deps.clock.now());
        if (change.kind === 'server-patched' && change.patch.power !== undefined)
          this.#note(next.servers.get(change.serverId));
        const server = next.servers.get(change.serverId);
        if (server !== undefined && server.link.kind !== 'live') this.#seen(server, this.deps.clock.now());
      }
    }
  }

  /** Notes the state of a server as known now, so that a state before the loss of a node is still known afterwards. */
  #seen(server: Server, now: number): void {
    const power = this.#power(server, now);
    if (power === null) return;
    const past = this.#past.get(server.id) ?? nothingBefore;
    const isSteady = server.link.kind === 'live' && past.last?.value === power.value;
    this.#past.set(server.id, isSteady ? { ...past, last: power } : withPower(past, power));
  }

  #note(server: Server | undefined): void {
    if (server === undefined) return;
    const { id, power } = server;
    this.#processes.note(server, this.deps.clock.now());
    if (power === null) this.#powerAt.delete(id);
    else if (this.#powerAt.get(id)?.power !== power)
      this.#powerAt.set(id, { power, at: this.deps.clock.now() });
  }

  #power(server: Server, now: number): Reading<PowerState> | null {
    const { id, power, link, lastSeenAt = null, pending, usage } = server;
    if (power === null) return null;
    const since = this.#powerAt.get(id)?.at ?? -Infinity;
    const source = link.kind === 'live' ? 'node' : 'panel';
    // Until the state answers a signal, only a state that came after the signal says something.
    if (pending !== null) return { value: power, source, seenAt: since };
    // A live node reports each change, so its last state is current.
    if (link.kind === 'live') {
      const at = this.deps.isPaused(id) ? (usage?.at ?? since) : this.#liveAt(now);
      return { value: power, source, seenAt: Math.max(since, at) };
    }
    return { value: power, source, seenAt: lastSeenAt ?? Math.max(since, usage?.at ?? -Infinity) };
  }

  #figures(server: Server, seen: Reading<PowerState> | null, now: number): RuleServer['figures'] {
    const { usage, power, link } = server;
    const figures: Partial<Record<RuleFigure, Reading<number>>> = {};
    if (usage !== null) {
      const look = { usage: power === null || power === 'offline' ? null : usage };
      for (const of of ['cpu', 'memory', 'disk'] as const) {
        const share = shareOf(of, server, look);
        const source = link.kind === 'live' ? 'node' : 'panel';
        if (share !== null) figures[of] = { value: share * 100, source, seenAt: usage.at };
      }
    }
    const startedAt = this.#processes.ranSince(server);
    if (startedAt !== null && seen !== null)
      figures.uptime = { ...seen, value: Math.max(0, now - startedAt) / hourMs };
    const players = this.#players(server, now);
    if (players !== null) figures.players = players;
    return figures;
  }

  #players(server: Server, now: number): Reading<number> | null {
    const { players = null, link, power } = server;
    // A number of a process that starts, stops or is unknown says nothing.
    if (players === null || power !== 'running') return null;
    const { count, source, seenAt } = players;
    if (source === 'query' && count === 0 && !this.deps.isProven(server)) return null;
    // A console reports each change, so its number is current while Perch follows the console.
    const isCurrent = source === 'console' && link.kind === 'live' && !this.deps.isPaused(server.id);
    return { value: count, source, seenAt: isCurrent ? this.#liveAt(now) : seenAt };
  }
}
