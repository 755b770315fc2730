/**
 * The rows of the popover: what is in trouble on top, then pins, groups and panels as the person arranged them. Of many
 * servers those that a person looks for, as the tray's menu does. Pure.
 */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { Finds } from '../../search/find-servers.js';
import { say } from '../../../messages/messages.js';
import { sectionsOf, type Arrangement, type Listed, type Section } from '../../state/fleet/arrangement.js';
import { bestFirst, itemsBySection, serverItems } from '../fleet/fleet-items.js';
import { isWell, withNotices, type NoticeItem, type SidebarItem } from '../sidebar/sidebar-items.js';

export interface PopoverWorld {
  readonly servers: readonly Listed[];
  readonly accounts: readonly Account[];
  readonly arrangement: Arrangement;
  /** Ids of those that stand on top, in this order. */
  readonly top: readonly string[];
  /** null where nothing is searched for. */
  readonly found: Finds | null;
  /** Ids of those that the person has opened, the latest first. */
  readonly recent: readonly string[];
  /** Ids of those that run, in the order of the inOrder: of many servers some of them fill a list that would be short. */
  readonly running: readonly string[];
}

/** A list of all is of use up to here, as in the tray's menu. */
export const mostListed = 30;
/** A short list of many servers has so many at least, where enough run. */
const fewest = 8;

/** Whether it has crashed, or went offline unseen and not by Perch, and nobody has started it since. */
export function standsOnTop(server: Pick<Server, 'crashedAt' | 'power'> | undefined): boolean {
  return server !== undefined && server.crashedAt !== null && server.power !== 'running';
}

export function popoverItems(world: PopoverWorld): SidebarItem[] {
  const { servers, accounts, arrangement, top, found } = world;
  if (found === null && servers.length > mostListed) return ofMany(world);
  const onTop = new Set(top);
  const others = servers.filter(({ id }) => !onTop.has(id));
  // Nothing is counted here, and a title without rows is none.
  const sections = sectionsOf(others, accounts, arrangement).map((section) => ({
    ...section,
    allIds: section.serverIds,
  }));
  const rows = itemsBySection(found === null ? sections : bestFirst(sections, found), {
    found,
    order: (ids) => ids,
  }).filter((item) => item.kind === 'server' || item.count > 0 || item.section.accountId !== null);
  return [...serverItems(top), ...withNotices(rows, accounts, () => true)];
}

/** Trouble, pins, and those that were opened last; never all of them from A on. */
function ofMany({ servers, accounts, arrangement, top, recent, running }: PopoverWorld): SidebarItem[] {
  const left = new Set(servers.map(({ id }) => id));
  const take = (ids: readonly string[]): string[] => ids.filter((id) => left.delete(id));
  const onTop = take(top);
  const pinned = take(arrangement.pins);
  const opened = take(recent);
  const missing = Math.max(0, fewest - onTop.length - pinned.length - opened.length);
  const others = take(running).slice(0, missing);
  const sections = [
    sectionOf('pinned', null, pinned),
    sectionOf('recent', say('popover.recent'), opened),
    sectionOf('running', say('popover.running'), others),
  ].filter(({ serverIds }) => serverIds.length > 0);
  const notices = accounts
    .filter((account) => !isWell(account))
    .map(({ id }): NoticeItem => ({ kind: 'notice', key: `notice:${id}`, accountId: id }));
  const rows = itemsBySection(sections, { found: null, order: (ids) => ids });
  return [...notices, ...serverItems(onTop), ...rows];
}

function sectionOf(name: string, title: string | null, serverIds: readonly string[]): Section {
  const place = { kind: name === 'pinned' ? 'pinned' : 'rest' } as const;
  return { key: name, title, place, accountId: null, isCollapsed: false, serverIds, allIds: serverIds };
}
