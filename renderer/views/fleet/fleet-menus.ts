/** Menu entries for a server, several servers and a group. The palette shows these entries as well. */
import type { AlertScope, AlertSettings } from '../../../bridge/schema/alerts.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import { groupOf } from '../../state/fleet/arrangement.js';
import type { WindowState } from '../../state/context.js';
import type { MenuItem } from '../../ui/menus/menu.js';
import { alertFolder } from '../alerts/alert-menu.js';
import { serverAddress } from '../server-look.js';
import { leftOutFolder } from './left-out-menu.js';

const line: MenuItem = { kind: 'line' };
const signals = [
  { signal: 'start', icon: 'play' },
  { signal: 'restart', icon: 'restart' },
  { signal: 'stop', icon: 'stop' },
] as const satisfies readonly { signal: PowerSignal; icon: string }[];

type MenuState = Pick<WindowState, 'client' | 'power' | 'settings' | 'navigation' | 'now'>;

export type GroupQuestion =
  | { readonly kind: 'new'; readonly serverIds: readonly string[] }
  | { readonly kind: 'rename'; readonly groupId: string; readonly name: string }
  | { readonly kind: 'delete'; readonly groupId: string; readonly name: string };

/** The part of the fleet view that its menus act on. */
export interface MenuTarget {
  readonly bulk: { readonly isUnderWay: boolean };
  alertQuestion: AlertScope | null;
  groupQuestion: GroupQuestion | null;
  power(signal: PowerSignal, serverIds: readonly string[]): void;
  changeAlerts(change: (alerts: AlertSettings) => AlertSettings): void;
  togglePins(serverIds: readonly string[]): void;
  regroup(serverIds: readonly string[], groupId: string | null): void;
  stepGroup(groupId: string, by: 1 | -1): void;
  fold(groupId: string): void;
  server(id: string): Server | undefined;
}

export class FleetMenus {
  readonly #state: MenuState;
  readonly #control: MenuTarget;

  constructor(state: MenuState, control: MenuTarget) {
    this.#state = state;
    this.#control = control;
  }

