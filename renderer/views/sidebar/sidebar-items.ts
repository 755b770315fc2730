/** The rows of the sidebar and the popover: those of any list of servers, and a panel's notice. Pure. */
import type { Account } from '../../../bridge/domain.js';
import type { FleetItem } from '../fleet/fleet-items.js';

/** Below the title of its panel; as high as what it says. */
export interface NoticeItem {
  readonly kind: 'notice';
  readonly key: string;
  readonly accountId: string;
}

export type SidebarItem = FleetItem | NoticeItem;

/** Adds the notices of panels. Titles of panels whose servers are all pinned or in groups are left out. */
export function withNotices(
  items: readonly FleetItem[],
  accounts: readonly Pick<Account, 'id' | 'state'>[],
  saysNothing: (accountId: string) => boolean,
): SidebarItem[] {
  const states = new Map(accounts.map(({ id, state }) => [id, state.kind]));
  return items.flatMap((item): SidebarItem[] => {
    const accountId = item.kind === 'section' ? item.section.accountId : null;
    if (accountId === null) return [item];
    const hasNotice = states.get(accountId) !== 'ready' || !saysNothing(accountId);
    if (item.kind === 'section' && item.count === 0 && !hasNotice) return [];
    return hasNotice ? [item, { kind: 'notice', key: `notice:${accountId}`, accountId }] : [item];
  });
}
