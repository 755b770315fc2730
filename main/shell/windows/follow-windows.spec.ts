import { expect, it, vi } from 'vitest';
import { followWindows } from './follow-windows.js';
import type { PageEvent } from './page.js';

it('a page that leaves ends its services and its copied key; hiding the window does not', () => {
  let tell: (event: PageEvent) => void = () => undefined;
  const feeds = { endAll: vi.fn(), setVisible: vi.fn() };
  const interests = { windowLeft: vi.fn(), setInSight: vi.fn() };
  const copiedKeys = { pageLeft: vi.fn() };
  const presses = { seen: vi.fn(), left: vi.fn() };
  const windows = {
    listen: (listener: typeof tell) => {
      tell = listener;
      return () => undefined;
    },
  };
  followWindows(windows, { feeds, interests, copiedKeys, presses });
  const ends = [feeds.endAll, interests.windowLeft, copiedKeys.pageLeft, presses.left];
  tell({ kind: 'visibility', webContentsId: 7, visible: false });
  for (const end of ends) expect(end).not.toHaveBeenCalled();
  tell({ kind: 'pressed', webContentsId: 7 });
  expect(presses.seen).toHaveBeenCalledExactlyOnceWith(7);
  expect(feeds.setVisible).toHaveBeenCalledOnce();
  tell({ kind: 'left', webContentsId: 7 });
  for (const end of ends) expect(end).toHaveBeenCalledExactlyOnceWith(7);
});
