/** Actions on files in the Files tab: keys, menus, questions and refusals. */
import { cleanup, screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { FilesPage, serverId } from '../../../../tests/support/files-page.js';

const some = [aFolder('plugins'), aFolder('world'), aFile('eula.txt'), aFile('server.properties')];
let page: FilesPage;

beforeEach(() => {
  page = new FilesPage();
});

it('make a folder, and the focus goes to its row', async () => {
  await page.shows(some);
  await page.fromNew('new-folder');
  const field = screen.getByLabelText('Name');
  await page.user.type(field, 'world');
  expect(screen.getByTestId('file-go').getAttribute('aria-disabled')).toBe('true');
  await page.user.clear(field);
  await page.user.type(field, 'PLUGINS');
  expect(screen.getByTestId('file-name-dialog').textContent).toContain('upper and lower case');
  await page.user.clear(field);
  await page.user.type(field, 'backups{Enter}');
  expect(page.sent('files.createFolder')).toEqual([{ serverId, folder: '/', name: 'backups' }]);
  await waitFor(() => expect(screen.queryByTestId('file-name-dialog')).toBeNull());
  await page.becomes([...some, aFolder('backups')]);
  await waitFor(() => expect(page.focused()).toBe('backups'));
});

it('of a folder that was left meanwhile move neither the focus nor the selection of the next one', async () => {
  await page.shows(some);
  const made = page.bridge.hold('files.createFolder');
  await page.fromNew('new-folder');
  await page.user.type(screen.getByLabelText('Name'), 'backups{Enter}');
  page.state.navigation.go({ kind: 'server', serverId, tab: 'files', folder: '/world' });
  await waitFor(() => expect(page.folder()).toBe('/world'));
  await page.reads([aFile('a.txt'), aFile('backups')]);
  await waitFor(() => expect(page.focused()).toBe('a.txt'));
  made(undefined);
  await page.becomes([aFile('a.txt'), aFile('backups')]);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(page.focused()).toBe('a.txt');
});

it('rename with F2, and say in the dialog why the panel refuses', async () => {
  await page.shows(some);
  page.bridge.refuse('files.move', aProblem('forbidden'));
  await page.focusOn('eula.txt');
  await page.user.keyboard('{F2}');
  await page.user.keyboard('licence{Enter}');
  expect(page.sent('files.move')).toEqual([
    { serverId, folder: '/', moves: [{ from: 'eula.txt', to: '/licence.txt' }], replace: false },
  ]);
  expect(await screen.findByTestId('file-problem')).toBeTruthy();
  await page.user.click(screen.getByTestId('file-cancel'));
  await waitFor(() => expect(page.focused()).toBe('eula.txt'));
});

it('ask before files are deleted: how many, which, and that folders go with their content', async () => {
  await page.shows(some);
  await page.focusOn('plugins');
  await page.user.keyboard(' {ArrowDown}{ArrowDown} {Delete}');
  const question = screen.getByTestId('file-delete-question');
  expect(question.textContent).toContain('Delete 2 files?');
  expect(screen.getByTestId('file-names').textContent).toContain('plugins/');
  expect(question.textContent).toContain('The folder is deleted with its content.');
  expect(document.activeElement).toBe(screen.getByTestId('file-cancel'));
  await page.user.click(screen.getByTestId('file-go'));
  expect(page.sent('files.delete')).toEqual([{ serverId, folder: '/', names: ['plugins', 'eula.txt'] }]);
  await page.becomes([aFolder('world'), aFile('server.properties')]);
  await waitFor(() => expect(page.focused()).toBe('server.properties'));
});

it('never replace a folder, and ask before an archive is unpacked among other files', async () => {
  await page.shows(some);
  await page.reads([aFile('world.tar.gz'), aFolder('world')]);
  await page.fromMenu('world.tar.gz', 'unpack');
  expect(screen.getByTestId('file-unpack-question').textContent).toContain('no panel names them');
  await page.user.click(screen.getByTestId('file-go'));
  expect(page.sent('files.unpack')).toEqual([{ serverId, folder: '/', name: 'world.tar.gz', replace: true }]);
  const there = { kind: 'folder', bytes: 0, modifiedAt: 1 } as const;
  page.bridge.refuse('files.move', {
    ...aProblem('conflict'),
    taken: [{ path: '/world', there, mine: null }],
  });
  await page.fromMenu('world.tar.gz', 'rename');
  await page.user.clear(screen.getByLabelText('Name'));
  await page.user.type(screen.getByLabelText('Name'), 'worlds{Enter}');
  expect(await screen.findByTestId('file-replace-question')).toBeTruthy();
  expect(screen.getByTestId('file-go').getAttribute('aria-disabled')).toBe('true');
});

it('that were the last of their folder leave the focus in the list', async () => {
  const keys: string[] = [];
  for (const isLate of [false, true]) {
    page = new FilesPage();
    cleanup();
    await page.shows([aFile('a.txt')]);
    await page.focusOn('a.txt');
    const gone = page.bridge.hold('files.delete');
    await page.user.keyboard('{Delete}');
    await page.user.click(screen.getByTestId('file-go'));
    if (!isLate) await page.becomes([]);
    gone(undefined);
    await waitFor(() => expect(screen.queryByTestId('file-delete-question')).toBeNull());
    if (isLate) await page.becomes([]);
    await waitFor(() =>
      expect(document.activeElement, `late ${isLate}`).toBe(screen.getByTestId('files-list')),
    );
    keys.push(document.activeElement?.getAttribute('tabindex') ?? '');
  }
  expect(keys).toEqual(['0', '0']);
});

it('set permissions by digits and by switches', async () => {
  await page.shows(some);
  await page.fromMenu('eula.txt', 'mode');
  await page.user.click(screen.getByRole('switch', { name: 'Group, Write' }));
  expect((screen.getByTestId('file-mode') as HTMLInputElement).value).toBe('664');
  await page.user.clear(screen.getByTestId('file-mode'));
  await page.user.type(screen.getByTestId('file-mode'), '8');
  expect(screen.getByTestId('file-go').getAttribute('aria-disabled')).toBe('true');
  await page.user.clear(screen.getByTestId('file-mode'));
  await page.user.type(screen.getByTestId('file-mode'), '600{Enter}');
  expect(page.sent('files.chmod')).toEqual([{ serverId, folder: '/', names: ['eula.txt'], mode: '600' }]);
});

it('duplicate, pack, copy the path, and let the node fetch an address', async () => {
  await page.shows(some);
  await page.fromMenu('eula.txt', 'duplicate');
  expect(page.sent('files.copy')).toEqual([{ serverId, path: '/eula.txt' }]);
  page.bridge.answer('files.pack', { name: 'archive.tar.gz' });
  await page.fromMenu('world', 'pack');
  expect(page.sent('files.pack')).toEqual([{ serverId, folder: '/', names: ['world'] }]);
  await page.fromMenu('world', 'copy-path');
  expect(page.sent('clipboard.write')).toEqual([{ text: '/world' }]);
  await page.fromNew('fetch');
  await page.user.type(screen.getByLabelText('Address'), 'ftp://x{Enter}');
  expect(page.sent('files.pull')).toEqual([]);
  await page.user.clear(screen.getByLabelText('Address'));
  await page.user.type(screen.getByLabelText('Address'), 'https://example.com/a.jar{Enter}');
  expect(page.sent('files.pull')).toEqual([
    { serverId, folder: '/', url: 'https://example.com/a.jar', name: null, replace: false },
  ]);
});

it('that are not allowed stay in the menu and say which permission is missing', async () => {
  await page.shows(some, { isOwner: false, permissions: ['file.read'] });
  const item = await page.fromMenu('eula.txt', 'delete');
  expect(item.getAttribute('aria-description')).toContain('file.delete');
  expect(screen.queryByTestId('file-delete-question')).toBeNull();
  await page.user.keyboard('{Escape}');
  await page.focusOn('eula.txt');
  await page.user.keyboard('{Delete}');
  expect(screen.getByTestId('files-count').textContent).toContain('file.delete');
});

it('on a name that a panel would cut are blocked in words', async () => {
  await page.shows([aFolder(' world')]);
  await page.user.click(page.row(' world'));
  expect(screen.getByTestId('files-count').textContent).toContain('“ world”');
  expect(page.folder()).toBe('/');
});

it('share the text of a file, but of no archive', async () => {
  await page.shows([aFile('latest.log'), aFile('old.tar.gz'), aFolder('world')]);
  await page.fromMenu('latest.log', 'share');
  expect(page.state.sharing.wanted).toEqual({ serverId, title: 'latest.log', path: '/latest.log' });
  page.state.sharing.close();
  const archive = await page.fromMenu('old.tar.gz', 'share');
  expect(archive.getAttribute('aria-description')).toContain('Unpack it first');
  expect(page.state.sharing.wanted).toBeNull();
});

it('show the earlier texts of a file, blocked without the permission to read contents', async () => {
  await page.shows(some);
  page.bridge.answer('texts.open', { opened: { kind: 'refused', why: 'binary' }, draft: null });
  await page.fromMenu('eula.txt', 'earlier');
  expect((await screen.findByTestId('revisions')).textContent).toContain('Earlier texts of eula.txt');
  expect(page.sent('texts.open')).toEqual([{ serverId, path: '/eula.txt' }]);
  await page.user.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByTestId('revisions')).toBeNull();
  await page.serverBecomes({ permissions: ['file.read'] });
  const entry = await page.fromMenu('eula.txt', 'earlier');
  expect(entry.getAttribute('aria-disabled')).toBe('true');
  expect(screen.queryByTestId('revisions')).toBeNull();
});

it('watch a file or no more, and say which file is too large for that', async () => {
  await page.shows([aFile('mine.yml'), aFile('world.zip', { bytes: 300_000 }), aFile('eula.txt')]);
  const entry = async (name: string): Promise<HTMLElement> => {
    await page.user.click(within(page.row(name)).getByTestId('file-more'));
    return screen.getByTestId('file-watch');
  };
  expect((await entry('world.zip')).getAttribute('aria-disabled')).toBe('true');
  expect(screen.getByTestId('file-watch').getAttribute('data-tip')).toContain('up to 256 KiB');
  await page.user.keyboard('{Escape}');
  expect((await entry('mine.yml')).getAttribute('aria-checked')).toBe('false');
  await page.user.keyboard('{Escape}');
  await page.user.click(await entry('mine.yml'));
  expect(page.sent('settings.update')).toEqual([
    { watchedFiles: { [serverId]: { added: ['/mine.yml'], taken: [] } } },
  ]);
});
