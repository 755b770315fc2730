/** Detects unreachable nodes of one panel from the state of their servers, through all accounts. */
import type { FleetState } from '../../bridge/fleet/changes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { EventPlace, HistoryEvent } from '../../bridge/schema/events.js';
import { conditionBlock } from '../../bridge/panel/permissions.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { EventLog } from './event-log.js';
import { isNodeSilent } from '../fleet/silent-node.js';
import { LastingTimer } from './lasting-timer.js';

/** An update of a node takes some seconds, which is not an outage. */
const lastsForMs = 60_000;
/** Delay that gathers the changes of all servers of a failing node. */
const lookAfterMs = 1000;

export interface NodeOutagesDeps {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly state: () => FleetState;
}

export class NodeOutages {
  readonly #look: Alarm;
  readonly #holds = new Map<string, LastingTimer>();
  /** Monotonic time since which a node is silent. An outage of its panel does not end the silence. */
  readonly #silentSince = new Map<string, number>();
  /** Nodes that have answered in this run. */
  readonly #answered = new Set<string>();

  constructor(
    private readonly panelUrl: string,
    private readonly deps: NodeOutagesDeps,
  ) {
    this.#look = new Alarm(deps.clock);
  }

  stop(): void {
    this.#look.clear();
    for (const hold of this.#holds.values()) hold.clear();
    this.#holds.clear();
  }

  /** Called after a change of a server's link or problem. */
  changed(): void {
    if (!this.#look.isSet) this.#look.set(lookAfterMs, () => this.#lookAtAll());
  }

  #lookAtAll(): void {
    const isPanelAway = this.#answering().length === 0;
    // Without its panel the cause of a silent node is unknown. A node that answers is known to be up even then.
    if (isPanelAway) this.#clearHolds();
    const byNode = new Map<string, Server[]>();
    for (const server of isPanelAway ? this.#liveServers() : this.#servers()) {
      const others = byNode.get(server.node);
      if (others === undefined) byNode.set(server.node, [server]);
      else others.push(server);
    }
    for (const [node, servers] of byNode) this.#judge(node, servers);
  }

  #judge(node: string, servers: readonly Server[]): void {
    const verdict = verdictOf(servers);
    if (verdict === 'unknown') return;
    const lasting = this.#lasting(node);
    if (verdict === 'answers') {
      this.#answered.add(node);
      this.#silentSince.delete(node);
      this.#holds.get(node)?.clear();
      this.#holds.delete(node);
      const { log, clock } = this.deps;
      if (lasting !== undefined) log.end(lasting.id, clock.now());
      return;
    }
    if (lasting !== undefined || this.#holds.has(node)) return;
    const hold = new LastingTimer(this.deps.clock);
    this.#holds.set(node, hold);
    const since = this.#silentSince.get(node) ?? this.deps.clock.now();
    this.#silentSince.set(node, since);
    hold.set(lastsForMs, () => this.#write(node, since));
  }

  #write(node: string, since: number): void {
    const { log } = this.deps;
    this.#holds.delete(node);
    // An earlier run may have logged this outage; its events are recalled only after the first changes.
    if (this.#lasting(node) !== undefined) return;
    const onNode = this.#servers().filter((server) => server.node === node);
    const [account, ...others] = this.#answering().filter(({ id }) =>
      onNode.some(({ accountId }) => accountId === id),
    );
    if (account === undefined) return;
    const isNews = this.#answered.has(node);
    const what = {
      kind: 'node-unreachable' as const,
      node,
      servers: new Set(onNode.map(({ uuid }) => uuid)).size,
      ...(isNews ? {} : { isFromStart: true as const }),
    };
    const also = others.map(placeOf);
    log.add({
      at: since,
      lasts: true,
      ...placeOf(account),
      ...(also.length === 0 ? {} : { also }),
      panel: account.label,
      server: null,
      what,
    });
  }

  #lasting(node: string): HistoryEvent | undefined {
    const lasting = this.#accounts().flatMap(({ id }) => this.deps.log.lastingOf(id));
    return lasting.find(({ what }) => what.kind === 'node-unreachable' && what.node === node);
  }

  #accounts(): Account[] {
    const { accounts } = this.deps.state();
    return [...accounts.values()].filter(({ panelUrl }) => panelUrl === this.panelUrl);
  }

  /** Accounts whose panel answers. */
  #answering(): Account[] {
    return this.#accounts().filter(({ state }) => state.kind === 'ready');
  }

  /** Servers of accounts whose panel answers. */
  #servers(): Server[] {
    const own = new Set(this.#answering().map(({ id }) => id));
    return [...this.deps.state().servers.values()].filter(({ accountId }) => own.has(accountId));
  }

  /** Servers with a live connection to their node, which needs no panel. */
  #liveServers(): Server[] {
    const own = new Set(this.#accounts().map(({ id }) => id));
    const all = [...this.deps.state().servers.values()];
    return all.filter(({ accountId, link }) => own.has(accountId) && link.kind === 'live');
  }

  #clearHolds(): void {
    for (const hold of this.#holds.values()) hold.clear();
    this.#holds.clear();
  }
}

function placeOf({ id }: Account): EventPlace {
  return { accountId: id, serverId: null };
}

/** A node answers if any of its servers has an answer. Without a sign in either direction the verdict is `unknown`. */
function verdictOf(servers: readonly Server[]): 'answers' | 'silent' | 'unknown' {
  const watched = servers.filter(({ condition }) => conditionBlock(condition) === null);
  if (watched.some((server) => server.link.kind === 'live' || isPolled(server))) return 'answers';
  return watched.some(isNodeSilent) ? 'silent' : 'unknown';
}

function isPolled({ link, problem, power }: Server): boolean {
  return (link.kind === 'none' || link.kind === 'refused') && problem === null && power !== null;
}
