/**
 * Actions on servers from any list of the main window: arranging, menus, bulk actions. Created once per main window
 * and passed by context.
 */
import { createContext } from 'svelte';
import { besideText } from '../../../bridge/fleet/beside-names.js';
import type { AlertScope, AlertSettings } from '../../../bridge/schema/alerts.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import type { FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { say } from '../../../messages/messages.js';
import type { BulkFeed } from '../../state/fleet/bulk-feed.svelte.js';
import {
  addGroup,
  changeGroup,
  deleteGroup,
  moveGroup,
  placeServers,
  regroup,
  stepAnchor,
  titleOf,
  togglePins,
  type Anchor,
  type Arrangement,
  type NewArrangement,
  type Place,
  type Section,
} from '../../state/fleet/arrangement.js';
import type { WindowState } from '../../state/context.js';
import type { MenuSpot } from '../../ui/menus/menu.js';
import type { AttentionList } from './attention-list.svelte.js';
import { BulkPlanning } from './bulk-planning.svelte.js';
import { FleetColumns } from './fleet-columns.svelte.js';
import { FleetMenus } from './fleet-menus.js';
import type { FleetTable } from './fleet-table.svelte.js';
import type { GroupQuestion } from './menu-target.js';

export type FleetMenu =
  | { readonly kind: 'servers'; readonly serverIds: readonly string[]; readonly spot: MenuSpot }
  /** Menu with the choice of a group only. */
  | { readonly kind: 'to-group'; readonly serverIds: readonly string[]; readonly spot: MenuSpot }
  | { readonly kind: 'group'; readonly groupId: string; readonly spot: MenuSpot }
  /** Menu of one column, with its current width in pixels, or of all columns. */
  | { readonly kind: 'column'; readonly column: FleetColumn; readonly width: number; readonly spot: MenuSpot }
  | { readonly kind: 'columns'; readonly spot: MenuSpot };

export class FleetControl {
  menu = $state.raw<FleetMenu | null>(null);
  groupQuestion = $state.raw<GroupQuestion | null>(null);
  /** Scope of the open dialog about notifications; null while closed. */
  alertQuestion = $state.raw<AlertScope | null>(null);
  /** Scope of the open dialog about which backups stay, where null = all servers; null while closed. */
  backupRuleQuestion = $state.raw<{ readonly scope: AlertScope | null } | null>(null);
  /** Id of the server whose crash report is shown; null while the dialog is closed. */
  reportOf = $state<string | null>(null);
  /** Announcement for screen readers about the last action. */
  said = $state('');
  /**
   * Key of the row that gets the keyboard focus next. The key of the shown section stands for its first row; null =
   * none.
   */
  returnTo = $state<string | null>(null);
  /** Whether the sheet of shortcuts is open. */
  isSheetOpen = $state(false);
  /** Whether the last input was the keyboard: a view opened by key takes the focus. */
  isByKey = false;
  readonly bulkPlanning: BulkPlanning;
  readonly columns: FleetColumns;
  readonly menus: FleetMenus;

  constructor(
    private readonly state: WindowState,
    readonly table: FleetTable,
    readonly bulk: BulkFeed,
    readonly attention: AttentionList,
  ) {
    this.bulkPlanning = new BulkPlanning(state, table, bulk);
    this.columns = new FleetColumns(state.fleet, state.settings, table);
    this.menus = new FleetMenus(state, this);
  }

  /** Shows the next or previous server that needs attention, or the list of all these servers without another. */
  goToNext(step: 1 | -1): void {
    const serverId = this.attention.next(step);
    if (serverId === null) this.said = say('fleet.attention-none');
    this.state.navigation.go(
      serverId === null ? { kind: 'fleet', list: 'attention' } : { kind: 'server', serverId },
    );
  }

  /** Moves the keyboard focus to the first row of a section once the table shows it. */
  enterList(key: string | undefined): void {
    const isFilled = this.table.sections.some((one) => one.key === key && one.allIds.length > 0);
    if (isFilled) this.returnTo = key ?? null;
  }

  changeAlerts(change: (alerts: AlertSettings) => AlertSettings): void {
    void this.state.settings.change(({ alerts }) => ({ alerts: change(alerts) }));
  }

  get arrangement(): Arrangement {
    return this.state.settings.current;
  }

  server(serverId: string): Server | undefined {
    return this.state.fleet.server(serverId);
  }

