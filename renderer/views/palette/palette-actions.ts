/** Choices of the palette in one window, and their actions. */
import { folderOf, lastPart } from '../../../bridge/files/file-paths.js';
import { besideText } from '../../../bridge/fleet/beside-names.js';
import { useBlock } from '../../../bridge/panel/permission-words.js';
import { recentIds } from '../../../bridge/settings/visits.js';
import { say, spoken } from '../../../messages/messages.js';
import type { WindowState } from '../../state/context.js';
import { titleOf } from '../../state/fleet/arrangement.js';
import type { MenusInView } from '../../ui/menus/menus-in-view.svelte.js';
import type { FleetControl } from '../fleet/fleet-control.svelte.js';
import { openText } from '../server/editor/open-text.js';
import { serverAddress } from '../server-look.js';
import type { SidebarPlace } from '../sidebar/sidebar-place.svelte.js';
import { leavesOf, type MenuLeaf } from './menu-leaves.js';
import type { MenuOf, PaletteChoice, PaletteEntry, PaletteWorld, Standing } from './palette-entry.js';
import { foundBlock } from './palette-files.svelte.js';
import { perchMenu } from './perch-menu.js';

export class PaletteActions {
  constructor(
    private readonly state: WindowState,
    private readonly control: FleetControl,
    private readonly place: SidebarPlace,
    private readonly menus: MenusInView,
  ) {}

  /** Everything that can be found now. */
  world(): PaletteWorld {
    const { finder, fleet, memory, navigation } = this.state;
    const sections = this.control.table.sections.map((section) => ({
      key: section.key,
      title: titleOf(section),
      isGroup: section.place.kind !== 'rest',
      groupId: section.place.kind === 'group' ? section.place.groupId : null,
      count: section.allIds.length,
    }));
    return {
      servers: finder.texts,
      accounts: fleet.accounts,
      shownId: navigation.view.kind === 'server' ? navigation.view.serverId : null,
      recentIds: recentIds(memory.latest.visits),
      sections,
      withPlayers: (tests) => finder.withPlayers(tests),
      menuOf: (menu) => this.#menuOf(menu),
      besideOf: (serverId) => besideText(fleet.beside.get(serverId)),
      standingOf: (choice) => this.#standingOf(choice),
    };
  }

  /** Why an entry is blocked; only for visible rows, without effect on the order. */
  readonly blockOf = ({ choice }: Pick<PaletteEntry, 'choice'>): string | null => {
    const { fleet, power, warned } = this.state;
    if (choice.kind === 'next')
      return this.control.attention.next(1) === null ? say('fleet.attention-none') : null;
    if (choice.kind === 'menu') return this.#leafOf(choice)?.blocked ?? null;
    if (choice.kind === 'go' || !('serverId' in choice) || choice.kind === 'open-panel') return null;
    const server = fleet.server(choice.serverId);
    if (server === undefined) return say('common.server-gone');
    if (choice.kind === 'look-for-file') return useBlock(server, 'file.read');
    if (choice.kind === 'file') return foundBlock(server, { path: choice.path, kind: choice.fileKind });
    if (choice.kind === 'power') return power.block(choice.signal, server);
    if (choice.kind === 'warn') {
      const reason = warned.reason(power.seen(server));
      return reason === null ? null : spoken(reason);
    }
    return serverAddress(server) === null ? say('arranging.no-address') : null;
  };

  carryOut(choice: Exclude<PaletteChoice, { kind: 'prefix' | 'look-for-file' }>): void {
    const { navigation, settings } = this.state;
    switch (choice.kind) {
      case 'go':
        if (choice.view.kind === 'fleet') this.control.enterList(choice.view.list);
        return navigation.go(choice.view);
      case 'next':
        return this.control.goToNext(1);
      case 'keys':
        this.control.isSheetOpen = true;
        return;
      case 'sidebar':
        return this.place.toggle();
      case 'theme':
        return void settings.change({ theme: choice.theme });
      case 'menu':
        return this.#leafOf(choice)?.run();
      default:
        return this.#carryOutFor(choice);
    }
  }

  #carryOutFor(
    choice: Exclude<Extract<PaletteChoice, { serverId: string }>, { kind: 'look-for-file' }>,
  ): void {
    const { client, fleet, power, warnForm } = this.state;
    const server = fleet.server(choice.serverId);
    if (server === undefined) return;
    switch (choice.kind) {
      case 'power':
        return power.request(choice.signal, server);
      case 'warn':
        return warnForm.open(server.id, server.game);
      case 'copy-address':
        return client.send('clipboard.write', { text: serverAddress(server) ?? '' });
      case 'file':
        return this.#openFile(choice);
      case 'open-panel':
        return client.send('panel.open', { accountId: server.accountId, serverId: server.id });
    }
  }

  #openFile({ serverId, path, fileKind }: Extract<PaletteChoice, { kind: 'file' }>): void {
    const { forms, navigation } = this.state;
    if (fileKind === 'file') return openText({ forms, navigation }, serverId, path);
    const isFolder = fileKind === 'folder';
    if (!isFolder) forms.files(serverId).opened = lastPart(path);
    navigation.go({ kind: 'server', serverId, tab: 'files', folder: isFolder ? path : folderOf(path) });
  }

  #menuOf(menu: MenuOf): readonly MenuLeaf[] {
    switch (menu.kind) {
      case 'perch':
        return leavesOf([...perchMenu(this.state), ...this.menus.read()]);
      case 'group':
        return leavesOf(this.control.menus.ofGroup(menu.groupId));
      case 'server': {
        const server = this.state.fleet.server(menu.serverId);
        return server === undefined ? [] : leavesOf(this.control.menus.ofServer(server));
      }
    }
  }

  /** Undefined if the menu lost the item meanwhile. */
  #leafOf({ menu, item }: { menu: MenuOf; item: string }): MenuLeaf | undefined {
    return this.#menuOf(menu).find(({ id }) => id === item);
  }

  #standingOf(choice: PaletteChoice): Standing {
    const { fleet, power, warned } = this.state;
    if (choice.kind !== 'power' && choice.kind !== 'warn')
      return this.blockOf({ choice }) === null ? 'possible' : 'blocked';
    // Runs for thousands of entries per letter, so it creates no texts.
    const server = fleet.server(choice.serverId);
    if (server === undefined) return 'blocked';
    const reason =
      choice.kind === 'warn' ? warned.reason(power.seen(server)) : power.reason(choice.signal, server);
    if (reason !== null) return 'blocked';
    return server.power === null ? 'unsure' : 'possible';
  }
}
