/**
 * Servers that the user has opened, and when the user last looked at each.
 *
 * The palette and the tray menu of a large fleet list the latest ones; later events of a server count as unseen. Only
 * main writes this list: a window would write an old copy over main's changes.
 */
import type { View } from '../../../bridge/schema/view.js';
import { looked, visited } from '../../../bridge/settings/visits.js';
import type { MemoryFile } from '../../disk/memory.js';

/** Failed writes are ignored: the list is then lost when Perch quits. */
export class RecentServers {
  /** The server shown now, and the page that shows it. */
  #shown: { readonly webContentsId: number; readonly serverId: string } | null = null;

  constructor(private readonly memory: Pick<MemoryFile, 'current' | 'update'>) {}

  /** Records that a page shows a view since `at` (wall-clock time). */
  show(webContentsId: number, view: View, at: number): void {
    const opened = view.kind === 'server' ? view.serverId : null;
    const left = this.#shown?.webContentsId === webContentsId ? this.#shown.serverId : null;
    if (opened === left) return;
    this.#shown = opened === null ? null : { webContentsId, serverId: opened };
    const isLast = opened === this.memory.current.visits[0]?.serverId;
    if (left === null && (opened === null || isLast)) return;
    void this.memory
      .update(({ visits }) => {
        const seen = left === null ? visits : looked(visits, left, at);
        return { visits: opened === null ? [...seen] : visited(seen, opened, at) };
      })
      .catch(() => undefined);
  }
}
