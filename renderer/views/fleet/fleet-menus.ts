/** Menu entries for a server, several servers and a group. The palette shows these entries as well. */
import type { PowerSignal, Server } from '../../../bridge/schema/domain.js';
import { messageBlock } from '../../../bridge/panel/permissions.js';
import { say, spoken } from '../../../messages/messages.js';
import { groupOf } from '../../state/fleet/arrangement.js';
import type { MenuItem } from '../../ui/menus/menu.js';
import { serverAddress } from '../server-look.js';
import { action } from './menu-action.js';
import type { MenuState, MenuTarget } from './menu-target.js';
import { backUpItems } from './backup-items.js';
import { reportItem } from './report-item.js';
import { ServerItems } from './server-items.js';

const line: MenuItem = { kind: 'line' };

/** Why no message can go to the players of the server now; null if a message can. */
function spokenBlock(server: Server): string | null {
  const block = messageBlock(server);
  return block === null ? null : spoken(block);
}

export class FleetMenus {
  readonly #items: ServerItems;

  constructor(
    private readonly state: MenuState,
    private readonly control: MenuTarget,
  ) {
    this.#items = new ServerItems(state, control);
  }

  ofServer(server: Server): MenuItem[] {
    const address = serverAddress(server);
    return [
      action('open', 'console', say('arranging.open'), () =>
        this.state.navigation.go({ kind: 'server', serverId: server.id }),
      ),
      line,
      ...this.#items.power([server.id], (signal) => this.state.power.block(signal, server)),
      line,
      ...backUpItems(this.state, server),
      this.#items.message([server], spokenBlock(server)),
      line,
      ...this.#arrangeItems([server.id]),
      this.#items.alerts([server.id], server),
      this.#items.backupRule({ kind: 'server', id: server.id }),
      this.#items.leftOut([server]),
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
      this.#items.kill([server.id], this.state.power.block('kill', server)),
    ];
  }

  ofMany(servers: readonly Server[]): MenuItem[] {
    const ids = servers.map(({ id }) => id);
    const blocked = this.control.bulk.isUnderWay ? say('actions.bulk-busy') : null;
    return [
      ...this.#items.power(ids, () => blocked),
      line,
      this.#items.backUpMany(servers, blocked),
      this.#items.message(servers, blocked),
      line,
      ...this.#arrangeItems(ids),
      this.#items.alerts(ids),
      this.#items.leftOut(servers),
      line,
      this.#items.kill(ids, blocked),
    ];
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
      ...this.#items.power(ids, block),
      line,
      ...(server === undefined
        ? [
            this.#items.backUpMany(
              ids.flatMap((id) => this.control.server(id) ?? []),
              blocked,
            ),
          ]
        : backUpItems(this.state, server)),
      this.#items.message(
        ids.flatMap((id) => this.control.server(id) ?? []),
        server === undefined ? blocked : spokenBlock(server),
      ),
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
      this.#items.alertsAbout([{ kind: 'group', id: groupId }]),
      this.#items.backupRule({ kind: 'group', id: groupId }),
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
