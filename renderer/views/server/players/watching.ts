/** The toggle "Notify me when online" of a player: its state, why it cannot be used, and its change. */
import type { Problem } from '../../../../bridge/errors.js';
import type { PlainName } from '../../../../bridge/players/plain-name.js';
import { isWatched, watchFault, withPlayer } from '../../../../bridge/players/watched-players.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import { mostKept } from '../../../../bridge/settings/settings-limits.js';
import { say } from '../../../../messages/messages.js';
import type { WindowState } from '../../../state/context.js';
import type { MenuAction } from '../../../ui/menus/menu.js';

type Settings = Pick<WindowState['settings'], 'current' | 'change'>;

export function watches(settings: Settings, server: Server, name: string): boolean {
  return isWatched(settings.current.watchedPlayers, server, name);
}

/** Why the player cannot be watched; null = nothing is in the way. A watched player can always be removed. */
export function watchBlock(
  settings: Settings,
  server: Server,
  { name, isAltered }: PlainName,
): string | null {
  if (watches(settings, server, name)) return null;
  if (isAltered === true) return say('players-tab.watch-altered');
  switch (watchFault(settings.current.watchedPlayers, server.id)) {
    case 'names':
      return say('players-tab.watched-most-names', { most: mostKept.watchedNames });
    case 'servers':
      return say('players-tab.watched-most-servers', { most: mostKept.watchedServers });
    case null:
      return null;
  }
}

/** The problem if the settings could not be written; null = written. */
export function watch(
  settings: Settings,
  server: Server,
  name: string,
  isWanted: boolean,
): Promise<Problem | null> {
  return settings.change(({ watchedPlayers }) => ({
    watchedPlayers: withPlayer(watchedPlayers, server, name, isWanted),
  }));
}

export function watchItem(settings: Settings, server: Server, player: PlainName): MenuAction {
  const checked = watches(settings, server, player.name);
  return {
    kind: 'action',
    label: say('players-tab.watch'),
    icon: 'bell',
    checked,
    testid: 'player-watch',
    blocked: watchBlock(settings, server, player),
    run: () => void watch(settings, server, player.name, !checked),
  };
}
