/** Rules for dragging servers and groups in the table and the sidebar. */
import type { Anchor, Section } from '../../state/fleet/arrangement.js';
import type { DragRules } from '../../ui/virtual-list/virtual-drag.svelte.js';
import type { FleetControl } from './fleet-control.svelte.js';
import type { FleetItem } from './fleet-items.js';

/** Applies a drop. */
export type Arranger = Pick<FleetControl, 'place' | 'moveGroup'>;

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
      // A drop above a title would mean the end of the previous section; the last row of that section takes such
      // drops.
      if (!isServer(over) && side === 'before') return false;
      // Panel sections are sorted by name, so a server cannot move within them.
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

/** A drop on a title puts the server first in that section. */
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

/** Group of a title or of a server. */
function groupOf(item: object): string | null {
  const place = sectionOf(item)?.place;
  return place?.kind === 'group' ? place.groupId : null;
}
