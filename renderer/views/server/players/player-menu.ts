/** Menus of players: verbs for a player who is on the server, and for an entry of a list. */
import { useBlock } from '../../../../bridge/panel/permission-words.js';
import { undoVerb, verbCommand, type OwnVerbs } from '../../../../bridge/players/player-verbs.js';
import { playerVerbs, type PlayerVerb } from '../../../../bridge/players/verb-names.js';
import type { PlayerListKind } from '../../../../bridge/schema/player-verbs.js';
import type { Server } from '../../../../bridge/schema/domain.js';
import { say } from '../../../../messages/messages.js';
import type { IconName } from '../../../ui/drawings/icons.js';
import type { MenuItem } from '../../../ui/menus/menu.js';

const icons: Readonly<Record<PlayerVerb, IconName>> = {
  message: 'message',
  kick: 'close',
  ban: 'clear',
  pardon: 'restore',
  'whitelist-add': 'check',
  'whitelist-remove': 'trash',
  op: 'key',
  deop: 'lock',
};
/** Verbs that remove a player from the server. */
export const dangers: ReadonlySet<PlayerVerb> = new Set<PlayerVerb>(['kick', 'ban']);

/** The verb that takes an entry out of a list; null = the list has no such verb. */
export const verbOfList: Readonly<Record<PlayerListKind, PlayerVerb | null>> = {
  whitelist: 'whitelist-remove',
  bans: 'pardon',
  'ip-bans': null,
  ops: 'deop',
};

/** The verbs that the server's console has. */
export function verbsOf({ game }: Server, own: OwnVerbs | undefined): readonly PlayerVerb[] {
  return playerVerbs.filter((verb) => verbCommand(verb, game, own) !== null);
}

/** Why no verb works now; null if verbs work. */
export function actBlock(server: Server): string | null {
  const block = useBlock(server, 'control.console');
  if (block !== null) return block;
  return server.power === 'offline' ? say('blocks.is-offline') : null;
}

export function playerMenu(
  server: Server,
  {
    own,
    isOn,
    act,
    copy,
    watch,
  }: {
    own: OwnVerbs | undefined;
    /** False for a player who is not on the server: kick and message would reach nobody. */
    isOn: boolean;
    act: (verb: PlayerVerb) => void;
    copy: () => void;
    /** The toggle "Notify me when online". */
    watch: MenuItem;
  },
): MenuItem[] {
  const entry = verbEntries(server, 'player', act);
  const verbs = verbsOf(server, own).filter((verb) => isOn || (verb !== 'kick' && verb !== 'message'));
  const plain = verbs.filter((verb) => !dangers.has(verb) && (!isOn || verb !== 'pardon')).map(entry);
  const dangerous = verbs.filter((verb) => dangers.has(verb)).map(entry);
  const copying: MenuItem = {
    kind: 'action',
    label: say('players-tab.copy-name'),
    icon: 'copy',
    testid: 'player-copy',
    run: copy,
  };
  return [
    ...plain,
    watch,
    copying,
    ...(dangerous.length === 0 ? [] : [{ kind: 'line' } as const, ...dangerous]),
  ];
}

/** Whether a verb can be taken back by a command of this server. */
export function hasUndo(verb: PlayerVerb, server: Server, own: OwnVerbs | undefined): boolean {
  const undo = undoVerb[verb];
  return undo !== null && verbCommand(undo, server.game, own) !== null;
}

/** Verbs for a player who is not on the list: the person enters the name. */
export function byNameMenu(
  server: Server,
  own: OwnVerbs | undefined,
  act: (verb: PlayerVerb) => void,
): MenuItem[] {
  return verbsOf(server, own).map(verbEntries(server, 'by-name', act));
}

/** Makes the menu entry of a verb. `testid` = prefix of the test id. */
function verbEntries(
  server: Server,
  testid: string,
  act: (verb: PlayerVerb) => void,
): (verb: PlayerVerb) => MenuItem {
  const blocked = actBlock(server);
  return (verb) => ({
    kind: 'action',
    label: say(`players-tab.${verb}`),
    icon: icons[verb],
    testid: `${testid}-${verb}`,
    danger: dangers.has(verb),
    blocked,
    run: () => act(verb),
  });
}
