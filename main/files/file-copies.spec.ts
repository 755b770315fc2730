import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeFilesPanel, panelWithTaken } from '../../tests/support/fake-files-panel.js';
import { refused } from '../../tests/support/refused.js';
import { copyFiles, type WantedCopies } from './file-copies.js';

const lost = aProblem('timeout', { maybeDone: true });

function setUp() {
  const panel = panelWithTaken('b.txt');
  const copy = (names: readonly string[], fields: Partial<WantedCopies> = {}) =>
    copyFiles(panel, { folder: '/', names, to: '/world', ...fields }, () => '1f');
  return { panel, copy };
}

const before = ['/a.txt', '/b.txt', '/world', '/world/b.txt'];

describe('files', () => {
  it('are copied in place, and one request moves their copies', async () => {
    const { panel, copy } = setUp();
    panel.files.delete('/world/b.txt');
    await copy(['a.txt', 'b.txt', 'a.txt']);
    expect(panel.changes).toEqual([
      'copy /a.txt',
      'copy /b.txt',
      'rename /a copy.txt>/world/a.txt /b copy.txt>/world/b.txt',
    ]);
    expect(panel.files.get('/world/b.txt')?.bytes).toBe(2);
  });

  it('that would replace others are copied after a question with the facts of both', async () => {
    const { panel, copy } = setUp();
    expect(await refused(copy(['b.txt']))).toMatchObject({
      code: 'conflict',
      taken: [{ path: '/world/b.txt', there: { bytes: 3 }, mine: { bytes: 2, modifiedAt: 20 } }],
    });
    expect(panel.changes).toEqual([]);
    await copy(['b.txt'], { replace: true });
    expect(panel.paths).toEqual(before);
    expect(panel.files.get('/world/b.txt')?.bytes).toBe(2);
  });

  it.each([
    ['a folder', ['world'], {}],
    ['a name that is no part of a path', ['../a.txt'], {}],
    ['a file into its own folder', ['a.txt'], { to: '/' }],
    ['a file whose copy no panel can act on', ['.env'], {}],
  ])('are never copied: %s', async (_what, names, fields) => {
    const { panel, copy } = setUp();
    panel.put('/.env');
    expect((await refused(copy(names, fields))).code).toBe('invalid');
    expect(panel.changes).toEqual([]);
  });

  it('that are gone are not copied, and neither are the others', async () => {
    const { panel, copy } = setUp();
    expect((await refused(copy(['a.txt', 'no']))).code).toBe('not-found');
    expect(panel.changes).toEqual([]);
  });

  it('need the permission to rename before the first copy', async () => {
    const { panel, copy } = setUp();
    panel.lacks.add('file.update');
    expect((await refused(copy(['a.txt']))).code).toBe('forbidden');
    expect(panel.changes).toEqual([]);
  });
});

describe('without an answer', () => {
  it.each(['copy', 'rename'])('a copy that the folders show has succeeded: %s', async (kind) => {
    const { panel, copy } = setUp();
    panel.problems.set(kind, lost);
    await copy(['a.txt']);
    expect(panel.paths).toEqual([...before.slice(0, 3), '/world/a.txt', '/world/b.txt']);
  });

  it('a part of a copy is no copy', async () => {
    const { panel, copy } = setUp();
    panel.copy = () => {
      panel.put('/b copy.txt', { bytes: 1 });
      return Promise.reject(new PerchError(lost));
    };
    expect(await refused(copy(['b.txt'], { replace: true }))).toMatchObject({ maybeDone: true });
    expect(panel.files.get('/world/b.txt')?.bytes).toBe(3);
    expect(panel.changes).toEqual([]);
  });
});

describe('copies', () => {
  it('are deleted if a later file can’t be copied', async () => {
    const { panel, copy } = setUp();
    const { copy: works } = FakeFilesPanel.prototype;
    panel.copy = (path) =>
      path === '/b.txt' ? Promise.reject(new PerchError(aProblem('conflict'))) : works.call(panel, path);
    expect((await refused(copy(['a.txt', 'b.txt'], { replace: true }))).code).toBe('conflict');
    expect(panel.paths).toEqual(before);
  });

  it('are deleted if they can’t be moved, and the replaced file is back', async () => {
    const { panel, copy } = setUp();
    const { rename } = FakeFilesPanel.prototype;
    let requests = 0;
    panel.rename = (files) =>
      ++requests === 2
        ? Promise.reject(new PerchError(aProblem('node-unreachable')))
        : rename.call(panel, files);
    expect((await refused(copy(['b.txt'], { replace: true }))).code).toBe('node-unreachable');
    expect(panel.paths).toEqual(before);
    expect(panel.files.get('/world/b.txt')?.bytes).toBe(3);
  });

  it('that can’t be deleted again are reported', async () => {
    const { panel, copy } = setUp();
    panel.rename = () => Promise.reject(new PerchError(lost));
    panel.problems.set('remove', aProblem('node-unreachable'));
    expect(await refused(copy(['a.txt']))).toMatchObject({
      code: 'conflict',
      maybeDone: true,
      said: '“a.txt” was not copied. A duplicate may be left beside it.',
    });
    expect(panel.paths).toContain('/a copy.txt');
  });

  it('of somebody else are neither moved nor deleted', async () => {
    const { panel, copy } = setUp();
    const { copy: works } = FakeFilesPanel.prototype;
    panel.copy = async (path) => {
      await works.call(panel, path);
      panel.put('/a copy 1.txt', { bytes: 9 });
    };
    const problem = await refused(copy(['a.txt']));
    expect(problem.said).toContain('A duplicate may be left');
    expect(panel.paths).toEqual(['/a copy 1.txt', '/a copy.txt', ...before].sort());
  });
});
