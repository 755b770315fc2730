/**
 * Servers that need attention. The sidebar counts them, the table lists them, shortcuts and the palette step through
 * them.
 */
import {
  attentionReasons,
  needsAttention,
  unseenTrouble,
  type AttentionFacts,
  type AttentionReason,
} from '../../../bridge/alerts/attention.js';
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import type { Server } from '../../../bridge/schema/domain.js';
import type { WindowState } from '../../state/context.js';
import { idSet, type IdSet } from './id-sets.js';
import type { NearLimit } from './near-limit.svelte.js';

const hourMs = 3_600_000;

type Known = Pick<WindowState, 'fleet' | 'events' | 'memory' | 'settings' | 'navigation' | 'now'>;

export class AttentionList {
  #last: IdSet = idSet([]);

  /** Current hour. Trouble older than a day is dropped when the hour changes. */
  readonly #hour: number = $derived.by(() => {
    const { now } = this.state;
    return Math.floor(now.wallOf(now.at) / hourMs);
  });
  readonly #unseen: IdSet = $derived.by(() => {
    const { events, memory, now } = this.state;
    void this.#hour;
    return unseenTrouble(events.all, memory.latest, now.wallOf(now.read()));
  });
  readonly #shownId: string | null = $derived.by(() => {
    const { view } = this.state.navigation;
    return view.kind === 'server' ? view.serverId : null;
  });
  /** Ids in fleet order. */
  readonly ids: IdSet = $derived.by(() => {
    const ids = this.#find();
    const last = [...this.#last];
    // Keeps the same set for the same servers, because a new set on each figure would recompute the table.
    if (ids.length !== last.length || ids.some((id, at) => id !== last[at])) this.#last = idSet(ids);
    return this.#last;
  });

  /** Number of servers. A server that two accounts see has two rows but counts once. */
  readonly count: number = $derived.by(() => {
    const { fleet } = this.state;
    return onePerServer(
      fleet.inOrder.filter(({ id }) => this.ids.has(id)),
      fleet.accounts,
    ).length;
  });

  constructor(
    private readonly state: Known,
    private readonly near: NearLimit,
  ) {}

  /** Reasons, worst first; empty if the server needs no attention. */
  reasonsOf(server: Server): readonly AttentionReason[] {
    return attentionReasons(server, this.state.fleet.account(server.accountId), this.#factsOf(server.id));
  }

  /** Id of the server after (1) or before (-1) the shown one; null if there is no other. */
  next(step: 1 | -1): string | null {
    const shownId = this.#shownId;
    const order = this.state.fleet.inOrder.map(({ id }) => id);
    const from = shownId === null ? -1 : order.indexOf(shownId);
    const others = [...this.ids].filter((id) => id !== shownId);
    const at = (id: string): number => order.indexOf(id);
    if (step === 1) return others.find((id) => at(id) > from) ?? others[0] ?? null;
    return others.findLast((id) => from === -1 || at(id) < from) ?? others.at(-1) ?? null;
  }

  #find(): readonly string[] {
    const { fleet } = this.state;
    return fleet.inOrder.flatMap(({ id }) => {
      const server = fleet.server(id);
      if (server === undefined) return [];
      return needsAttention(server, fleet.account(server.accountId), this.#factsOf(id)) ? [id] : [];
    });
  }

  #factsOf(id: string): AttentionFacts {
    const isUnseen = this.#unseen.has(id) && id !== this.#shownId;
    return { isNear: this.near.ids.has(id), isUnseen, settings: this.state.settings.current };
  }
}
