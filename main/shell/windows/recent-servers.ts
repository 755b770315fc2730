/**
 * Notes which servers a person opens, and until when they looked at each: the palette, and the tray's menu where it can't
 * hold all, lead to the last ones; what happened since then is unseen. Main alone writes this list: a window that wrote it
 * from its own copy would lose what main has just noted.
 */
import type { View } from '../../../bridge/schema/view.js';
import { looked, visited } from '../../../bridge/settings/visits.js';
import type { SettingsFile } from '../../disk/settings.js';

/** What can't be stored is remembered no longer than the settings are: nobody is told. */
export class RecentServers {
  readonly #settings: Pick<SettingsFile, 'current' | 'update'>;
  /** By the page that shows it: another page has not shown it until now. */
  #shown: { readonly webContentsId: number; readonly serverId: string } | null = null;

  constructor(settings: Pick<SettingsFile, 'current' | 'update'>) {
    this.#settings = settings;
  }

  /** That page shows this view since `at`, the system's time. */
  show(webContentsId: number, view: View, at: number): void {
    const opened = view.kind === 'server' ? view.serverId : null;
    const left = this.#shown?.webContentsId === webContentsId ? this.#shown.serverId : null;
    if (opened === left) return;
    this.#shown = opened === null ? null : { webContentsId, serverId: opened };
    const isLast = opened === this.#settings.current.visits[0]?.serverId;
    if (left === null && (opened === null || isLast)) return;
    void this.#settings
      .update(({ visits }) => {
        const seen = left === null ? visits : looked(visits, left, at);
        return { visits: opened === null ? [...seen] : visited(seen, opened, at) };
      })
      .catch(() => undefined);
  }
}
