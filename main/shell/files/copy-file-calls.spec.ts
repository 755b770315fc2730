import type { OpenDialogOptions } from 'electron';
import { expect, it, vi } from 'vitest';
import { copyFileCalls } from './copy-file-calls.js';

function setUp(chosen: string | null, known: string | null) {
  const asked: OpenDialogOptions[] = [];
  const saved: unknown[] = [];
  const openPath = vi.fn((_path: string) => Promise.resolve(''));
  const setFolder = vi.fn((_folder: string) => Promise.resolve());
  const calls = copyFileCalls({
    dialog: {
      showOpenDialog: (options: unknown) => {
        asked.push(options as OpenDialogOptions);
        return Promise.resolve({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] });
      },
      showSaveDialog: (options: unknown) => {
        asked.push(options as OpenDialogOptions);
        return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
      },
    },
    copyContents: {
      save: (of, place) => {
        saved.push({ ...of, ...place });
        return Promise.resolve(place.file);
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
  return { calls, asked, openPath, setFolder, saved };
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

it('a file of a copy goes where the person says, whatever its name in the archive is', async () => {
  const of = { serverId: 'a', backup: 'b1', path: 'world/..:evil?.dat ' };
  const { calls, asked, saved } = setUp('/none/level.dat', null);
  expect(await calls['copies.saveFile'](of)).toEqual({ path: '/none/level.dat' });
  expect(saved).toEqual([{ ...of, folder: '/none', file: 'level.dat', ifTaken: 'number' }]);
  expect(asked).toMatchObject([
    { defaultPath: '/downloads/evil .dat', properties: ['showOverwriteConfirmation', 'createDirectory'] },
  ]);
  const refused = setUp(null, null);
  expect(await refused.calls['copies.saveFile'](of)).toEqual({ path: null });
  expect(refused.saved).toEqual([]);
});
