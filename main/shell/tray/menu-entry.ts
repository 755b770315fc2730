/** Entries of the tray menu, as plain data. */
import type { View } from '../../../bridge/schema/view.js';
import type { PowerSignal } from '../../../bridge/schema/domain.js';
import type { AlertAction } from '../notifications/notifications.js';

/** Action of a pressed entry. */
export type TrayAction =
  | { kind: 'power'; serverId: string; signal: PowerSignal }
  | { kind: 'back-up'; serverId: string }
  /** Ends a quiet backup and brings the server back. */
  | { kind: 'bring-back'; serverId: string }
  | { kind: 'open-panel'; accountId: string; serverId: string }
  /** A button of a notification, or a menu entry with the same action. */
  | { kind: 'alert'; serverId: string; action: AlertAction }
  | { kind: 'view'; view: View }
  /** Opens the main window with its current view, or the home view. */
  | { kind: 'open' }
  /** Opens the main window with its palette. */
  | { kind: 'palette' }
  | { kind: 'developer-tools' }
  /** Quits, and starts the ready version. */
  | { kind: 'restart' }
  | { kind: 'quit' };

export type MenuEntry =
  | { kind: 'separator' }
  /** An entry without an action: a heading, or a reason. */
  | { kind: 'text'; label: string }
  | { kind: 'action'; label: string; action: TrayAction }
  | { kind: 'submenu'; label: string; of: SubmenuOf; entries: readonly MenuEntry[] };

/** Subject of a submenu, independent of its label. */
type SubmenuOf =
  | { kind: 'server' | 'panel'; id: string }
  /** Groups are identified by name. */
  | { kind: 'group'; name: string };

export type MenuModel = readonly MenuEntry[];

export const openWindow: TrayAction = { kind: 'open' };

export function actionEntry(label: string, action: TrayAction): MenuEntry {
  return { kind: 'action', label, action };
}

/** An entry that opens a view in the main window. */
export function viewEntry(label: string, view: View): MenuEntry {
  return actionEntry(label, { kind: 'view', view });
}

/** The non-empty sections, with separators between them. */
export function parted(sections: readonly (readonly MenuEntry[])[]): MenuEntry[] {
  return sections
    .filter((section) => section.length > 0)
    .flatMap((section, at): readonly MenuEntry[] =>
      at === 0 ? section : [{ kind: 'separator' }, ...section],
    );
}
