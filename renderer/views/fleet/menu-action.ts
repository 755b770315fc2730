import type { IconName } from '../../ui/drawings/icons.js';
import type { MenuAction } from '../../ui/menus/menu.js';

/** Action with an icon, whose test id is `menu-` and its name. */
export function action(
  name: string,
  icon: IconName,
  label: string,
  run: () => void,
  more: Pick<MenuAction, 'blocked' | 'danger'> = {},
): MenuAction {
  return { kind: 'action', label, icon, testid: `menu-${name}`, run, ...more };
}
