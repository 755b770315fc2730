/** Entries of the desktop's own menus for Perch: the jump list on Windows, the Dock menu on macOS. */
import type { JumpListCategory, MenuItemConstructorOptions } from 'electron';
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { oneLine } from '../../../bridge/console/plain-line.js';
import { say } from '../../../messages/messages.js';
import { linkPlaceOf, readLink } from './perch-link.js';

export interface PinnedLink {
  readonly label: string;
  readonly link: string;
}

/** Largest number of entries. Desktops show about ten. */
const most = 8;

/** Links to the pinned servers. A server whose link would open another server is left out. */
export function pinnedPlaces(state: FleetState, pins: readonly string[]): readonly PinnedLink[] {
  const places = pins.flatMap((id) => {
    const server = state.servers.get(id);
    const account = state.accounts.get(server?.accountId ?? '');
    if (server === undefined || account === undefined || !URL.canParse(account.panelUrl)) return [];
    const text = `perch://server/${new URL(account.panelUrl).host}/${server.identifier}`;
    const link = readLink(text);
    const place = link === null ? null : linkPlaceOf(link, state);
    const isThere = place?.kind === 'found' && place.view.kind === 'server' && place.view.serverId === id;
    return isThere ? [{ label: oneLine(server.name, 60) || server.identifier, link: text }] : [];
  });
  return places.slice(0, most);
}

export function jumpList(places: readonly PinnedLink[], program: string): JumpListCategory[] {
  const task = { type: 'task' as const, program, iconPath: program, iconIndex: 0 };
  return [
    ...(places.length === 0
      ? []
      : [
          {
            type: 'custom' as const,
            name: say('system.pinned'),
            items: places.map(({ label, link }) => ({ ...task, title: label, args: link })),
          },
        ]),
    {
      type: 'tasks',
      items: [
        { ...task, title: say('tray.settings'), args: '--settings' },
        { ...task, title: say('tray.quit'), args: '--quit' },
      ],
    },
  ];
}

export function dockMenu(
  places: readonly PinnedLink[],
  act: { readonly open: (link: string) => void; readonly settings: () => void },
): MenuItemConstructorOptions[] {
  return [
    ...places.map(({ label, link }) => ({ label, click: () => act.open(link) })),
    ...(places.length === 0 ? [] : [{ type: 'separator' as const }]),
    { label: say('tray.settings'), click: act.settings },
  ];
}
