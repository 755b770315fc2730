/** The rows of the popover: what has crashed on top, then pins, groups and panels as the person arranged them. Pure. */
import type { Account, Server } from '../../../bridge/domain.js';
import type { Finds } from '../../search/find-servers.js';
import { sectionsOf, type Arrangement, type Listed } from '../../state/arrangement.js';
import { bestFirst, itemsBySection, serverItems } from '../fleet/fleet-items.js';
import { withNotices, type SidebarItem } from '../sidebar/sidebar-items.js';

export interface PopoverWorld {
  readonly servers: readonly Listed[];
  readonly accounts: readonly Account[];
  readonly arrangement: Arrangement;
  /** Ids of those that stand on top, in this order. */
  readonly top: readonly string[];
  /** null where nothing is searched for. */
  readonly found: Finds | null;
}

/** Whether it has crashed, or went offline unseen and not by Perch, and nobody has started it since. */
export function standsOnTop(server: Pick<Server, 'crashedAt' | 'power'> | undefined): boolean {
  return server !== undefined && server.crashedAt !== null && server.power !== 'running';
}

export function popoverItems({ servers, accounts, arrangement, top, found }: PopoverWorld): SidebarItem[] {
  const onTop = new Set(top);
  const others = servers.filter(({ id }) => !onTop.has(id));
  const sections = sectionsOf(others, accounts, arrangement);
  const rows = itemsBySection(found === null ? sections : bestFirst(sections, found), {
    found,
    order: (ids) => ids,
  }).filter((item) => item.kind === 'server' || item.count > 0 || item.section.accountId !== null);
  return [...serverItems(top), ...withNotices(rows, accounts, () => true)];
}
