/**
 * The user's order of servers: pins, then groups, then the remaining servers by panel.
 * Pure; the settings store it. A server is in at most one group. Unknown server ids keep their place and are not
 * shown, so that an unreachable panel does not destroy the order.
 */
import type { Account } from '../../../bridge/schema/domain.js';
import type { ServerGroup } from '../../../bridge/schema/setting-parts.js';
import { say } from '../../../messages/messages.js';

export interface Arrangement {
  readonly pins: readonly string[];
  readonly groups: readonly ServerGroup[];
}

/** Mutable form for the settings. */
export interface NewArrangement {
  pins: string[];
  groups: ServerGroup[];
}

/** Place for a server. `rest` = neither pinned nor in a group, listed below its panel. */
export type Place =
  | { readonly kind: 'pinned' }
  | { readonly kind: 'group'; readonly groupId: string }
  | { readonly kind: 'rest' };

/** Entry next to which servers are inserted. */
export interface Anchor {
  readonly id: string;
  readonly side: 'before' | 'after';
}

/** A titled part of the list; every server appears in exactly one section. */
export interface Section {
  readonly key: string;
  /** Name of the group, or the label of the panel; null for the pins (`titleOf`). */
  readonly title: string | null;
  readonly place: Place;
  /** Account of a panel's section; null for pins and groups. */
  readonly accountId: string | null;
  readonly isCollapsed: boolean;
  readonly serverIds: readonly string[];
  /**
   * Servers counted in the title and shown in the section's own view.
   * Pins and groups are labels, so a panel's section contains all of its servers here, including those listed
   * above.
   */
  readonly allIds: readonly string[];
}

export interface Listed {
  readonly id: string;
  readonly accountId: string;
}

/** Sections in display order: pins, groups, then each panel's remaining servers in the order of `servers`. */
export function sectionsOf(
  servers: readonly Listed[],
  accounts: readonly Pick<Account, 'id' | 'label'>[],
  arrangement: Arrangement,
): Section[] {
  const left = new Map(servers.map((server) => [server.id, server]));
  const take = (ids: readonly string[]): string[] => ids.filter((id) => left.delete(id));
  const pinned = take(arrangement.pins);
  const groups = arrangement.groups.map((group) =>
    newSection(`group:${group.id}`, group.name, take(group.serverIds), {
      place: { kind: 'group', groupId: group.id },
      isCollapsed: group.isCollapsed,
    }),
  );
  const rest = [...left.values()];
  const panels = accounts.map(({ id, label }) => {
    const idsIn = (some: readonly Listed[]): string[] =>
      some.filter(({ accountId }) => accountId === id).map((server) => server.id);
    return newSection(`panel:${id}`, label, idsIn(rest), { accountId: id, allIds: idsIn(servers) });
  });
  const pins = pinned.length === 0 ? [] : [pinnedSection(pinned)];
  return [...pins, ...groups, ...panels];
}

export function pinnedSection(serverIds: readonly string[]): Section {
  return newSection('pinned', null, serverIds, { place: { kind: 'pinned' } });
}

/** A section without an account and of the place `rest`, unless `more` says otherwise. */
export function newSection(
  key: string,
  title: string | null,
  serverIds: readonly string[],
  more: Partial<Section> = {},
): Section {
  const place = { kind: 'rest' } as const;
  return { key, title, place, accountId: null, isCollapsed: false, serverIds, allIds: serverIds, ...more };
}

export function titleOf({ title }: Pick<Section, 'title'>): string {
  return title ?? say('fleet.pinned');
}

export function isPinned({ pins }: Arrangement, serverId: string): boolean {
  return pins.includes(serverId);
}

export function groupOf({ groups }: Arrangement, serverId: string): ServerGroup | undefined {
  return groups.find(({ serverIds }) => serverIds.includes(serverId));
}

/** Moves servers, in this order, next to the anchor or to the end. A pinned server stays in its group. */
export function placeServers(
  { pins, groups }: Arrangement,
  serverIds: readonly string[],
  to: Place,
  anchor: Anchor | null = null,
): NewArrangement {
  const moved = new Set(serverIds);
  const without = (ids: readonly string[]): string[] => ids.filter((id) => !moved.has(id));
  if (to.kind === 'pinned') return { pins: insert(pins, serverIds, anchor), groups: [...groups] };
  return {
    pins: without(pins),
    groups: groups.map((group) =>
      to.kind === 'group' && group.id === to.groupId
        ? { ...group, serverIds: insert(group.serverIds, serverIds, anchor) }
        : { ...group, serverIds: without(group.serverIds) },
    ),
  };
}

/** Unpins the servers if all are pinned; otherwise pins those that are not. */
export function togglePins(arrangement: Arrangement, serverIds: readonly string[]): NewArrangement {
  const { pins, groups } = arrangement;
  const loose = serverIds.filter((id) => !pins.includes(id));
  if (loose.length === 0) return { pins: pins.filter((id) => !serverIds.includes(id)), groups: [...groups] };
  return placeServers(arrangement, loose, { kind: 'pinned' });
}

/** Moves servers into a group, or out of their groups (null). Pins stay as they are. */
export function regroup(
  { pins, groups }: Arrangement,
  serverIds: readonly string[],
  groupId: string | null,
): NewArrangement {
  const to: Place = groupId === null ? { kind: 'rest' } : { kind: 'group', groupId };
  return { pins: [...pins], groups: placeServers({ pins: [], groups }, serverIds, to).groups };
}

export function addGroup(
  { pins, groups }: Arrangement,
  { id, name }: Pick<ServerGroup, 'id' | 'name'>,
  serverIds: readonly string[] = [],
): NewArrangement {
  const added = [...groups, { id, name: name.trim(), isCollapsed: false, serverIds: [] }];
  return regroup({ pins, groups: added }, serverIds, id);
}

export function changeGroup(
  { pins, groups }: Arrangement,
  groupId: string,
  fields: Partial<Pick<ServerGroup, 'name' | 'isCollapsed'>>,
): NewArrangement {
  return {
    pins: [...pins],
    groups: groups.map((group) => (group.id === groupId ? { ...group, ...fields } : group)),
  };
}

/** Deletes a group; its servers return below their panels. */
export function deleteGroup({ pins, groups }: Arrangement, groupId: string): NewArrangement {
  return { pins: [...pins], groups: groups.filter(({ id }) => id !== groupId) };
}

export function moveGroup({ pins, groups }: Arrangement, groupId: string, anchor: Anchor): NewArrangement {
  const order = insert(
    groups.map(({ id }) => id),
    [groupId],
    anchor,
  );
  return { pins: [...pins], groups: order.flatMap((id) => groups.filter((group) => group.id === id)) };
}

/** Anchor one step up (-1) or down (1) among the shown entries; null at the end. */
export function stepAnchor(shown: readonly string[], id: string, step: 1 | -1): Anchor | null {
  const at = shown.indexOf(id);
  const neighbour = at === -1 ? undefined : shown[at + step];
  return neighbour === undefined ? null : { id: neighbour, side: step === 1 ? 'after' : 'before' };
}

function insert(ids: readonly string[], moved: readonly string[], anchor: Anchor | null): string[] {
  if (anchor !== null && moved.includes(anchor.id)) return [...ids];
  const kept = ids.filter((id) => !moved.includes(id));
  const at = anchor === null ? -1 : kept.indexOf(anchor.id);
  if (anchor === null || at === -1) return [...kept, ...moved];
  const before = anchor.side === 'before' ? at : at + 1;
  return [...kept.slice(0, before), ...moved, ...kept.slice(before)];
}
