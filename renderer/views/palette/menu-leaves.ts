/** Flattens a menu with folders to its actions, for searching. Pure. */
import type { IconName } from '../../ui/drawings/icons.js';
import type { MenuItem } from '../../ui/menus/menu.js';

export interface MenuLeaf {
  /** `testid` of the item; the same for every server. */
  readonly id: string;
  /** Label with the names of its folders: `Notifications › Mute`. */
  readonly label: string;
  readonly icon: IconName;
  /** Why the item cannot be chosen now; null if it can. */
  readonly blocked: string | null;
  /** Whether the item is the current choice of several. */
  readonly isChecked: boolean;
  run(): void;
}

/** Actions in menu order. */
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
