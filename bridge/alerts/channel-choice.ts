/** Which alerts go to a channel. The settings of notifications have already let an alert pass. Pure. */
import type { AlertChannel } from '../schema/alert-channels.js';
import type { AlertScope } from '../schema/alerts.js';
import type { StatusBoard } from '../schema/status-board.js';
import type { AlertKind } from './alert-kinds.js';
import { isOfAccount, rulesOf, type AlertPlace } from './alert-settings.js';

type Choice = Pick<AlertChannel, 'rules' | 'switches'>;

/** `wish` = a one-time alert, which the person asked for. */
export function takesKind({ switches }: Pick<Choice, 'switches'>, kind: AlertKind | 'wish'): boolean {
  return kind === 'wish' || switches[kind] !== false;
}

/** If several groups contain the server, one group with "on" is enough. */
export function takesPlace({ rules }: Pick<Choice, 'rules'>, place: AlertPlace): boolean {
  const said = rulesOf({ rules }, place);
  const narrowest = said.filter(({ scope }) => scope.kind === said[0]?.scope.kind);
  return narrowest.length === 0 || narrowest.some(({ isOn }) => isOn);
}

/** The rules with another choice for a scope; null = the scope has none of its own. */
export function withChannelRule(
  rules: AlertChannel['rules'],
  scope: AlertScope,
  isOn: boolean | null,
): AlertChannel['rules'] {
  const others = rules.filter((rule) => rule.scope.kind !== scope.kind || rule.scope.id !== scope.id);
  return isOn === null ? others : [...others, { scope, isOn }];
}

/** The channels without rules and servers of a removed account; null if there are none. */
export function channelsWithout(channels: readonly AlertChannel[], accountId: string): AlertChannel[] | null {
  const isKept = ({ scope }: { readonly scope: AlertScope }): boolean => !isOfAccount(scope, accountId);
  const hasServer = (id: string): boolean => !id.startsWith(`${accountId}/`);
  const isWhole = ({ rules, board }: AlertChannel): boolean =>
    rules.every(isKept) && (board?.servers.kind !== 'some' || board.servers.serverIds.every(hasServer));
  if (channels.every(isWhole)) return null;
  return channels.map((channel) => ({
    ...channel,
    rules: channel.rules.filter(isKept),
    board: boardWith(channel.board, hasServer),
  }));
}

function boardWith(board: StatusBoard | null, isKept: (serverId: string) => boolean): StatusBoard | null {
  if (board?.servers.kind !== 'some') return board;
  return { ...board, servers: { kind: 'some', serverIds: board.servers.serverIds.filter(isKept) } };
}
