/** What an entry of the tray's menu is, as plain data. */
import type { View } from '../../../bridge/schema/view.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { AlertAction } from '../notifications/notifications.js';

/** What a pressed entry asks for. */
export type MenuAction =
  | { kind: 'power'; serverId: string; signal: PowerSignal }
  | { kind: 'open-panel'; accountId: string; serverId: string }
  /** A button of a notification, or an entry about them. */
  | { kind: 'alert'; serverId: string; action: AlertAction }
  | { kind: 'view'; view: View }
  /** The main window as it is, or the view that fits. */
  | { kind: 'open' }
  /** The main window with its palette. */
  | { kind: 'palette' }
  | { kind: 'developer-tools' }
  /** Installs the version that is ready. */
  | { kind: 'restart' }
  | { kind: 'quit' };

export type MenuEntry =
  | { kind: 'separator' }
  /** Can't be pressed: a heading, or why something can't be done. */
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: MenuAction }
  | { kind: 'submenu'; label: string; of: SubmenuOf; entries: readonly MenuEntry[] };

/** What a submenu is about, whatever its label says at the moment. */
type SubmenuOf =
  | { kind: 'server' | 'panel'; id: string }
  /** Groups are told apart by their names. */
  | { kind: 'group'; name: string };

export type MenuModel = readonly MenuEntry[];

/** An entry that shows a view in the main window. */
export function viewEntry(label: string, view: View): MenuEntry {
  return { kind: 'action', label, action: { kind: 'view', view } };
}

/** The sections that hold something, with a line between them. */
export function parted(sections: readonly (readonly MenuEntry[])[]): MenuEntry[] {
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, at): readonly MenuEntry[] =>
      at === 0 ? section : [{ kind: 'separator' }, ...section],
    );
}
