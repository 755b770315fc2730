/** Rows of sidebar and popover: servers, titles, and notices of panels. Pure. */
import type { Account } from '../../../bridge/schema/domain.js';
import { besideText, type BesideName } from '../../../bridge/fleet/beside-names.js';
import type { Section } from '../../state/fleet/arrangement.js';
import type { FleetItem } from '../fleet/fleet-items.js';

/** Panels with more servers start folded. */
const mostUnfolded = 50;

/** Notice below the title of a panel; its height follows the text. */
export interface NoticeItem {
  readonly kind: 'notice';
  readonly key: string;
  readonly accountId: string;
}

type Wellness = Pick<Account, 'state' | 'unreadServers' | 'strangeServers'>;

export type SidebarItem = FleetItem | NoticeItem;

/** Adds the notices of panels. A panel without servers shows no title. */
export function withNotices(
  items: readonly FleetItem[],
  accounts: readonly (Wellness & Pick<Account, 'id'>)[],
  saysNothing: (accountId: string) => boolean,
): SidebarItem[] {
  const well = new Set(accounts.filter(isListComplete).map(({ id }) => id));
  return items.flatMap((item): SidebarItem[] => {
    const accountId = item.kind === 'section' ? item.section.accountId : null;
    if (accountId === null) return [item];
    const hasNotice = !well.has(accountId) || !saysNothing(accountId);
    if (item.kind === 'section' && item.count === 0 && !hasNotice) return [];
    return hasNotice ? [item, { kind: 'notice', key: `notice:${accountId}`, accountId }] : [item];
  });
}

/** Whether the panel's server list was read completely. */
export function isListComplete({ state, unreadServers = 0, strangeServers = 0 }: Wellness): boolean {
  return state.kind === 'ready' && unreadServers === 0 && strangeServers === 0;
}

/** Applies folds: groups as in the table, pins and panels as stored in the settings. */
export function withFolds(sections: readonly Section[], folds: Readonly<Record<string, boolean>>): Section[] {
  return sections.map((section) => {
    if (section.place.kind === 'group') return section;
    const isUsual = section.accountId !== null && section.serverIds.length > mostUnfolded;
    return { ...section, isCollapsed: folds[section.key] ?? isUsual };
  });
}

/** Adds the current server below its title if that is folded. */
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

/** Keys of the sections with servers of several panels. */
export function mixedSections(
  sections: readonly Section[],
  servers: readonly { readonly id: string; readonly accountId: string }[],
): ReadonlySet<string> {
  const panels = new Map(servers.map(({ id, accountId }) => [id, accountId]));
  const isMixed = ({ serverIds }: Section): boolean =>
    new Set(serverIds.map((id) => panels.get(id))).size > 1;
  return new Set(sections.filter((one) => one.accountId === null && isMixed(one)).map(({ key }) => key));
}

/** Text after a name: the panel, for equal names or in a section of several panels. */
export function besideInSidebar(
  beside: BesideName | undefined,
  section: Section | null,
  mixed: ReadonlySet<string>,
): string {
  if (section === null || beside === undefined) return besideText(beside);
  if (section.accountId !== null) return besideText(beside, true);
  return beside.isUnique && !mixed.has(section.key) ? '' : besideText(beside);
}
