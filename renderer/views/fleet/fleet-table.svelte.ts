/**
 * View model of the fleet table: filter, sorting, sections, selection. Rows are recomputed only if one of these, a
 * server name or the user's arrangement changes. Live figures reorder rows only if the table sorts by them, and at
 * most every other second.
 */
import { untrack } from 'svelte';
import type { Server } from '../../../bridge/schema/domain.js';
import { stateWord } from '../../../bridge/fleet/marks.js';
import { onePerServer } from '../../../bridge/fleet/one-per-server.js';
import type { Finds } from '../../search/find-servers.js';
import { passesPlayers, playerFilter } from '../../search/player-filter.js';
import { sectionsOf, type Section } from '../../state/fleet/arrangement.js';
import type { FleetFeed } from '../../state/fleet/fleet-feed.svelte.js';
import type { ServerFinder } from '../../state/fleet/server-finder.svelte.js';
import type { SettingsFeed } from '../../state/feeds/settings-feed.svelte.js';
import { bestFirst, itemsBySection, serverItems, serversBetween, type FleetItem } from './fleet-items.js';
import { byPlaceIn, idSet, noIds, toggledIds, union, type IdSet } from './id-sets.js';
import { isBackupFilter, lacksBackup } from './old-backups.js';
import { isOwnerFilter } from './owner-filter.js';
import type { NearLimit } from './near-limit.svelte.js';
import type { Pace } from './pace.svelte.js';
import { countStates, type FleetOnly, type StateCount } from './fleet-states.js';
import {
  isLiveColumn,
  nearestFirst,
  nextSort,
  sortIds,
  worstFirst,
  type Sort,
  type SortColumn,
  type SortFacts,
} from './fleet-sort.js';

export interface FleetTableDeps {
  readonly fleet: FleetFeed;
  readonly settings: SettingsFeed;
  readonly finder: ServerFinder;
  /** Interval for reordering by live figures. */
  readonly pace: Pick<Pace, 'turn'>;
  readonly near: Pick<NearLimit, 'ids'>;
  /** Name of the list, as in `View`; null = all servers. */
  readonly list: () => string | null;
  /** Servers of the list `attention`. */
  readonly attention: { readonly ids: IdSet };
  /** Wall-clock time, ms since the epoch. */
  readonly wall: () => number;
}

export class FleetTable {
  filter = $state('');
  /** Shows only servers in this state, near a limit, without a recent backup, or of this owner. */
  only = $state<FleetOnly | null>(null);
  /** null = the user's order. */
  sort = $state.raw<Sort | null>(null);
  /** Sections by pins, groups and panels; false = one flat list. */
  isGrouped = $state(true);
  selected = $state.raw<IdSet>(noIds);
  /** Key of the focused row. */
  active = $state<string | null>(null);
  /** Start of a range selection. */
  #anchor: string | null = null;

