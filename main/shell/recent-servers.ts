/** Notes which servers a person opens: the palette, and the tray's menu where it can't hold all, lead to the last ones. */
import type { View } from '../../bridge/view.js';
import { visited } from '../../bridge/visits.js';
import type { SettingsFile } from '../disk/settings.js';

/**
 * The person sees this view since `at`, the system's time. What can't be stored is remembered no longer than the settings
 * are: nobody is told.
 */
export function noteOpened(settings: Pick<SettingsFile, 'current' | 'update'>, view: View, at: number): void {
  if (view.kind !== 'server' || settings.current.visits[0]?.serverId === view.serverId) return;
  const { serverId } = view;
  void settings.update(({ visits }) => ({ visits: visited(visits, serverId, at) })).catch(() => undefined);
}