  /** Name of one server with its distinction from others; the count for several. */
  nameOf(serverIds: readonly string[]): string {
    const [first] = serverIds;
    if (serverIds.length !== 1 || first === undefined) {
      return say('fleet.servers', { count: serverIds.length });
    }
    const name = this.server(first)?.name;
    if (name === undefined) return say('fleet.servers', { count: 1 });
    const beside = besideText(this.state.fleet.beside.get(first));
    return beside === '' ? name : `${name} · ${beside}`;
  }

  /** Opens the menu of a row, or of the selection if it includes the row. */
  openMenu(serverId: string, spot: MenuSpot): void {
    const { table } = this;
    const serverIds = table.isSelected(serverId) ? table.selectedIds() : [serverId];
    this.menu = { kind: 'servers', serverIds, spot };
  }

  togglePins(serverIds: readonly string[]): void {
    this.#save((now) => togglePins(now, serverIds));
    const isPinned = serverIds.every((id) => this.arrangement.pins.includes(id));
    const servers = this.nameOf(serverIds);
    this.said = say(isPinned ? 'arranging.said-pinned' : 'arranging.said-unpinned', { servers });
  }

  regroup(serverIds: readonly string[], groupId: string | null): void {
    this.#save((now) => regroup(now, serverIds, groupId));
    const group = this.arrangement.groups.find(({ id }) => id === groupId)?.name;
    const servers = this.nameOf(serverIds);
    this.said =
      group === undefined
        ? say('arranging.said-ungrouped', { servers })
        : say('arranging.said-grouped', { servers, group });
  }

  place(serverIds: readonly string[], to: Place, anchor: Anchor | null): void {
    this.#save((now) => placeServers(now, serverIds, to, anchor));
    this.said = say('arranging.said-moved', { servers: this.nameOf(serverIds) });
  }

  /** Moves a server one place up or down in its section. */
  step(serverId: string, section: Section, step: 1 | -1): void {
    if (section.place.kind === 'rest') {
      this.said = say('arranging.no-own-order');
      return;
    }
    const anchor = stepAnchor(section.serverIds, serverId, step);
    if (anchor === null) return;
    this.#save((now) => placeServers(now, [serverId], section.place, anchor));
    const at = section.serverIds.indexOf(serverId) + step + 1;
    this.said = say('arranging.said-place', {
      server: this.nameOf([serverId]),
      at,
      count: section.serverIds.length,
      section: titleOf(section),
    });
  }

  stepGroup(groupId: string, step: 1 | -1): void {
    const ids = this.arrangement.groups.map(({ id }) => id);
    const anchor = stepAnchor(ids, groupId, step);
    if (anchor === null) return;
    this.moveGroup(groupId, anchor);
    const at = ids.indexOf(groupId) + step + 1;
    this.said = say('arranging.said-group-place', { at, count: ids.length });
  }

  moveGroup(groupId: string, anchor: Anchor): void {
    this.#save((now) => moveGroup(now, groupId, anchor));
  }

  fold(groupId: string): void {
    const group = this.arrangement.groups.find(({ id }) => id === groupId);
    if (group === undefined) return;
    const isCollapsed = !group.isCollapsed;
    this.#save((now) => changeGroup(now, groupId, { isCollapsed }));
  }

  /** Applies the answer to the question about a group. */
  answerGroup(name: string): void {
    const question = this.groupQuestion;
    this.groupQuestion = null;
    const given = name.trim().slice(0, 200);
    if (question?.kind === 'delete') this.#save((now) => deleteGroup(now, question.groupId));
    if (given === '' || question === null) return;
    if (question.kind === 'rename') this.#save((now) => changeGroup(now, question.groupId, { name: given }));
    if (question.kind === 'new') {
      const id = crypto.randomUUID();
      this.#save((now) => addGroup(now, { id, name: given }, question.serverIds));
    }
  }

  /** Sends a signal. One server gets the signal like from its own buttons; several are listed in a question first. */
  power(signal: PowerSignal, serverIds: readonly string[]): void {
    const servers = serverIds.flatMap((id) => this.server(id) ?? []);
    const [only] = servers;
    if (servers.length === 1 && only !== undefined) this.state.power.request(signal, only);
    else this.bulkPlanning.ask(signal, servers);
  }

  /** Applies the change to main's current settings, so that quick changes do not overwrite each other. */
  #save(arrange: (now: Arrangement) => NewArrangement): void {
    void this.state.settings.change(arrange);
  }
}

export const [fleetControl, provideFleetControl] = createContext<FleetControl>();
