import { expect, it } from 'vitest';
import { unsavedFiles } from './unsaved-files.js';

it('names each file of the account once, and a copy that can’t be read', async () => {
  const file = (path: string, serverId = 'home/u1') => ({ serverId, path });
  const copy = (path: string, isPending: () => Promise<boolean>) => ({
    record: { ...file(path), id: '1', name: 'a', version: '', at: 0 },
    isPending,
  });
  const copies = [
    copy('/same', async () => false),
    copy('/mine', async () => true),
    copy('/unread', () => Promise.reject(new Error('EIO'))),
  ];
  const drafts = [file('/mine'), file('/text'), file('/other', 'home2/u1')];
  const found = await unsavedFiles('home', {
    drafts: { files: async () => drafts },
    ownEditor: { sessionsOf: () => copies },
  });
  expect(found).toEqual([file('/mine'), file('/unread'), file('/text')]);
});
