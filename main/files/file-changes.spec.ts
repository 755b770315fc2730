import { describe, expect, it, vi } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { refused } from '../../tests/support/refused.js';
import { FileChanges } from './file-changes.js';

const serverId = 'home/1';
const root = { serverId, folder: '/' };
const lost = aProblem('timeout', { maybeDone: true });

function setUp(panel = new FakeFilesPanel('/a.txt', '/b.txt', ['/world', { kind: 'folder' }])) {
  const changed = vi.fn();
  const changes = new FileChanges({ panelOf: () => panel, folders: { changed }, newId: () => '1f' });
  return { panel, changed, changes };
}

describe('a change', () => {
  it('has its folder read again', async () => {
    const { changes, changed } = setUp();
    await changes.createFolder({ ...root, name: 'plugins' });
    expect(changed.mock.calls).toEqual([[serverId, ['/']]]);
  });

  it.each([
    ['not-found', true],
    ['conflict', true],
    ['forbidden', false],
    ['node-unreachable', false],
  ] as const)('that is refused with %s: is the folder read again? %s', async (code, isRead) => {
    const { panel, changes, changed } = setUp();
    panel.problems.set('folder', aProblem(code));
    expect(await refused(changes.createFolder({ ...root, name: 'x' }))).toMatchObject({ code });
    expect(changed.mock.calls.length > 0).toBe(isRead);
  });

  it.each(['', '..', 'a/b', ' a', 'ä'.repeat(200)])(
    'never reaches a panel with the name %j',
    async (name) => {
      const { panel, changes } = setUp();
      const runs = [
        () => changes.createFolder({ ...root, name }),
        () => changes.create({ ...root, name }),
        () => changes.delete({ ...root, names: ['a.txt', name] }),
        () => changes.chmod({ ...root, names: [name], mode: '644' }),
        () => changes.pack({ ...root, names: [name] }),
        () => changes.unpack({ ...root, name, replace: true }),
        () => changes.move({ ...root, moves: [{ from: name, to: '/x' }] }),
        () => changes.pull({ ...root, url: 'https://example.com/a', name }),
      ];
      for (const run of runs) expect(await refused(run())).toMatchObject({ code: 'invalid' });
      expect(panel.asked).toEqual([]);
    },
  );
});

describe('a new folder or file', () => {
  it('is made', async () => {
    const { panel, changes } = setUp();
    await changes.createFolder({ ...root, name: 'plugins' });
    await changes.create({ serverId, folder: '/world', name: 'new.txt' });
    expect(panel.changes).toEqual(['folder /plugins', 'write /world/new.txt']);
  });

  it('does not take the name of another', async () => {
    const { panel, changes } = setUp();
    const problem = await refused(changes.createFolder({ ...root, name: 'a.txt' }));
    expect(problem).toMatchObject({ code: 'conflict', said: expect.stringContaining('a.txt') as string });
    expect((await refused(changes.createFolder({ ...root, name: 'world' }))).code).toBe('conflict');
    expect((await refused(changes.create({ ...root, name: 'world', replace: true }))).code).toBe('conflict');
    expect(panel.changes).toEqual([]);
  });

  it('replaces a file only if a person agreed, who saw its size and age', async () => {
    const { panel, changes } = setUp();
    panel.put('/a.txt', { bytes: 77, modifiedAt: 5 });
    const problem = await refused(changes.create({ ...root, name: 'a.txt' }));
    expect(problem.taken).toEqual([
      { path: '/a.txt', there: { kind: 'file', bytes: 77, modifiedAt: 5 }, mine: null },
    ]);
    expect(panel.changes).toEqual([]);
    await changes.create({ ...root, name: 'a.txt', replace: true });
    expect(panel.changes).toEqual(['write /a.txt']);
  });

  it('is there after a lost answer, or the answer stays in doubt', async () => {
    const { panel, changes } = setUp();
    panel.problems.set('folder', lost);
    await changes.createFolder({ ...root, name: 'plugins' });
    panel.problems.set('write', lost);
    await changes.create({ ...root, name: 'c.txt' });
    panel.createFolder = () => Promise.reject(new PerchError(lost));
    expect((await refused(changes.createFolder({ ...root, name: 'other' }))).maybeDone).toBe(true);
  });
});

