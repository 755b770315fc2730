/** The menu of a group and the keys that order it, wherever its title stands. */
import { tick } from 'svelte';
import type { Section } from '../../state/fleet/arrangement.js';
import { isMenuKey, menuSpot } from '../../ui/menus/menu.js';
import type { FleetControl } from '../fleet/fleet-control.svelte.js';

type OnElement<E> = E & { currentTarget: HTMLElement };
type Controlled = Pick<FleetControl, 'menu' | 'stepGroup'>;

/** Pins and panels have no menu, nor the browser's. */
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
    // What changes its place loses the focus.
    void tick().then(() => currentTarget.focus());
  } else return;
  event.preventDefault();
  event.stopPropagation();
}
