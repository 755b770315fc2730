import { expect, it, vi } from 'vitest';
import { openInViewer } from './open-in-viewer.js';

const folder = '/home/o/.config/perch/logs';

it('the folder is opened', async () => {
  const openPath = vi.fn((_path: string) => Promise.resolve(''));
  await openInViewer({ folder, openPath });
  expect(openPath).toHaveBeenCalledExactlyOnceWith(folder);
});

it('the error names the folder if the system cannot open it', async () => {
  const openPath = (): Promise<string> => Promise.resolve('Failed to open path');
  await expect(openInViewer({ folder, openPath })).rejects.toMatchObject({
    problem: {
      message: { id: 'desktop.no-file-viewer' },
      next: { id: 'desktop.no-file-viewer-next', values: { folder } },
    },
  });
});