describe('a deletion', () => {
  it('leaves out missing files', async () => {
    const { panel, changes } = setUp();
    await changes.delete({ ...root, names: ['a.txt', 'gone.txt', 'world'] });
    expect(panel.changes).toEqual(['remove / a.txt world']);
  });

  it('of missing files alone says that the file is gone', async () => {
    const { panel, changes, changed } = setUp();
    const problem = await refused(changes.delete({ ...root, names: ['gone\n.txt'] }));
    expect(problem).toMatchObject({ code: 'not-found', said: '“gone .txt” is not there any more.' });
    expect(panel.changes).toEqual([]);
    expect(changed).toHaveBeenCalled();
  });

  it('without an answer succeeded if the files are gone', async () => {
    const { panel, changes } = setUp();
    panel.problems.set('remove', lost);
    await changes.delete({ ...root, names: ['a.txt'] });
    panel.remove = () => Promise.reject(new PerchError(lost));
    expect((await refused(changes.delete({ ...root, names: ['b.txt'] }))).maybeDone).toBe(true);
  });
});

describe('permissions of files, copies and archives', () => {
  it('change for all files, or for none if one is missing', async () => {
    const { panel, changes } = setUp();
    expect((await refused(changes.chmod({ ...root, names: ['a.txt', 'no'], mode: '600' }))).code).toBe(
      'not-found',
    );
    expect(panel.changes).toEqual([]);
    panel.problems.set('chmod', lost);
    await changes.chmod({ ...root, names: ['a.txt', 'b.txt'], mode: '600' });
    expect(panel.changes).toEqual(['chmod 600 a.txt b.txt']);
  });

  it('a copy needs its file, and a lost answer is looked up', async () => {
    const { panel, changes } = setUp();
    expect((await refused(changes.copy({ serverId, path: '/no' }))).code).toBe('not-found');
    panel.problems.set('copy', lost);
    await changes.copy({ serverId, path: '/a.txt' });
    expect(panel.changes).toEqual(['copy /a.txt']);
  });

  it('an archive needs all files, and a lost answer is looked up', async () => {
    const { panel, changes } = setUp();
    expect((await refused(changes.pack({ ...root, names: ['no'] }))).code).toBe('not-found');
    panel.problems.set('pack', lost);
    expect(await changes.pack({ ...root, names: ['a.txt'] })).toEqual({ name: 'archive-1.tar.gz' });
    panel.pack = () => Promise.reject(new PerchError(lost));
    expect((await refused(changes.pack({ ...root, names: ['a.txt'] }))).maybeDone).toBe(true);
  });

  it('an archive that is not alone is unpacked only if a person agreed', async () => {
    const { panel, changes } = setUp();
    panel.put('/alone/x.zip');
    panel.put('/x.zip');
    await changes.unpack({ serverId, folder: '/alone', name: 'x.zip' });
    expect((await refused(changes.unpack({ ...root, name: 'x.zip' }))).code).toBe('conflict');
    expect((await refused(changes.unpack({ ...root, name: 'no.zip', replace: true }))).code).toBe(
      'not-found',
    );
    await changes.unpack({ ...root, name: 'x.zip', replace: true });
    expect(panel.changes).toEqual(['unpack /alone/x.zip', 'unpack /x.zip']);
  });
});

describe('a file from an address', () => {
  it.each([
    ['https://example.com/dir/X%20Y.jar?v=1#a', null, 'X Y.jar'],
    ['http://example.com/b', 'c.jar', 'c.jar'],
    ['https://example.com/%E0%A4%A', null, '%E0%A4%A'],
  ])('%s as %s becomes %s', async (url, name, becomes) => {
    const { panel, changes } = setUp();
    await changes.pull({ ...root, url, name });
    expect(panel.changes).toEqual([`pull / ${url} ${name ?? ''}`.trim()]);
    panel.put(`/${becomes}`);
    expect((await refused(changes.pull({ ...root, url, name }))).taken).toMatchObject([
      { path: `/${becomes}` },
    ]);
  });

  it.each(['ftp://example.com/x', 'file:///etc/passwd', 'x.jar', '', 'https://example.com/'])(
    '%j is refused',
    async (url) => {
      const { panel, changes } = setUp();
      expect((await refused(changes.pull({ ...root, url, name: null }))).code).toBe('invalid');
      expect(panel.changes).toEqual([]);
    },
  );
});
