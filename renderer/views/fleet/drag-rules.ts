/** What may be dragged where in a list of servers, in the table as in the sidebar. */
import type { Anchor, Section } from '../../state/fleet/arrangement.js';
import type { DragRules } from '../../ui/virtual-list/virtual-drag.svelte.js';
import type { FleetItem } from './fleet-items.js';

/** The part of `FleetControl` that carries it out. */
export interface Arranger {
  place(serverIds: readonly string[], to: Section['place'], anchor: Anchor | null): void;
  moveGroup(groupId: string, anchor: Anchor): void;
}

export function dragRules<T extends { readonly key: string }>(
  control: Arranger,
  isOrderedByHand: () => boolean,
): DragRules<T> {
  return {
    canDrag: (item) => isOrderedByHand() && (isServer(item) || groupOf(item) !== null),
    canDrop: (item, over, side) => {
      const section = sectionOf(over);
      if (section === null) return false;
      if (!isServer(item)) return groupOf(over) !== null && groupOf(over) !== groupOf(item);
      // Above a title is the end of another section, which that section's last row stands for.
      if (!isServer(over) && side === 'before') return false;
      // Below its panel a server stands by name: one that is there already has no other place to go.
      return section.place.kind !== 'rest' || sectionOf(item)?.place.kind !== 'rest';
    },
    drop: (item, over, side) => {
      const section = sectionOf(over);
      if (section === null) return;
      const dragged = groupOf(item);
      const target = groupOf(over);
      if (isServer(item)) control.place([item.key], section.place, anchorAt(section, over, side));
      else if (dragged !== null && target !== null) control.moveGroup(dragged, { id: target, side });
    },
  };
}

/** Dropped on a title: first of its section. */
function anchorAt(section: Section, over: { readonly key: string }, side: Anchor['side']): Anchor | null {
  if (isServer(over)) return { id: over.key, side };
  const [first] = section.serverIds;
  return first === undefined ? null : { id: first, side: 'before' };
}

function isServer(item: object): boolean {
  return 'kind' in item && item.kind === 'server';
}

function sectionOf(item: object): Section | null {
  return 'section' in item ? (item as FleetItem).section : null;
}

/** The group whose title this is, or in which this server stands. */
function groupOf(item: object): string | null {
  const place = sectionOf(item)?.place;
  return place?.kind === 'group' ? place.groupId : null;
}
