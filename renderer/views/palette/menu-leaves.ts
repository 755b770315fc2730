/** The actions of a menu, taken out of their folders, for a list that is searched. Pure. */
import type { IconName } from '../../ui/drawings/icons.js';
import type { MenuItem } from '../../ui/menus/menu.js';

export interface MenuLeaf {
  /** The item's `testid`; the same for every server. */
  readonly id: string;
  /** With the names of its folders before it: `Notifications › Mute`. */
  readonly label: string;
  readonly icon: IconName;
  /** Why the item can't be chosen now; null when it can. */
  readonly blocked: string | null;
  /** The item is the present one of several choices. */
  readonly isChecked: boolean;
  run(): void;
}

/** In the order of the menu. */
export function leavesOf(items: readonly MenuItem[], path = '', icon: IconName = 'into'): MenuLeaf[] {
  return items.flatMap((item): MenuLeaf[] => {
    if (item.kind === 'line') return [];
    const label = `${path}${item.label}`;
    if (item.kind === 'folder') return leavesOf(item.items, `${label} › `, item.icon ?? icon);
    const { testid, blocked = null, checked = false } = item;
    return [
      {
        id: testid ?? label,
        label,
        icon: item.icon ?? icon,
        blocked,
        isChecked: checked,
        run: () => item.run(),
      },
    ];
  });
}