  ofServer(server: Server): MenuItem[] {
    const address = serverAddress(server);
    return [
      {
        kind: 'action',
        label: say('arranging.open'),
        icon: 'console',
        testid: 'menu-open',
        run: () => this.#open(server),
      },
      line,
      ...this.#powerItems([server.id], (signal) => this.#state.power.block(signal, server)),
      line,
      ...this.#arrangeItems([server.id]),
      this.#ofAlerts([server.id], server),
      this.#ofIcon([server]),
      line,
      {
        kind: 'action',
        label: say('arranging.copy-address'),
        icon: 'copy',
        testid: 'menu-copy',
        blocked: address === null ? say('arranging.no-address') : null,
        run: () => this.#quietly(this.#state.client.call('clipboard.write', { text: address ?? '' })),
      },
      {
        kind: 'action',
        label: say('arranging.open-panel'),
        icon: 'external',
        testid: 'menu-open-panel',
        run: () =>
          this.#quietly(
            this.#state.client.call('panel.open', { accountId: server.accountId, serverId: server.id }),
          ),
      },
      line,
      this.#killItem([server.id], this.#state.power.block('kill', server)),
    ];
  }

  ofMany(servers: readonly Server[]): MenuItem[] {
    const ids = servers.map(({ id }) => id);
    const blocked = this.#control.bulk.isUnderWay ? say('actions.bulk-busy') : null;
    return [
      ...this.#powerItems(ids, () => blocked),
      line,
      ...this.#arrangeItems(ids),
      this.#ofAlerts(ids),
      this.#ofIcon(servers),
      line,
      this.#killItem(ids, blocked),
    ];
  }

  #ofIcon(servers: readonly Server[]): MenuItem {
    return leftOutFolder({
      leftOut: this.#state.settings.current.leftOutOfIcon,
      servers,
      change: (change) =>
        void this.#state.settings.change(({ leftOutOfIcon }) => ({ leftOutOfIcon: change(leftOutOfIcon) })),
    });
  }

  #ofAlerts(ids: readonly string[], server?: Server): MenuItem {
    return this.#alertsAbout(
      ids.map((id) => ({ kind: 'server', id })),
      server,
    );
  }

  #alertsAbout(scopes: readonly AlertScope[], server?: Server): MenuItem {
    return alertFolder({
      settings: this.#state.settings.current,
      wall: this.#state.now.wallOf(this.#state.now.read()),
      scopes,
      ...(server === undefined ? {} : { server }),
      change: (change) => this.#control.changeAlerts(change),
      ask: (scope) => (this.#control.alertQuestion = scope),
    });
  }

  #powerItems(ids: readonly string[], block: (signal: PowerSignal) => string | null): MenuItem[] {
    return signals.map(({ signal, icon }) => ({
      kind: 'action',
      label:
        ids.length === 1 ? say(`signals.${signal}`) : say(`arranging.${signal}-many`, { count: ids.length }),
      icon,
      blocked: block(signal),
      testid: `menu-${signal}`,
      run: () => this.#control.power(signal, ids),
    }));
  }

  /** Last entry, separated from the others. */
  #killItem(ids: readonly string[], blocked: string | null): MenuItem {
    return {
      kind: 'action',
      label: ids.length === 1 ? say('arranging.kill') : say('arranging.kill-many', { count: ids.length }),
      icon: 'kill',
      danger: true,
      blocked,
      testid: 'menu-kill',
      run: () => this.#control.power('kill', ids),
    };
  }

  #arrangeItems(ids: readonly string[]): MenuItem[] {
    const { pins } = this.#state.settings.current;
    const isPinned = ids.every((id) => pins.includes(id));
    const only = this.#groupOfAll(ids);
    const pin = isPinned ? 'unpin' : 'pin';
    return [
      {
        kind: 'action',
        label:
          ids.length === 1 ? say(`arranging.${pin}`) : say(`arranging.${pin}-many`, { count: ids.length }),
        icon: 'pin',
        testid: 'menu-pin',
        run: () => this.#control.togglePins(ids),
      },
      {
        kind: 'folder',
        label: say('arranging.to-group'),
        icon: 'group',
        items: this.groupItems(ids),
      },
      ...(only === null
        ? []
        : [
            {
              kind: 'action',
              label: say('arranging.ungroup'),
              icon: 'close',
              testid: 'menu-ungroup',
              run: () => this.#control.regroup(ids, null),
            } satisfies MenuItem,
          ]),
    ];
  }

  /** Group that contains all servers; undefined for several groups, null for none. */
  #groupOfAll(ids: readonly string[]): string | null | undefined {
    const theirs = new Set(ids.map((id) => groupOf(this.#state.settings.current, id)?.id ?? null));
    return theirs.size === 1 ? [...theirs][0] : undefined;
  }

  groupItems(ids: readonly string[]): MenuItem[] {
    const { groups } = this.#state.settings.current;
    const only = this.#groupOfAll(ids);
    return [
      ...groups.map(({ id, name }): MenuItem => ({
        kind: 'action',
        label: name,
        checked: id === only,
        testid: `menu-group-${id}`,
        run: () => this.#control.regroup(ids, id),
      })),
      ...(groups.length > 0 ? [line] : []),
      {
        kind: 'action',
        label: say('arranging.new-group'),
        icon: 'plus',
        testid: 'menu-new-group',
        run: () => (this.#control.groupQuestion = { kind: 'new', serverIds: ids }),
      },
    ];
  }

  /** Actions on all servers of a group; empty for an empty group. */
  #ofGroupsServers(ids: readonly string[], blocked: string | null): MenuItem[] {
    const [only] = ids.length === 1 ? ids : [];
    const server = only === undefined ? undefined : this.#control.server(only);
    if (ids.length === 0) return [];
    const block = (signal: PowerSignal): string | null =>
      server === undefined ? blocked : this.#state.power.block(signal, server);
    const pin = ids.every((id) => this.#state.settings.current.pins.includes(id)) ? 'unpin' : 'pin';
    return [
      ...this.#powerItems(ids, block),
      line,
      {
        kind: 'action',
        label: say(`arranging.${pin}-many`, { count: ids.length }),
        icon: 'pin',
        testid: 'menu-pin',
        run: () => this.#control.togglePins(ids),
      },
      line,
    ];
  }

  ofGroup(groupId: string): MenuItem[] {
    const { groups } = this.#state.settings.current;
    const at = groups.findIndex(({ id }) => id === groupId);
    const group = groups[at];
    if (group === undefined) return [];
    const { name } = group;
    const ids = group.serverIds.filter((id) => this.#control.server(id) !== undefined);
    const blocked = this.#control.bulk.isUnderWay ? say('actions.bulk-busy') : null;
    return [
      ...this.#ofGroupsServers(ids, blocked),
      {
        kind: 'action',
        label: say(group.isCollapsed ? 'arranging.expand' : 'arranging.collapse'),
        icon: 'fold',
        testid: 'menu-fold',
        run: () => this.#control.fold(groupId),
      },
      {
        kind: 'action',
        label: say('arranging.rename'),
        icon: 'edit',
        testid: 'menu-rename',
        run: () => (this.#control.groupQuestion = { kind: 'rename', groupId, name }),
      },
      {
        kind: 'action',
        label: say('arranging.up'),
        icon: 'up',
        testid: 'menu-up',
        blocked: at === 0 ? say('arranging.up-not') : null,
        run: () => this.#control.stepGroup(groupId, -1),
      },
      {
        kind: 'action',
        label: say('arranging.down'),
        icon: 'down',
        testid: 'menu-down',
        blocked: at === groups.length - 1 ? say('arranging.down-not') : null,
        run: () => this.#control.stepGroup(groupId, 1),
      },
      this.#alertsAbout([{ kind: 'group', id: groupId }]),
      line,
      {
        kind: 'action',
        label: say('arranging.delete'),
        icon: 'trash',
        testid: 'menu-delete',
        danger: true,
        run: () => (this.#control.groupQuestion = { kind: 'delete', groupId, name }),
      },
    ];
  }

  #open(server: Server): void {
    this.#state.navigation.go({ kind: 'server', serverId: server.id });
  }

  #quietly(done: Promise<unknown>): void {
    // Main opens a desktop application; there is no result to wait for.
    done.catch(() => undefined);
  }
}
