/** The rows of the sidebar and the popover: those of any list of servers, and a panel's notice. Pure. */
import type { Account } from '../../../bridge/schema/domain.js';
import { besideText, type BesideName } from '../../../bridge/fleet/beside-names.js';
import type { Section } from '../../state/fleet/arrangement.js';
import type { FleetItem } from '../fleet/fleet-items.js';

/** A panel of more servers is folded until the person unfolds it. */
const mostUnfolded = 50;

/** Below the title of its panel; as high as what it says. */
export interface NoticeItem {
  readonly kind: 'notice';
  readonly key: string;
  readonly accountId: string;
}

type Wellness = Pick<Account, 'state' | 'unreadServers' | 'strangeServers'>;

export type SidebarItem = FleetItem | NoticeItem;

/** Adds the notices of panels. The title of a panel without any server is left out. */
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

/** Groups are folded as they are in the table; pins and panels as the person left them. */
export function withFolds(sections: readonly Section[], folds: Readonly<Record<string, boolean>>): Section[] {
  return sections.map((section) => {
    if (section.place.kind === 'group') return section;
    const isUsual = section.accountId !== null && section.serverIds.length > mostUnfolded;
    return { ...section, isCollapsed: folds[section.key] ?? isUsual };
  });
}

/** The server where the person is stands below its title, also where that is folded. */
export function withCurrent(items: readonly SidebarItem[], serverId: string | null): readonly SidebarItem[] {
  const title = items.find(
    (item) => item.kind === 'section' && item.isFolded && item.section.serverIds.includes(serverId ?? ''),
  );
  if (serverId === null || title?.kind !== 'section') return items;
  const { section } = title;
  return items.flatMap((item): SidebarItem[] =>
    item === title ? [item, { kind: 'server', key: serverId, section }] : [item],
  );
}

/** The sections, by their keys, with servers of several panels. */
export function mixedSections(
  sections: readonly Section[],
  servers: readonly { readonly id: string; readonly accountId: string }[],
): ReadonlySet<string> {
  const panels = new Map(servers.map(({ id, accountId }) => [id, accountId]));
  const isMixed = ({ serverIds }: Section): boolean =>
    new Set(serverIds.map((id) => panels.get(id))).size > 1;
  return new Set(sections.filter((one) => one.accountId === null && isMixed(one)).map(({ key }) => key));
}

/** What follows a name: its panel where others are called the same, or servers of several panels stand together. */
export function besideInSidebar(
  beside: BesideName | undefined,
  section: Section | null,
  mixed: ReadonlySet<string>,
): string {
  if (section === null || beside === undefined) return besideText(beside);
  if (section.accountId !== null) return besideText(beside, true);
  return beside.isUnique && !mixed.has(section.key) ? '' : besideText(beside);
}
