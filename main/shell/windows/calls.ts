/** Calls of a window about itself: view, height, drafts, visible servers. */
import type { CallTable } from '../../base/calls.js';
import type { Clock } from '../../base/ports.js';
import type { Interests } from '../../fleet/interests.js';
import type { WindowFailures } from '../../ipc/window-failures.js';
import type { RecentServers } from './recent-servers.js';
import type { Windows } from './windows.js';

export interface WindowCallsDeps {
  readonly clock: Pick<Clock, 'wall'>;
  readonly windows: Pick<Windows, 'openMain' | 'close' | 'drawn' | 'setDrafts' | 'setView' | 'setHeight'>;
  readonly recent: Pick<RecentServers, 'show'>;
  readonly interests: Pick<Interests, 'setShown'>;
  readonly failures: Pick<WindowFailures, 'report'>;
  /** A window has drawn its first picture. */
  readonly onDrawn: () => void;
}

export function windowCalls({ clock, windows, recent, interests, failures, onDrawn }: WindowCallsDeps) {
  return {
    'window.open': ({ view }) => windows.openMain(view),
    'window.close': (_input, { webContentsId }) => windows.close(webContentsId),
    'window.drawn': (_input, { webContentsId }) => {
      windows.drawn(webContentsId);
      onDrawn();
    },
    'window.setDrafts': (held, { webContentsId }) => windows.setDrafts(webContentsId, held),
    'window.setView': ({ view }, { webContentsId }) => {
      windows.setView(webContentsId, view);
      recent.show(webContentsId, view, clock.wall());
    },
    'window.setHeight': ({ height }, { webContentsId }) => windows.setHeight(webContentsId, height),
    'window.setShown': ({ serverIds }, { webContentsId }) => interests.setShown(webContentsId, serverIds),
    'window.failed': (failure) => failures.report(failure),
  } satisfies CallTable;
}
