/** Files of the desktop that a person drops onto the Files tab. */
import { fireEvent, screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { FilesPage, serverId } from '../../../../tests/support/files-page.js';

let page: FilesPage;

beforeEach(async () => {
  page = new FilesPage();
  page.bridge.answer('files.upload', { transfers: ['t'], leftOut: 0 });
  await page.shows([aFolder('plugins'), aFile('eula.txt')]);
});

/** A drag of these names from the desktop; one that ends with a slash is a folder. */
function dragOf(...names: string[]): object {
  const items = names.map((name) => ({
    kind: 'file',
    getAsFile: () => new File(['x'], name.replace('/', '')),
    webkitGetAsEntry: () => ({ isDirectory: name.endsWith('/') }),
  }));
  return { dataTransfer: { types: ['Files'], items, dropEffect: 'none' } };
}

const tab = (): HTMLElement => screen.getByTestId('files-tab');
const hint = (): string | undefined => screen.queryByTestId('drop-hint')?.textContent.trim();
/** jsdom has no drag events, so a mouse event carries where the pointer goes. */
const leavesTo = (relatedTarget: Element): Promise<boolean> =>
  fireEvent(tab(), new MouseEvent('dragleave', { bubbles: true, relatedTarget }));
const question = (): HTMLElement | null => screen.queryByTestId('file-upload-question');

it('says where the files would go, and nothing once they leave', async () => {
  await fireEvent.dragOver(page.row('plugins'), dragOf('a.jar'));
  expect(hint()).toBe('Drop to upload into “/plugins”');
  expect(page.row('plugins').classList).toContain('target');
  await fireEvent.dragOver(page.row('eula.txt'), dragOf('a.jar'));
  expect(hint()).toBe('Drop to upload into “The server’s folder”');
  await leavesTo(page.row('plugins'));
  expect(hint()).toBeDefined();
  await leavesTo(document.body);
  expect(hint()).toBeUndefined();
});

it('asks with the names, their number and the folder, then uploads', async () => {
  await fireEvent.drop(tab(), dragOf('a.jar', 'world/', 'a.jar'));
  expect(hint()).toBeUndefined();
  expect(question()?.textContent).toMatch(
    /Upload 1 folder, 2 files\?.*Into “The server’s folder”.*a\.jar.*world\/.*a\.jar/s,
  );
  expect(page.sent('files.upload')).toEqual([]);
  expect(document.activeElement).toBe(screen.getByTestId('file-go'));
  await page.user.keyboard('{Enter}');
  const sources = ['a.jar', 'world', 'a.jar'];
  expect(page.sent('files.upload')).toEqual([{ serverId, folder: '/', what: 'files', sources }]);
  expect(question()).toBeNull();
});

it('uploads into the folder on whose row the files are dropped', async () => {
  await fireEvent.drop(page.row('plugins'), dragOf('a.jar'));
  await page.user.click(screen.getByTestId('file-go'));
  expect(page.sent('files.upload')).toMatchObject([{ folder: '/plugins', sources: ['a.jar'] }]);
});

it('is blocked in words without the permission, and for too many or oddly named files', async () => {
  await fireEvent.drop(tab(), dragOf(' a.jar'));
  expect(screen.getByTestId('file-go').getAttribute('aria-disabled')).toBe('true');
  await page.user.click(screen.getByTestId('file-cancel'));
  await fireEvent.drop(tab(), dragOf(...Array.from({ length: 1001 }, (_, at) => `${at}.jar`)));
  expect(screen.getByTestId('file-go').getAttribute('aria-disabled')).toBe('true');
  await page.user.click(screen.getByTestId('file-cancel'));
  await page.serverBecomes({ isOwner: false, permissions: ['file.read'] });
  await fireEvent.dragOver(tab(), dragOf('a.jar'));
  expect(hint()).toContain('file.create');
  await fireEvent.drop(tab(), dragOf('a.jar'));
  await tick();
  expect(question()).toBeNull();
  expect(screen.getByTestId('files-count').textContent).toContain('file.create');
});

it('leaves a drag alone that holds no files', async () => {
  const text = { dataTransfer: { types: ['text/plain'], items: [] } };
  expect(await fireEvent.dragOver(tab(), text)).toBe(true);
  expect(hint()).toBeUndefined();
  expect(await fireEvent.drop(tab(), text)).toBe(true);
  expect(question()).toBeNull();
});
