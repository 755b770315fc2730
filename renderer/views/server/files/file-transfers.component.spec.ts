/** Entries of the Files tab that bring files to this computer, and files of this computer to the server. */
import { screen } from '@testing-library/svelte';
import { tick } from 'svelte';
import { beforeEach, expect, it } from 'vitest';
import { newProblem } from '../../../../bridge/errors.js';
import { sentence } from '../../../../messages/messages.js';
import { aProblem } from '../../../../tests/support/a-problem.js';
import { anAccount, aServer } from '../../../../tests/support/entities.js';
import { aFile, aFolder } from '../../../../tests/support/fake-files.js';
import { FilesPage, serverId } from '../../../../tests/support/files-page.js';

let page: FilesPage;

beforeEach(() => {
  page = new FilesPage();
  page.bridge.answer('files.download', { transfers: null });
  page.bridge.answer('files.upload', { transfers: null, leftOut: 0 });
});

it('a file is saved to this computer', async () => {
  await page.shows([aFile('eula.txt'), aFolder('world')]);
  await page.fromMenu('eula.txt', 'save');
  expect(page.sent('files.download')).toEqual([{ serverId, paths: ['/eula.txt'], as: 'folder' }]);
});

it.each([
  ['save', 'folder'],
  ['save-archive', 'archive'],
])('a folder is saved by “%s” as %s', async (entry, as) => {
  await page.shows([aFile('eula.txt'), aFolder('world')]);
  await page.fromMenu('world', entry);
  expect(page.sent('files.download')).toEqual([{ serverId, paths: ['/world'], as }]);
});

it('a folder needs the permissions to pack it and to remove the archive', async () => {
  await page.shows([aFolder('world')]);
  await page.serverBecomes({
    isOwner: false,
    permissions: ['file.read', 'file.read-content', 'file.archive'],
  });
  const entry = await page.fromMenu('world', 'save');
  expect(entry.getAttribute('aria-disabled')).toBe('true');
});

it.each([
  ['save', ['file.sftp'], 'node.example.com', true],
  ['save', [], 'node.example.com', false],
  ['save', ['file.sftp'], null, false],
  ['save-archive', ['file.sftp'], 'node.example.com', false],
])(
  '“%s” with %j at the SFTP host %s takes a folder that nobody may pack: %s',
  async (name, more, host, takes) => {
    await page.shows([aFolder('world')]);
    const key = { fingerprint: 'SHA256:abc', name: 'Perch on wren', addedAt: 0, hosts: [] };
    const permissions = ['file.read', 'file.read-content', ...more];
    page.bridge.snapshot('fleet', {
      accounts: [anAccount({ sftp: key })],
      servers: [
        aServer({
          id: serverId,
          isOwner: false,
          permissions,
          sftp: host === null ? null : { host, port: 2022 },
        }),
      ],
    });
    await tick();
    const entry = await page.fromMenu('world', name);
    expect(entry.getAttribute('aria-disabled') !== 'true').toBe(takes);
  },
);

it('a link is not saved, and no file is without the permission', async () => {
  await page.shows([aFile('link', { kind: 'link' }), aFile('eula.txt')]);
  const entry = await page.fromMenu('link', 'save');
  expect(entry.getAttribute('aria-disabled')).toBe('true');
  await page.user.keyboard('{Escape}');
  await page.serverBecomes({ isOwner: false, permissions: ['file.read'] });
  await page.fromMenu('eula.txt', 'save');
  expect(page.sent('files.download')).toEqual([]);
});

it.each([
  ['upload', 'files'],
  ['upload-folder', 'folder'],
])('“%s” lets the person choose %s for the shown folder', async (entry, what) => {
  await page.shows([aFile('eula.txt')]);
  await page.fromNew(entry);
  expect(page.sent('files.upload')).toEqual([{ serverId, folder: '/', sources: null, what }]);
});

it('left-out links are counted, and a refusal is shown', async () => {
  page.bridge.answer('files.upload', { transfers: ['t'], leftOut: 2 });
  await page.shows([aFile('eula.txt')]);
  await page.fromNew('upload');
  await tick();
  expect(screen.getByTestId('files-count').textContent).toBe('2 links were not uploaded.');
  page.bridge.refuse('files.upload', aProblem('conflict'));
  await page.fromNew('upload');
  expect(await screen.findByTestId('files-act-problem')).toBeTruthy();
});

it('an upload above the limit of the node leads to the set-up of SFTP', async () => {
  const problem = newProblem('invalid', sentence('transfers.too-large', { limit: 100 }));
  page.bridge.refuse('files.upload', problem);
  await page.shows([aFile('eula.txt')]);
  await page.fromNew('upload');
  await page.user.click(await screen.findByTestId('files-set-up-sftp'));
  expect(page.state.sftp.asked).toEqual({ serverId, transfer: null });
});
