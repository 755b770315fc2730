/** Menu entries for a server, several servers and a group. The palette shows these entries as well. */
import type { AlertScope, AlertSettings } from '../../../bridge/schema/alerts.js';
import type { BulkAction } from '../../../bridge/schema/bulk.js';
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { say } from '../../../messages/messages.js';
import { groupOf } from '../../state/fleet/arrangement.js';
import type { WindowState } from '../../state/context.js';
import { signalIcons } from '../../ui/drawings/icons.js';
import type { MenuAction, MenuItem } from '../../ui/menus/menu.js';
import { alertFolder } from '../alerts/alert-menu.js';
import { serverAddress } from '../server-look.js';
import { action } from './menu-action.js';
import { backUpItems } from './backup-items.js';
import { leftOutFolder } from './left-out-menu.js';
import { reportItem } from './report-item.js';

const line: MenuItem = { kind: 'line' };

type MenuState = Pick<
  WindowState,
  'client' | 'power' | 'settings' | 'navigation' | 'now' | 'forms' | 'quiet'
>;

export type GroupQuestion =
  | { readonly kind: 'new'; readonly serverIds: readonly string[] }
  | { readonly kind: 'rename'; readonly groupId: string; readonly name: string }
  | { readonly kind: 'delete'; readonly groupId: string; readonly name: string };

/** The part of the fleet view that its menus act on. */
export interface MenuTarget {
  readonly bulk: { readonly isUnderWay: boolean };
  alertQuestion: AlertScope | null;
  backupRuleQuestion: { readonly scope: AlertScope | null } | null;
  groupQuestion: GroupQuestion | null;
  reportOf: string | null;
  power(signal: PowerSignal, serverIds: readonly string[]): void;
  askBulk(action: BulkAction, servers: readonly Server[]): void;
  changeAlerts(change: (alerts: AlertSettings) => AlertSettings): void;
  togglePins(serverIds: readonly string[]): void;
  regroup(serverIds: readonly string[], groupId: string | null): void;
  stepGroup(groupId: string, by: 1 | -1): void;
  fold(groupId: string): void;
  server(id: string): Server | undefined;
}

export class FleetMenus {
  constructor(
    private readonly state: MenuState,
    private readonly control: MenuTarget,
  ) {}

  ofServer(server: Server): MenuItem[] {
    const address = serverAddress(server);
    return [
      action('open', 'console', say('arranging.open'), () =>
        this.state.navigation.go({ kind: 'server', serverId: server.id }),
      ),
      line,
      ...this.#powerItems([server.id], (signal) => this.state.power.block(signal, server)),
      line,
      ...backUpItems(this.state, server),
      line,
      ...this.#arrangeItems([server.id]),
      this.#ofAlerts([server.id], server),
      this.#ofBackups({ kind: 'server', id: server.id }),
      this.#ofIcon([server]),
      line,
      reportItem(server, () => void (this.control.reportOf = server.id)),
      action(
        'copy',
        'copy',
        say('arranging.copy-address'),
        () => this.state.client.send('clipboard.write', { text: address ?? '' }),
        { blocked: address === null ? say('arranging.no-address') : null },
      ),
      action('open-panel', 'external', say('arranging.open-panel'), () =>
        this.state.client.send('panel.open', { accountId: server.accountId, serverId: server.id }),
      ),
      line,
      this.#killItem([server.id], this.state.power.block('kill', server)),
    ];
  }

