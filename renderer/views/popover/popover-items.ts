/**
 * Rows of the popover: servers in trouble first, then pins, groups and panels as arranged. Large fleets show only a
 * selection, as in the tray menu. Pure.
 */
import type { Account, Server } from '../../../bridge/schema/domain.js';
import type { Finds } from '../../search/find-servers.js';
import { say } from '../../../messages/messages.js';
import {
  newSection,
  pinnedSection,
  sectionsOf,
  type Arrangement,
  type Listed,
} from '../../state/fleet/arrangement.js';
import { bestFirst, itemsBySection, serverItems } from '../fleet/fleet-items.js';
import { isListComplete, withNotices, type NoticeItem, type SidebarItem } from '../sidebar/sidebar-items.js';

export interface PopoverWorld {
  readonly servers: readonly Listed[];
  readonly accounts: readonly Account[];
  readonly arrangement: Arrangement;
  /** Ids of the rows on top, in this order. */
  readonly top: readonly string[];
  /** null without a search. */
  readonly found: Finds | null;
  /** Ids of opened servers, latest first. */
  readonly recent: readonly string[];
  /** Ids of running servers in fleet order; they fill the short list of a large fleet. */
  readonly running: readonly string[];
}

/** Largest fleet that is listed completely, as in the tray menu. */
export const mostListed = 30;
/** Minimum rows for a large fleet, if enough servers run. */
const fewest = 8;

/** Whether the server crashed, or went offline unobserved and not by Perch, and does not run yet. */
export function standsOnTop(server: Pick<Server, 'crashedAt' | 'power'> | undefined): boolean {
  return server !== undefined && server.crashedAt !== null && server.power !== 'running';
}

export function popoverItems(world: PopoverWorld): SidebarItem[] {
  const { servers, accounts, arrangement, top, found } = world;
  if (found === null && servers.length > mostListed) return ofMany(world);
  const onTop = new Set(top);
  const others = servers.filter(({ id }) => !onTop.has(id));
  // Counts only the listed servers, so that titles without rows disappear.
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

/** Rows of a large fleet: trouble, pins, recently opened servers, and running ones as filler. */
function ofMany({ servers, accounts, arrangement, top, recent, running }: PopoverWorld): SidebarItem[] {
  const left = new Set(servers.map(({ id }) => id));
  const take = (ids: readonly string[]): string[] => ids.filter((id) => left.delete(id));
  const onTop = take(top);
  const pinned = take(arrangement.pins);
  const opened = take(recent);
  const missing = Math.max(0, fewest - onTop.length - pinned.length - opened.length);
  const others = take(running).slice(0, missing);
  const sections = [
    pinnedSection(pinned),
    newSection('recent', say('popover.recent'), opened),
    newSection('running', say('popover.running'), others),
  ].filter(({ serverIds }) => serverIds.length > 0);
  const notices = accounts
    .filter((account) => !isListComplete(account))
    .map(({ id }): NoticeItem => ({ kind: 'notice', key: `notice:${id}`, accountId: id }));
  const rows = itemsBySection(sections, { found: null, order: (ids) => ids });
  return [...notices, ...serverItems(onTop), ...rows];
}