  /** All sections of the fleet, independent of the filter. */
  readonly sections: readonly Section[] = $derived.by(() => {
    const { pins, groups } = this.deps.settings.current;
    return sectionsOf(this.deps.fleet.inOrder, this.deps.fleet.accounts, { pins, groups });
  });
  /** Section shown alone; null for all servers or the attention list. */
  readonly section: Section | null = $derived.by(() => {
    const key = this.deps.list();
    const section = this.sections.find((one) => one.key === key);
    return section === undefined ? null : { ...section, serverIds: section.allIds };
  });
  readonly isAttention: boolean = $derived.by(() => this.deps.list() === 'attention');
  /** Servers of the list before filtering. */
  readonly listed: readonly string[] = $derived.by(() => {
    if (this.section !== null) return this.section.serverIds;
    const ids = this.deps.fleet.inOrder.map(({ id }) => id);
    const attention = this.isAttention ? this.deps.attention.ids : null;
    return attention === null ? ids : ids.filter((id) => attention.has(id));
  });
  /** Number of servers in the list; a server that two accounts see counts once. */
  readonly count: number = $derived.by(() => this.#countedOf(this.listed).length);
  /** Conditions about players in the filter text. */
  readonly #players = $derived(playerFilter(this.filter));
  /** Matches of the rest of the filter text; null without a text. */
  readonly #finds: Finds | null = $derived.by(() => this.deps.finder.find(this.#players.rest));
  readonly found: IdSet = $derived.by(() => this.#find());
  readonly foundCount: number = $derived.by(() => this.#countedOf([...this.found]).length);
  readonly isFiltered: boolean = $derived(this.filter.trim() !== '' || this.only !== null);
  /** Servers per state. */
  readonly states: readonly StateCount[] = $derived.by(() =>
    countStates(this.#countedOf(this.listed), (id) => this.deps.fleet.account(id)),
  );
  /** Number of servers near a limit. */
  readonly nearLimit: number = $derived.by(() => {
    const { ids } = this.deps.near;
    return this.#countedOf(this.listed.filter((id) => ids.has(id))).length;
  });
  readonly items: readonly FleetItem[] = $derived.by(() => this.#arrange());

  constructor(private readonly deps: FleetTableDeps) {}

  /** Whether rows are in the user's order: no sorting and no filter applies. */
  get isOrderedByHand(): boolean {
    return (
      this.sort === null && (this.isGrouped || this.section !== null) && !this.isFiltered && !this.isAttention
    );
  }

  /** Whether the list is only a part of the fleet, independent of the filter. */
  get isPart(): boolean {
    return this.section !== null || this.isAttention;
  }

  /** Whether the order depends on figures. */
  get #isLive(): boolean {
    const { tests } = this.#players;
    return (
      this.only !== null ||
      tests.length > 0 ||
      this.isAttention ||
      (this.sort !== null && isLiveColumn(this.sort.column))
    );
  }

  sortBy(column: SortColumn): void {
    this.sort = nextSort(this.sort, column);
  }

  clearFilter(): void {
    this.filter = '';
    this.only = null;
  }

  isSelected(serverId: string): boolean {
    return this.selected.has(serverId);
  }

  toggle(serverIds: readonly string[]): void {
    this.selected = toggledIds(this.selected, serverIds);
    this.#anchor = serverIds.at(-1) ?? null;
  }

  /** Selects the rows from the last selection to this row. */
  extendTo(serverId: string): void {
    this.selected = union(this.selected, serversBetween(this.items, this.#anchor ?? serverId, serverId));
    this.#anchor ??= serverId;
  }

  selectFound(): void {
    this.selected = this.found;
  }

  selectNone(): void {
    this.selected = noIds;
    this.#anchor = null;
  }

  /** Selected servers that still exist, in table order. */
  selectedIds(): string[] {
    const there = this.deps.fleet.inOrder.map(({ id }) => id).filter((id) => this.selected.has(id));
    const shown = this.items.flatMap(({ key }) => (this.selected.has(key) ? [key] : []));
    return [...union(idSet(shown), there)];
  }

  #find(): IdSet {
    const { only } = this;
    const { tests } = this.#players;
    const finds = this.#finds;
    const there = this.listed;
    const ids = finds === null ? there : there.filter((id) => finds.has(id));
    if (only === null && tests.length === 0) return idSet(ids);
    void this.deps.pace.turn;
    const hasPlayers = (id: string): boolean => passesPlayers(this.deps.fleet.server(id)?.players, tests);
    return untrack(() =>
      idSet(ids.filter((id) => (only === null || this.#isOnly(id, only)) && hasPlayers(id))),
    );
  }

  #arrange(): readonly FleetItem[] {
    const order = this.#order();
    // An explicit sort column takes precedence over the rank of matches.
    const finds = this.sort === null && this.only !== 'near-limit' ? this.#finds : null;
    const { section } = this;
    if (section === null && (this.isAttention || !this.isGrouped)) {
      const ids = finds === null ? this.found : [...finds.keys()].filter((id) => this.found.has(id));
      return serverItems(order([...ids]));
    }
    const sections = section === null ? this.sections : [{ ...section, isCollapsed: false }];
    const items = itemsBySection(finds === null ? sections : bestFirst(sections, finds), {
      found: this.isFiltered ? this.found : null,
      order,
    });
    // The heading above the table already is the section's title.
    return section === null ? items : items.filter(({ kind }) => kind === 'server');
  }

  #order(): (ids: readonly string[]) => readonly string[] {
    const sort =
      this.sort ?? (this.only === 'near-limit' ? nearestFirst : this.isAttention ? worstFirst : null);
    if (sort === null) return (ids) => ids;
    if (this.#isLive) void this.deps.pace.turn;
    const byName = byPlaceIn(this.deps.fleet.inOrder.map(({ id }) => id));
    return (ids) => untrack(() => sortIds(ids.toSorted(byName), sort, (id) => this.#factsOf(id)));
  }

  #factsOf(id: string): SortFacts | undefined {
    const server = this.deps.fleet.server(id);
    if (server === undefined) return undefined;
    const rate = this.deps.fleet.history.rate(id);
    return {
      server,
      account: this.deps.fleet.account(server.accountId),
      bytesPerSecond: rate === null ? null : rate.receive + rate.transmit,
    };
  }

  #countedOf(ids: readonly string[]): readonly Server[] {
    const servers = ids.flatMap((id) => this.deps.fleet.server(id) ?? []);
    return onePerServer(servers, this.deps.fleet.accounts);
  }

  #isOnly(id: string, only: FleetOnly): boolean {
    const server = this.deps.fleet.server(id);
    if (server === undefined) return false;
    if (only === 'near-limit') return this.deps.near.ids.has(id);
    if (isOwnerFilter(only)) return server.isOwner === (only === 'owned');
    if (isBackupFilter(only)) return lacksBackup(server, only, this.deps.wall());
    return stateWord(server, this.deps.fleet.account(server.accountId)) === only;
  }
}