  ofMany(servers: readonly Server[]): MenuItem[] {
    const ids = servers.map(({ id }) => id);
    const blocked = this.control.bulk.isUnderWay ? say('actions.bulk-busy') : null;
    return [
      ...this.#powerItems(ids, () => blocked),
      line,
      this.#backUpMany(servers, blocked),
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
      leftOut: this.state.settings.current.leftOutOfIcon,
      servers,
      change: (change) =>
        void this.state.settings.change(({ leftOutOfIcon }) => ({ leftOutOfIcon: change(leftOutOfIcon) })),
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
      settings: this.state.settings.current,
      wall: this.state.now.wallOf(this.state.now.read()),
      scopes,
      ...(server === undefined ? {} : { server }),
      change: (change) => this.control.changeAlerts(change),
      ask: (scope) => (this.control.alertQuestion = scope),
    });
  }

  #ofBackups(scope: AlertScope): MenuItem {
    const ask = (): void => void (this.control.backupRuleQuestion = { scope });
    return action('backup-rule', 'history', say('backup-rules.menu'), ask);
  }

  #powerItems(ids: readonly string[], block: (signal: PowerSignal) => string | null): MenuItem[] {
    return (['start', 'restart', 'stop'] as const).map((signal) => {
      const label =
        ids.length === 1 ? say(`signals.${signal}`) : say(`arranging.${signal}-many`, { count: ids.length });
      const run = (): void => this.control.power(signal, ids);
      return action(signal, signalIcons[signal], label, run, { blocked: block(signal) });
    });
  }

  /** Asks about backups of these servers. */
  #backUpMany(servers: readonly Server[], blocked: string | null): MenuAction {
    const label = say('bulk.back-up', { count: servers.length });
    return action('back-up', 'archive', label, () => this.control.askBulk('back-up', servers), { blocked });
  }

  /** Last entry, separated from the others. */
  #killItem(ids: readonly string[], blocked: string | null): MenuItem {
    const label =
      ids.length === 1 ? say('arranging.kill') : say('arranging.kill-many', { count: ids.length });
    return action('kill', 'kill', label, () => this.control.power('kill', ids), { danger: true, blocked });
  }

  #arrangeItems(ids: readonly string[]): MenuItem[] {
    const { pins } = this.state.settings.current;
    const isPinned = ids.every((id) => pins.includes(id));
    const only = this.#groupOfAll(ids);
    const pin = isPinned ? 'unpin' : 'pin';
    return [
      action(
        'pin',
        'pin',
        ids.length === 1 ? say(`arranging.${pin}`) : say(`arranging.${pin}-many`, { count: ids.length }),
        () => this.control.togglePins(ids),
      ),
      {
        kind: 'folder',
        label: say('arranging.to-group'),
        icon: 'group',
        items: this.groupItems(ids),
      },
      ...(only === null
        ? []
        : [action('ungroup', 'close', say('arranging.ungroup'), () => this.control.regroup(ids, null))]),
    ];
  }

  /** Group that contains all servers; undefined for several groups, null for none. */
  #groupOfAll(ids: readonly string[]): string | null | undefined {
    const theirs = new Set(ids.map((id) => groupOf(this.state.settings.current, id)?.id ?? null));
    return theirs.size === 1 ? [...theirs][0] : undefined;
  }

  groupItems(ids: readonly string[]): MenuItem[] {
    const { groups } = this.state.settings.current;
    const only = this.#groupOfAll(ids);
    return [
      ...groups.map(({ id, name }): MenuItem => ({
        kind: 'action',
        label: name,
        checked: id === only,
        testid: `menu-group-${id}`,
        run: () => this.control.regroup(ids, id),
      })),
      ...(groups.length > 0 ? [line] : []),
      action('new-group', 'plus', say('arranging.new-group'), () => {
        this.control.groupQuestion = { kind: 'new', serverIds: ids };
      }),
    ];
  }

  /** Actions on all servers of a group; empty for an empty group. */
  #ofGroupsServers(ids: readonly string[], blocked: string | null): MenuItem[] {
    const [only] = ids.length === 1 ? ids : [];
    const server = only === undefined ? undefined : this.control.server(only);
    if (ids.length === 0) return [];
    const block = (signal: PowerSignal): string | null =>
      server === undefined ? blocked : this.state.power.block(signal, server);
    const pin = ids.every((id) => this.state.settings.current.pins.includes(id)) ? 'unpin' : 'pin';
    return [
      ...this.#powerItems(ids, block),
      line,
      ...(server === undefined
        ? [
            this.#backUpMany(
              ids.flatMap((id) => this.control.server(id) ?? []),
              blocked,
            ),
          ]
        : backUpItems(this.state, server)),
      line,
      action('pin', 'pin', say(`arranging.${pin}-many`, { count: ids.length }), () =>
        this.control.togglePins(ids),
      ),
      line,
    ];
  }

  ofGroup(groupId: string): MenuItem[] {
    const { groups } = this.state.settings.current;
    const at = groups.findIndex(({ id }) => id === groupId);
    const group = groups[at];
    if (group === undefined) return [];
    const { name } = group;
    const ids = group.serverIds.filter((id) => this.control.server(id) !== undefined);
    const blocked = this.control.bulk.isUnderWay ? say('actions.bulk-busy') : null;
    return [
      ...this.#ofGroupsServers(ids, blocked),
      action('fold', 'fold', say(group.isCollapsed ? 'arranging.expand' : 'arranging.collapse'), () =>
        this.control.fold(groupId),
      ),
      action(
        'rename',
        'edit',
        say('arranging.rename'),
        () => (this.control.groupQuestion = { kind: 'rename', groupId, name }),
      ),
      action('up', 'up', say('arranging.up'), () => this.control.stepGroup(groupId, -1), {
        blocked: at === 0 ? say('arranging.up-not') : null,
      }),
      action('down', 'down', say('arranging.down'), () => this.control.stepGroup(groupId, 1), {
        blocked: at === groups.length - 1 ? say('arranging.down-not') : null,
      }),
      this.#alertsAbout([{ kind: 'group', id: groupId }]),
      this.#ofBackups({ kind: 'group', id: groupId }),
      line,
      action(
        'delete',
        'trash',
        say('arranging.delete'),
        () => (this.control.groupQuestion = { kind: 'delete', groupId, name }),
        { danger: true },
      ),
    ];
  }
}
