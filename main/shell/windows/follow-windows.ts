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

/** Tells the modules that serve windows which windows exist, which are visible, and where the user presses. */
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
