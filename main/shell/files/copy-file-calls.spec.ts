import type { OpenDialogOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { copyFileCalls } from './copy-file-calls.js';

function setUp(chosen: string | null, known: string | null) {
  const asked: OpenDialogOptions[] = [];
  const openPath = vi.fn((_path: string) => Promise.resolve(''));
  const setFolder = vi.fn((_folder: string) => Promise.resolve());
  const calls = copyFileCalls({
    dialog: {
      showOpenDialog: (options: unknown) => {
        asked.push(options as OpenDialogOptions);
        return Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
      },
    },
    folder: '/downloads',
    openPath,
    copies: {
      setFolder,
      folderOf: (serverId) =>
        known === null ? Promise.reject(new Error('none')) : Promise.resolve(`${known}/${serverId ?? ''}`),
    },
  });
  return { calls, asked, openPath, setFolder };
}

it('the person chooses a folder in a dialog that begins at the present one', async () => {
  const first = setUp('/disk/copies', null);
  await first.calls['copies.chooseFolder']();
  expect(first.setFolder).toHaveBeenCalledExactlyOnceWith('/disk/copies');
  expect(first.asked).toMatchObject([
    { defaultPath: '/downloads', properties: ['openDirectory', 'createDirectory'] },
  ]);
  const later = setUp(null, '/disk');
  await later.calls['copies.chooseFolder']();
  expect(later.setFolder).not.toHaveBeenCalled();
  expect(later.asked).toMatchObject([{ defaultPath: '/disk/' }]);
});

it('shows the folder of a server’s copies', async () => {
  const { calls, openPath } = setUp(null, '/disk');
  await calls['copies.show']({ serverId: 'a' });
  expect(openPath).toHaveBeenCalledExactlyOnceWith('/disk/a');
});
