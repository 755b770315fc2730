/** Entry of a server in the tray menu: state in the label, possible actions below. Pure. */
import { besideText, type BesideName } from '../../../bridge/fleet/beside-names.js';
import type { Account, PowerSignal, Server } from '../../../bridge/schema/domain.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { serverMark, serverWord, type ServerMark } from '../../../bridge/fleet/marks.js';
import {
  backUpBlock,
  conditionBlock,
  isGranted,
  powerBlock,
  powerPermission,
} from '../../../bridge/panel/permissions.js';
import type { PlayersOnline } from '../../../bridge/schema/players.js';
import { listOf } from '../../../bridge/text/list.js';
import { playersInWords } from '../../../bridge/text/player-figures.js';
import { say, spoken } from '../../../messages/messages.js';
import { powerQuestion } from '../../actions/servers/power-question.js';
import { menuText } from '../system/plain-text.js';
import { actionEntry, parted, viewEntry, type MenuEntry } from './menu-entry.js';

/** Shapes of LOOK, "State first". */
export const glyphs: Record<ServerMark, string> = {
  running: '●',
  unwatched: '◉',
  busy: '◐',
  offline: '○',
  crashed: '▲',
  installing: '↓',
  suspended: '▬',
  unknown: '◌',
  unread: '◌',
};

const signals: readonly PowerSignal[] = ['start', 'stop', 'restart', 'kill'];

/** Settings that decide which signals need a question. */
export type Asks = Pick<Settings, 'confirmStop' | 'confirmRestart'>;

/** Facts that an entry needs besides the server. */
export interface EntryFacts {
  readonly account: Account;
  /** Text that distinguishes servers of the same name; undefined = the name is unique. */
  readonly beside: BesideName | undefined;
  /** True in the submenu of the server's panel, where the panel's name is not repeated. */
  readonly isBelowPanel: boolean;
  readonly asks: Asks;
  readonly isLeftOut: boolean;
  /** Players online; null = unknown. */
  readonly players: PlayersOnline | null;
  /** True if a quiet backup has changed the server and the server is not back. */
  readonly isChanged: boolean;
}

export function trayServerEntry(server: Server, facts: EntryFacts): MenuEntry {
  return {
    kind: 'submenu',
    label: labelOf(server, facts),
    of: { kind: 'server', id: server.id },
    entries: parted([
      sourceOf(facts),
      powerEntries(server, facts.asks),
      waysTo(server, facts),
      ofAlerts(server, facts),
    ]),
  };
}

/** The only server of a fleet, as sections of the first menu level. */
export function onlyServer(server: Server, facts: EntryFacts): MenuEntry[][] {
  const title = viewEntry(labelOf(server, facts), { kind: 'server', serverId: server.id });
  return [
    [title, ...sourceOf(facts), ...powerEntries(server, facts.asks)],
    waysTo(server, facts),
    ofAlerts(server, facts),
  ];
}

function labelOf(server: Server, { account, beside, isBelowPanel, players }: EntryFacts): string {
  const glyph = glyphs[serverMark(server, account)];
  const panel = menuText(besideText(beside, isBelowPanel), 50);
  const people = players === null ? [] : [playersInWords(players)];
  const state = [...(panel === '' ? [] : [panel]), serverWord(server, account), ...people].join(' · ');
  return `${glyph} ${nameOf(server)} — ${state}`;
}

/**
 * Where the number of players comes from. Its exact age would change the menu all the time, which closes an open menu on
 * Linux, so the text says how old the number can be (PLAYERS "Which number is shown").
 */
function sourceOf({ players }: EntryFacts): MenuEntry[] {
  return players === null ? [] : [{ kind: 'text', label: say(`tray.players-${players.source}`) }];
}

function waysTo(server: Server, { account, isChanged }: EntryFacts): MenuEntry[] {
  const { id } = server;
  return [
    viewEntry(say('tray.console'), { kind: 'server', serverId: id }),
    actionEntry(say('tray.panel'), { kind: 'open-panel', accountId: account.id, serverId: id }),
    ...(backUpBlock(server) === null
      ? [actionEntry(say('backups.now'), { kind: 'back-up', serverId: id })]
      : []),
    ...(isChanged ? [actionEntry(say('quiet.bring-back'), { kind: 'bring-back', serverId: id })] : []),
  ];
}

function ofAlerts({ id }: Server, { isLeftOut }: EntryFacts): MenuEntry[] {
  return [
    actionEntry(say('tray.snooze'), { kind: 'alert', serverId: id, action: 'snooze' }),
    ...(isLeftOut ? [{ kind: 'text', label: say('tray.left-out') } as const] : []),
  ];
}

/**
 * The possible signals, and one line with the reasons for the others. A signal that the state rules out needs no
 * reason.
 */
function powerEntries(server: Server, asks: Asks): MenuEntry[] {
  const why = whyNot(server);
  return [
    ...signals
      .filter((signal) => powerBlock(signal, server) === null)
      .map((signal) => {
        const action = { kind: 'power', serverId: server.id, signal } as const;
        return actionEntry(signalLabel(signal, server, asks), action);
      }),
    ...(why === '' ? [] : [{ kind: 'text', label: why } as const]),
  ];
}

function signalLabel(signal: PowerSignal, server: Server, asks: Asks): string {
  const label = say(`signals.${signal}`);
  return powerQuestion(signal, server, asks) === null ? label : say('tray.asks-first', { label });
}

/** One line for all prevented signals; empty if the state in the label is the only reason. */
function whyNot(server: Server): string {
  const condition = conditionBlock(server.condition);
  if (condition !== null) return asEntry(spoken(condition));
  // The server with all permissions and without a pending signal, to find the signals that its state allows.
  const free = { ...server, permissions: null, pending: null };
  const wanted = signals.filter((signal) => powerBlock(signal, free) === null);
  const lacking = wanted.map(powerPermission).filter((needed) => !isGranted(server.permissions, needed));
  const others = wanted
    .filter((signal) => isGranted(server.permissions, powerPermission(signal)))
    .flatMap((signal) => powerBlock(signal, server) ?? []);
  const reasons = [
    ...lacks([...new Set(lacking)]),
    ...new Set(others.map((reason) => asEntry(spoken(reason)))),
  ];
  return reasons.join(' · ');
}

function lacks(permissions: readonly string[]): string[] {
  if (permissions.length === 0) return [];
  return [asEntry(say('tray.lacks', { count: permissions.length, permissions: listOf(permissions) }))];
}

/** A sentence as an entry, without its full stop. */
function asEntry(text: string): string {
  return menuText(text.replace(/\.$/, ''), 100);
}

/** Name of a server. Falls back to the identifier if the name has no visible character. */
export function nameOf(server: Server): string {
  return menuText(server.name) || menuText(server.identifier) || say('tray.server');
}
