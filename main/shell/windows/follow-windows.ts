import type { CopiedKeys } from '../../actions/copied-keys.js';
import type { Interests } from '../../fleet/interests.js';
import type { Feeds } from '../../ipc/feeds.js';
import type { Presses } from '../../ipc/presses.js';
import type { Windows } from './windows.js';

interface Followers {
  readonly feeds: Pick<Feeds, 'endAll' | 'setVisible'>;
  readonly interests: Pick<Interests, 'windowLeft' | 'setInSight'>;
  readonly copiedKeys: Pick<CopiedKeys, 'pageLeft'>;
  readonly presses: Pick<Presses, 'seen' | 'left'>;
}

/** Tells whoever serves windows which of them are there, which are looked at, and where a person presses something. */
export function followWindows(
  windows: Pick<Windows, 'listen'>,
  { feeds, interests, copiedKeys, presses }: Followers,
): void {
  windows.listen((event) => {
    const { webContentsId } = event;
    if (event.kind === 'left') {
      feeds.endAll(webContentsId);
      interests.windowLeft(webContentsId);
      copiedKeys.pageLeft(webContentsId);
      presses.left(webContentsId);
    } else if (event.kind === 'pressed') {
      presses.seen(webContentsId);
    } else {
      feeds.setVisible(webContentsId, event.visible);
      interests.setInSight(webContentsId, event.visible);
    }
  });
}
