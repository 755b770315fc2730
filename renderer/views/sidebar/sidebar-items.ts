/** The rows of the sidebar and the popover: those of any list of servers, and a panel's notice. Pure. */
import type { Account } from '../../../bridge/domain.js';
import type { FleetItem } from '../fleet/fleet-items.js';

/** Below the title of its panel; as high as what it says. */
export interface NoticeItem {
  readonly kind: 'notice';
  readonly key: string;
  readonly accountId: string;
}

type Wellness = Pick<Account, 'state' | 'unreadServers' | 'strangeServers'>;

export type SidebarItem = FleetItem | NoticeItem;

/** Adds the notices of panels. Titles of panels whose servers are all pinned or in groups are left out. */
export function withNotices(
  items: readonly FleetItem[],
  accounts: readonly (Wellness & Pick<Account, 'id'>)[],
  saysNothing: (accountId: string) => boolean,
): SidebarItem[] {
  const well = new Set(accounts.filter(isWell).map(({ id }) => id));
  return items.flatMap((item): SidebarItem[] => {
    const accountId = item.kind === 'section' ? item.section.accountId : null;
    if (accountId === null) return [item];
    const hasNotice = !well.has(accountId) || !saysNothing(accountId);
    if (item.kind === 'section' && item.count === 0 && !hasNotice) return [];
    return hasNotice ? [item, { kind: 'notice', key: `notice:${accountId}`, accountId }] : [item];
  });
}

/** Whether its panel shows every server that the account has. */
export function isWell({ state, unreadServers = 0, strangeServers = 0 }: Wellness): boolean {
  return state.kind === 'ready' && unreadServers === 0 && strangeServers === 0;
}
