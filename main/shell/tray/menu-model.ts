/** Model of the tray menu: a pure function of the fleet. It has no figures that change every second. */
import type { FleetState } from '../../../bridge/fleet/changes.js';
import { say } from '../../../messages/messages.js';
import { menuText } from '../system/plain-text.js';
import { FleetSections, type SectionPreferences } from './fleet-sections.js';
import { actionEntry, openWindow, parted, viewEntry, type MenuEntry, type MenuModel } from './menu-entry.js';
import { totalsLine } from './totals-line.js';

export interface MenuPreferences extends SectionPreferences {
  /** Number of important events that the user has not seen. */
  readonly unseen: number;
  /** Version that is installed when Perch quits; null = none. */
  readonly update: string | null;
  /** True if the menu has an entry for the developer tools; never in a package. */
  readonly developerTools: boolean;
}

export function menuModel(state: FleetState, wishes: MenuPreferences): MenuModel {
  const { unseen, update, developerTools } = wishes;
  const title: MenuEntry = { kind: 'text', label: totalsLine(state) };
  const news = viewEntry(say('events.unseen', { count: unseen }), { kind: 'events', only: 'news' });
  return parted([
    unseen > 0 ? [title, news] : [title],
    ...(state.accounts.size === 0
      ? [[viewEntry(say('tray.connect'), { kind: 'onboarding' })]]
      : new FleetSections(state, wishes).all()),
    [
      actionEntry(say('tray.open'), openWindow),
      viewEntry(say('tray.settings'), { kind: 'settings' }),
      ...(developerTools ? [actionEntry(say('tray.developer-tools'), { kind: 'developer-tools' })] : []),
      ...(update === null ? [] : [restartEntry(update)]),
      actionEntry(say('tray.quit'), { kind: 'quit' }),
    ],
  ]);
}

function restartEntry(version: string): MenuEntry {
  return actionEntry(menuText(say('updates.tray-restart', { version })), { kind: 'restart' });
}
