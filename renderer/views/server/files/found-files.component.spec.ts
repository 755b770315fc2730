/** A search in the folders below: from the filter to the row of a found file. */
import { screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { FilesPage, serverId } from '../../../../tests/support/files-page.js';

let page: FilesPage;
const part = { files: [], folders: 0, unread: 0, end: false, cut: null, problem: null };
const found = (path: string) => ({ path, kind: 'file', bytes: 2048, modifiedAt: 1000 });
const texts = () => screen.queryAllByTestId('found-file').map((one) => one.querySelector('bdi')?.textContent);
const isWatched = () => page.bridge.subscriptions.some(({ name, ended }) => name === 'foundFiles' && !ended);

async function finds(query: string): Promise<void> {
  await page.user.type(screen.getByTestId('files-filter'), query);
  await page.user.click(screen.getByTestId('files-find'));
  page.bridge.snapshot('foundFiles', part);
  await tick();
}

beforeEach(async () => {
  page = new FilesPage();
  await page.shows([aFolder('plugins'), aFile('eula.txt')]);
});

it('shows files as they come, and a found one in its folder, with the focus', async () => {
  await finds('config');
  expect(screen.getByTestId('found-notes').textContent).toContain('Searching');
  const files = [found('/plugins/a/config.yml'), found('/plugins/config\u202e.yml')];
  page.bridge.change('foundFiles', { ...part, files, folders: 3 });
  page.bridge.change('foundFiles', { ...part, folders: 4, unread: 1, end: true, cut: 'depth' });
  await tick();
  expect(texts()).toEqual(['plugins/a/config.yml', 'plugins/config[U+202E].yml']);
  expect(screen.getByTestId('found-notes').textContent).toBe(
    '2 files found in 4 folders · Deeper folders were not searched. · 1 folder could not be read.',
  );
  expect(isWatched()).toBe(false);
  screen.getByTestId('files-filter').focus();
  await page.user.keyboard('{ArrowDown}{Enter}');
  expect(page.folder()).toBe('/plugins/a');
  await page.reads([aFile('a.txt'), aFile('config.yml')]);
  await waitFor(() => expect(page.focused()).toBe('config.yml'));
});

it('shows a file once that a panel sends twice', async () => {
  await finds('config');
  const files = [found('/config.yml'), found('/config.yml')];
  page.bridge.change('foundFiles', { ...part, files });
  page.bridge.change('foundFiles', { ...part, files, end: true });
  await tick();
  expect(texts()).toEqual(['config.yml']);
});

it('ends with Esc, with another text in the filter, and in another folder', async () => {
  await finds('x');
  screen.getByTestId('found-close').focus();
  await page.user.keyboard('{Escape}');
  expect([screen.queryByTestId('found-files'), isWatched()]).toEqual([null, false]);
  await page.user.clear(screen.getByTestId('files-filter'));
  await finds('y');
  await page.user.type(screen.getByTestId('files-filter'), 'z');
  expect([screen.queryByTestId('found-files'), isWatched()]).toEqual([null, false]);
  await page.user.clear(screen.getByTestId('files-filter'));
  await finds('y');
  page.state.navigation.go({ kind: 'server', serverId, tab: 'files', folder: '/plugins' });
  await tick();
  expect([screen.queryByTestId('found-files'), isWatched()]).toEqual([null, false]);
});

it('reports an empty result, and why a search ended early', async () => {
  await finds('y');
  page.bridge.change('foundFiles', { ...part, end: true, problem: aProblem('panel-unreachable') });
  await tick();
  expect(screen.getByTestId('found-problem')).toBeTruthy();
  expect(screen.getByTestId('found-files').textContent).not.toContain('“y”');
  await page.user.click(screen.getByTestId('found-close'));
  await page.user.click(screen.getByTestId('files-find'));
  page.bridge.snapshot('foundFiles', { ...part, end: true });
  await tick();
  expect(screen.getByTestId('found-files').textContent).toContain('“y”');
});
