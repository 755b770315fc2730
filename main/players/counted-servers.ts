/** The servers for which Perch asks the panel: their games do not answer this computer, and the user has seen them. */
import { conditionBlock } from '../../bridge/panel/permissions.js';
import type { Server } from '../../bridge/schema/domain.js';
import type { Interests } from '../fleet/interests.js';
import type { FleetStore } from '../fleet/store.js';
import { twinsOf } from '../fleet/twins.js';
import { CountedServer } from './counted-server.js';
import type { PanelCounters } from './panel-counters.js';
import type { PlayerQueries } from './player-queries.js';
import { whyOff, type QuerySettings } from './query-choices.js';
import { ServersInSight, type Sight } from './servers-in-sight.js';

export interface CountedServersDeps {
  readonly store: Pick<FleetStore, 'state'>;
  readonly interests: Pick<Interests, 'isVisible' | 'isOpen' | 'isPinned'>;
  readonly settings: { readonly current: QuerySettings };
  readonly queries: Pick<PlayerQueries, 'stateOf' | 'placesOf'>;
}

export interface CountedRows {
  readonly server: CountedServer;
  /** The rows of the server that show its number, one for each account. */
  readonly rows: readonly Server[];
  readonly panelUrl: string;
  readonly sight: Sight;
}

/** Most servers out of sight for which one panel is asked. Their questions need less than half of the minute's. */
const mostUnseen = 15;

export class CountedServers {
  /** By panel address and UUID, because accounts that see the same server share its questions. */
  readonly #counted = new Map<string, CountedServer>();
  readonly #inSight: ServersInSight;

  constructor(
    private readonly deps: CountedServersDeps,
    private readonly counters: Pick<PanelCounters, 'mayAsk'>,
  ) {
    this.#inSight = new ServersInSight(deps.interests);
  }

  of(server: Server): CountedServer | null {
    return this.#counted.get(this.#keyOf(server)) ?? null;
  }

  isKnown(serverId: string): boolean {
    const server = this.deps.store.state.servers.get(serverId);
    return server !== undefined && this.of(server) !== null;
  }

  panelOf({ accountId }: Server): string {
    return this.deps.store.state.accounts.get(accountId)?.panelUrl ?? accountId;
  }

  /** A window shows the players of this server, until the returned function is called. */
  show(serverId: string): () => void {
    return this.#inSight.show(serverId);
  }

  /** The servers to ask now, and the rows that lose the panel's number. */
  take(now: number): {
    readonly asked: readonly CountedRows[];
    readonly ended: readonly (readonly Server[])[];
  } {
    const { state } = this.deps.store;
    const present = new Map<string, Server>();
    const wanted = new Map<string, CountedRows & { readonly isPinned: boolean }>();
    for (const server of state.servers.values()) {
      const key = this.#keyOf(server);
      if (!present.has(key)) present.set(key, server);
      const one = wanted.has(key) ? null : this.#wanted(server, key, now);
      if (one !== null) wanted.set(key, one);
    }
    const asked = new Set(fewUnseen([...wanted.values()]));
    const ended: (readonly Server[])[] = [];
    for (const [key, counted] of this.#counted) {
      const server = present.get(key);
      const one = wanted.get(key);
      if (server === undefined) this.#counted.delete(key);
      else if ((one === undefined || !asked.has(one)) && counted.end()) ended.push(twinsOf(state, server));
    }
    return { asked: [...asked], ended };
  }

  #wanted(server: Server, key: string, now: number): (CountedRows & { readonly isPinned: boolean }) | null {
    const panelUrl = this.panelOf(server);
    if (!this.counters.mayAsk(server, panelUrl, now) || !this.#isOpen(server)) return null;
    const rows = twinsOf(this.deps.store.state, server).filter((twin) => this.#isOpen(twin));
    const sight = this.#inSight.of(rows);
    const isPinned = rows.some(({ id }) => this.deps.interests.isPinned(id));
    const known = this.#counted.get(key);
    if (known === undefined && sight === 'none' && !isPinned) return null;
    const counted = known ?? new CountedServer();
    this.#counted.set(key, counted);
    if (sight !== 'none') counted.seenAt = now;
    if (!this.#isUnanswered(server)) return null;
    return { server: counted, rows, panelUrl, sight, isPinned };
  }

  /** Whether the panel answers questions about this server, and the user allows them. */
  #isOpen(server: Server): boolean {
    const { store, settings } = this.deps;
    return (
      server.power === 'running' &&
      conditionBlock(server.condition) === null &&
      whyOff(settings.current, server) === null &&
      store.state.accounts.get(server.accountId)?.state.kind === 'ready'
    );
  }

  /** Whether this computer gets no number: no place to ask, no answer, or an answer without a number. */
  #isUnanswered(server: Server): boolean {
    const { queries } = this.deps;
    const asked = queries.stateOf(server);
    if (asked === null) return queries.placesOf(server).length === 0;
    return asked.online === null && (asked.problem !== null || asked.answer !== null);
  }

  #keyOf(server: Server): string {
    return `${this.panelOf(server)} ${server.uuid}`;
  }
}

/** All servers in sight; of the others of each panel, the pinned ones and those that the user saw last. */
function fewUnseen<T extends CountedRows & { readonly isPinned: boolean }>(all: readonly T[]): readonly T[] {
  const unseen = all
    .filter(({ sight }) => sight === 'none')
    .toSorted(
      (one, other) =>
        Number(other.isPinned) - Number(one.isPinned) || other.server.seenAt - one.server.seenAt,
    );
  const ofPanel = new Map<string, number>();
  const few = unseen.filter(({ panelUrl }) => {
    const count = (ofPanel.get(panelUrl) ?? 0) + 1;
    ofPanel.set(panelUrl, count);
    return count <= mostUnseen;
  });
  return [...all.filter(({ sight }) => sight !== 'none'), ...few];
}
