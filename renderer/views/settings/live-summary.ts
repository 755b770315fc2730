/** Number of live servers, and reasons why others are not live. Pure. */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import { conditionBlock } from '../../../bridge/panel/permissions.js';
import { say } from '../../../messages/messages.js';

export interface LiveSummary {
  readonly live: number;
  readonly all: number;
  /** Whole sentences. */
  readonly reasons: readonly string[];
}

type Seen = Pick<Server, 'link' | 'condition' | 'accountId'>;

export function liveSummary(
  servers: readonly Seen[],
  accounts: readonly Pick<Account, 'id' | 'label' | 'heldBack'>[],
): LiveSummary {
  const count = (fits: (server: Seen) => boolean): number => servers.filter(fits).length;
  const blocked = count(({ condition }) => conditionBlock(condition) !== null);
  const open = servers.filter(({ condition }) => conditionBlock(condition) === null);
  const refused = open.filter(({ link }) => link.kind === 'refused').length;
  const cutOff = open.filter(({ link }) => link.kind === 'reconnecting').length;
  const opening = accounts.reduce((sum, account) => sum + openingOf(account, open), 0);
  const bySetting = accounts.some(({ heldBack }) => heldBack?.by === 'setting');
  return {
    live: count(({ link }) => link.kind === 'live'),
    all: servers.length,
    reasons: [
      ...(opening > 0 ? [say('settings.live-opening', { count: opening })] : []),
      ...(bySetting ? [say('settings.live-by-setting')] : []),
      ...accounts.flatMap(panelsReason),
      ...(refused > 0 ? [say('settings.live-refused', { count: refused })] : []),
      ...(cutOff > 0 ? [say('settings.live-cut-off', { count: cutOff })] : []),
      ...(blocked > 0 ? [say('settings.live-blocked', { count: blocked })] : []),
    ],
  };
}

/** Number of servers of an account that may connect and are not connected yet. */
function openingOf({ id, heldBack }: Pick<Account, 'id' | 'heldBack'>, open: readonly Seen[]): number {
  const own = open.filter(({ accountId }) => accountId === id);
  const waiting = own.filter(({ link }) => link.kind === 'none').length;
  const connecting = own.filter(({ link }) => link.kind === 'connecting').length;
  const places = (heldBack?.places ?? own.length) - (own.length - waiting);
  return connecting + Math.max(0, Math.min(waiting, places));
}

function panelsReason({ label, heldBack }: Pick<Account, 'label' | 'heldBack'>): string[] {
  if (heldBack?.by !== 'panel') return [];
  const { places, callsPerMinute } = heldBack;
  return [
    callsPerMinute === null
      ? say('settings.live-by-unknown', { panel: label, places })
      : say('settings.live-by-panel', { panel: label, places, calls: callsPerMinute }),
  ];
}
