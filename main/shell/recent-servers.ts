/** Which servers a person has opened, the latest first: the tray's menu leads to them where it can't hold all. */
import type { View } from '../../bridge/view.js';
import type { SettingsFile } from '../disk/settings.js';

const mostKept = 10;

/** The person sees this view now. What can't be stored is remembered no longer than the settings are: nobody is told. */
export function noteOpened(settings: Pick<SettingsFile, 'current' | 'update'>, view: View): void {
  if (view.kind !== 'server' || settings.current.recent[0] === view.serverId) return;
  const { serverId } = view;
  void settings
    .update(({ recent }) => ({
      recent: [serverId, ...recent.filter((id) => id !== serverId)].slice(0, mostKept),
    }))
    .catch(() => undefined);
}
