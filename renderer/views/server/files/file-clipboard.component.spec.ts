/** Files that are cut or copied in the Files tab, and pasted. */
import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, expect, it } from 'vitest';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { FilesPage, serverId } from '../../../../tests/support/files-page.js';

const some = [aFolder('plugins'), aFolder('world'), aFile('eula.txt'), aFile('server.properties')];
let page: FilesPage;

beforeEach(() => {
  page = new FilesPage();
});

it('move by cut and paste, and ask with both sizes and ages before files are replaced', async () => {
  await page.shows(some);
  await page.focusOn('eula.txt');
  await page.user.keyboard('{Control>}x{/Control}');
  expect(screen.getByTestId('files-taken').textContent).toContain('“eula.txt”');
  expect(screen.getByTestId('files-paste').getAttribute('aria-disabled')).toBe('true');
  await page.user.click(page.row('world'));
  await page.reads([aFile('eula.txt')]);
  const facts = { kind: 'file', modifiedAt: Date.now() - 7_500_000 } as const;
  page.bridge.refuse('files.move', {
    ...aProblem('conflict'),
    taken: [
      {
        path: '/world/eula.txt',
        there: { ...facts, bytes: 2048 },
        mine: { ...facts, bytes: 10, modifiedAt: Date.now() - 90_000 },
      },
    ],
  });
  await page.user.click(screen.getByTestId('files-paste'));
  const move = { serverId, folder: '/', moves: [{ from: 'eula.txt', to: '/world/eula.txt' }] };
  const question = await screen.findByTestId('file-replace-question');
  expect(within(question).getByTestId('taken-file').textContent).toMatch(
    /2 KiB\s*2 h ago.*10 B\s*1 min ago/s,
  );
  page.bridge.answer('files.move', undefined);
  await page.user.click(screen.getByTestId('file-go'));
  expect(page.sent('files.move')).toEqual([
    { ...move, replace: false },
    { ...move, replace: true },
  ]);
  await waitFor(() => expect(screen.queryByTestId('files-taken')).toBeNull());
});

it('copy into another folder by keys, ask before files are replaced, and can be pasted again', async () => {
  await page.shows(some);
  await page.focusOn('eula.txt');
  await page.user.keyboard('{Control>}c{/Control}');
  await page.user.click(page.row('world'));
  await page.reads([aFile('eula.txt')]);
  await page.focusOn('eula.txt');
  const there = { kind: 'file', bytes: 2048, modifiedAt: 1 } as const;
  const taken = [{ path: '/world/eula.txt', there, mine: { ...there, bytes: 10 } }];
  page.bridge.refuse('files.copyTo', { ...aProblem('conflict'), taken });
  await page.user.keyboard('{Control>}v{/Control}');
  expect((await screen.findByTestId('file-replace-question')).textContent).toMatch(/2 KiB.*10 B/s);
  page.bridge.answer('files.copyTo', undefined);
  await page.user.click(screen.getByTestId('file-go'));
  const copy = { serverId, folder: '/', names: ['eula.txt'], to: '/world' };
  expect(page.sent('files.copyTo')).toEqual([
    { ...copy, replace: false },
    { ...copy, replace: true },
  ]);
  await waitFor(() => expect(screen.queryByTestId('file-replace-question')).toBeNull());
  expect(screen.getByTestId('files-taken').textContent).toContain('“eula.txt”');
});

it('copy from the menu as by keys', async () => {
  await page.shows(some);
  await page.fromMenu('eula.txt', 'copy');
  expect(screen.getByTestId('files-taken').textContent).toContain('To be copied: “eula.txt”');
  const folder = await page.fromMenu('world', 'copy');
  expect(folder.getAttribute('aria-description')).toContain('only files');
});

it('paste into their own folder from above duplicates them there', async () => {
  await page.shows([aFolder('world'), aFile('eula.txt')]);
  await page.user.click(page.row('world'));
  await page.reads([aFile('eula.txt')]);
  await page.focusOn('eula.txt');
  await page.user.keyboard('{Control>}c{/Control}{Backspace}');
  await page.reads([aFolder('world'), aFile('eula.txt')]);
  await page.fromMenu('world', 'paste-into');
  expect(page.sent('files.copy')).toEqual([{ serverId, path: '/world/eula.txt' }]);
});

it('that no panel copies say why: folders, and names whose copy would begin with a space', async () => {
  await page.shows([...some, aFile('.env')]);
  for (const [name, why] of [
    ['world', 'only files'],
    ['.env', 'a name that no panel can act on'],
  ] as const) {
    await page.focusOn(name);
    await page.user.keyboard('{Control>}c{/Control}');
    expect(screen.getByTestId('files-count').textContent).toContain(why);
  }
  expect(screen.queryByTestId('files-taken')).toBeNull();
});
