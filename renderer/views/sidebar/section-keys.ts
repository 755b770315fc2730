/** Context menu and ordering keys of a group's title. */
import { tick } from 'svelte';
import type { Section } from '../../state/fleet/arrangement.js';
import { isMenuKey, menuSpot } from '../../ui/menus/menu.js';
import type { FleetControl } from '../fleet/fleet-control.svelte.js';

type OnElement<E> = E & { currentTarget: HTMLElement };
type Controlled = Pick<FleetControl, 'menu' | 'stepGroup'>;

/** Opens the menu of a group; pins and panels have none, and the browser's menu stays closed. */
export function sectionMenu(
  event: OnElement<MouseEvent | KeyboardEvent>,
  control: Controlled,
  { place }: Pick<Section, 'place'>,
): void {
  event.preventDefault();
  if (place.kind !== 'group') return;
  const spot = menuSpot(event, event.currentTarget);
  control.menu = { kind: 'group', groupId: place.groupId, spot };
}

export function sectionKeys(
  event: OnElement<KeyboardEvent>,
  control: Controlled,
  section: Pick<Section, 'place'>,
): void {
  const { currentTarget, key, altKey } = event;
  if (section.place.kind !== 'group') return;
  if (isMenuKey(event)) sectionMenu(event, control, section);
  else if (altKey && (key === 'ArrowUp' || key === 'ArrowDown')) {
    control.stepGroup(section.place.groupId, key === 'ArrowUp' ? -1 : 1);
    // Moving an element removes its focus.
    void tick().then(() => currentTarget.focus());
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
