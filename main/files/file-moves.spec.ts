import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { inEnglish } from '../../messages/messages.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeFilesPanel, panelWithTaken } from '../../tests/support/fake-files-panel.js';
import { refused } from '../../tests/support/refused.js';
import { moveFiles, type WantedMoves } from './file-moves.js';

const lost = aProblem('timeout', { maybeDone: true });

function setUp() {
  const panel = panelWithTaken('a.txt');
  const move = (moves: WantedMoves['moves'], replace = false) =>
    moveFiles(panel, { folder: '/', moves, replace }, () => '1f');
  return { panel, move };
}

describe('files', () => {
  it('are renamed and moved in one request', async () => {
    const { panel, move } = setUp();
    await move([
      { from: 'a.txt', to: '/c.txt' },
      { from: 'b.txt', to: '/world/b.txt' },
    ]);
    expect(panel.changes).toEqual(['rename /a.txt>/c.txt /b.txt>/world/b.txt']);
  });

  it('that are gone are not moved quietly', async () => {
    const { panel, move } = setUp();
    const problem = await refused(
      move([
        { from: 'a.txt', to: '/c' },
        { from: 'no', to: '/d' },
      ]),
    );
    expect([problem.code, inEnglish(problem.message)]).toEqual(['not-found', '“no” is not there any more.']);
    expect(panel.changes).toEqual([]);
  });

  it('that keep their names need no request', async () => {
    const { panel, move } = setUp();
    await move([{ from: 'a.txt', to: '/a.txt' }]);
    expect(panel.changes).toEqual([]);
  });

  it.each([
    ['a folder into itself', [{ from: 'world', to: '/world/x' }]],
    [
      'two files to one name',
      [
        { from: 'a.txt', to: '/c' },
        { from: 'b.txt', to: '/c' },
      ],
    ],
    [
      'a file to the name of one that moves as well',
      [
        { from: 'a.txt', to: '/b.txt' },
        { from: 'b.txt', to: '/c' },
      ],
    ],
    ['a path outside', [{ from: 'a.txt', to: '/../c' }]],
    ['no path', [{ from: 'a.txt', to: 'c' }]],
    ['the server’s folder', [{ from: 'a.txt', to: '/' }]],
    ['a name with a space at its end', [{ from: 'a.txt', to: '/c ' }]],
  ])('are never moved: %s', async (_what, moves) => {
    const { panel, move } = setUp();
    expect((await refused(move(moves, true))).code).toBe('invalid');
    expect(panel.changes).toEqual([]);
  });

  it('that were moved although the answer was lost count as moved', async () => {
    const { panel, move } = setUp();
    panel.problems.set('rename', lost);
    await move([{ from: 'a.txt', to: '/world/c.txt' }]);
    expect(panel.paths).toContain('/world/c.txt');
  });
});

describe('a taken name', () => {
  it('asks first, with the sizes and ages of both files', async () => {
    const { panel, move } = setUp();
    const problem = await refused(move([{ from: 'a.txt', to: '/world/a.txt' }]));
    expect(problem).toMatchObject({
      code: 'conflict',
      taken: [
        {
          path: '/world/a.txt',
          there: { kind: 'file', bytes: 3, modifiedAt: 30 },
          mine: { kind: 'file', bytes: 1, modifiedAt: 10 },
        },
      ],
    });
    expect(panel.changes).toEqual([]);
  });

  it('is given to the new file if a person agreed', async () => {
    const { panel, move } = setUp();
    await move([{ from: 'a.txt', to: '/world/a.txt' }], true);
    expect(panel.changes).toEqual([
      'rename /world/a.txt>/world/.perch-1f-1',
      'rename /a.txt>/world/a.txt',
      'remove /world .perch-1f-1',
    ]);
    expect(panel.files.get('/world/a.txt')?.bytes).toBe(1);
    expect(panel.paths).toEqual(['/b.txt', '/world', '/world/a.txt']);
  });

  it('stays with its file if the change fails', async () => {
    const { panel, move } = setUp();
    const { rename } = FakeFilesPanel.prototype;
    let requests = 0;
    panel.rename = (files) =>
      ++requests === 2
        ? Promise.reject(new PerchError(aProblem('node-unreachable')))
        : rename.call(panel, files);
    expect((await refused(move([{ from: 'a.txt', to: '/b.txt' }], true))).code).toBe('node-unreachable');
    expect(panel.paths).toEqual(['/a.txt', '/b.txt', '/world', '/world/a.txt']);
    expect(panel.files.get('/b.txt')?.bytes).toBe(2);
  });

  it('stays with its file if the other file goes before it moves, and the other ones move', async () => {
    const { panel, move } = setUp();
    panel.put('/world/b.txt', { bytes: 4 });
    const { rename } = FakeFilesPanel.prototype;
    panel.rename = async (files) => {
      await rename.call(panel, files);
      panel.files.delete('/a.txt');
    };
    const problem = await refused(
      move(
        [
          { from: 'a.txt', to: '/world/a.txt' },
          { from: 'b.txt', to: '/world/b.txt' },
        ],
        true,
      ),
    );
    expect([problem.code, inEnglish(problem.message)]).toEqual([
      'not-found',
      '“a.txt” is not there any more.',
    ]);
    expect(panel.paths).toEqual(['/world', '/world/a.txt', '/world/b.txt']);
    expect([panel.files.get('/world/a.txt')?.bytes, panel.files.get('/world/b.txt')?.bytes]).toEqual([3, 2]);
  });

  it('leaves a file set aside whose place is reported if the panel fails for good', async () => {
    const { panel, move } = setUp();
    const { rename } = FakeFilesPanel.prototype;
    let requests = 0;
    panel.rename = (files) =>
      ++requests > 1
        ? Promise.reject(new PerchError(aProblem('node-unreachable')))
        : rename.call(panel, files);
    const problem = await refused(move([{ from: 'a.txt', to: '/b.txt' }], true));
    expect(inEnglish(problem.message)).toBe(
      '“b.txt” was not replaced. The earlier file is now called “.perch-1f-1”.',
    );
    expect(panel.files.get('/.perch-1f-1')?.bytes).toBe(2);
  });

  it('is given to the new file although the answer about the renamed old file was lost', async () => {
    const { panel, move } = setUp();
    panel.problems.set('rename', lost);
    await move([{ from: 'a.txt', to: '/b.txt' }], true);
    expect(panel.paths).toEqual(['/b.txt', '/world', '/world/a.txt']);
    expect(panel.files.get('/b.txt')?.bytes).toBe(1);
  });

  const two = [
    { from: 'a.txt', to: '/world/a.txt' },
    { from: 'b.txt', to: '/world/b.txt' },
  ];

  /** A panel that carries out the first renaming of the first request only; `isBack` = later requests work. */
  function setUpHalf({ isBack }: { isBack: boolean }) {
    const { panel, move } = setUp();
    panel.put('/world/b.txt', { bytes: 4 });
    const { rename } = FakeFilesPanel.prototype;
    let requests = 0;
    panel.rename = async (files) => {
      requests += 1;
      if (requests === 1 || isBack) await rename.call(panel, requests === 1 ? files.slice(0, 1) : files);
      if (requests === 1 || !isBack) throw new PerchError(aProblem('node-unreachable'));
    };
    return { panel, move };
  }

  it('stays with its file if only some files were set aside', async () => {
    const { panel, move } = setUpHalf({ isBack: true });
    expect((await refused(move(two, true))).code).toBe('node-unreachable');
    expect(panel.paths).toEqual(['/a.txt', '/b.txt', '/world', '/world/a.txt', '/world/b.txt']);
    expect(panel.files.get('/world/a.txt')?.bytes).toBe(3);
  });

  it('leaves a file set aside whose place is reported if only some files were set aside', async () => {
    const { move } = setUpHalf({ isBack: false });
    expect(inEnglish((await refused(move(two, true))).message)).toBe(
      '“a.txt” was not replaced. The earlier file is now called “.perch-1f-1”.',
    );
  });

  it('leaves several files set aside whose places are reported', async () => {
    const { panel, move } = setUp();
    panel.put('/world/b.txt', { bytes: 4 });
    const { rename } = FakeFilesPanel.prototype;
    let requests = 0;
    panel.rename = (files) =>
      ++requests > 1
        ? Promise.reject(new PerchError(aProblem('node-unreachable')))
        : rename.call(panel, files);
    expect(inEnglish((await refused(move(two, true))).message)).toBe(
      'These files were not replaced: a.txt, b.txt. The earlier files are now called .perch-1f-1, .perch-1f-2.',
    );
  });

  it('of a folder is never given away, nor taken by a folder', async () => {
    const { panel, move } = setUp();
    expect((await refused(move([{ from: 'a.txt', to: '/world' }], true))).code).toBe('conflict');
    expect((await refused(move([{ from: 'world', to: '/a.txt' }], true))).code).toBe('conflict');
    expect(panel.changes).toEqual([]);
  });

  it('needs the permission to delete before the first change', async () => {
    const { panel, move } = setUp();
    panel.lacks.add('file.delete');
    expect((await refused(move([{ from: 'a.txt', to: '/b.txt' }], true))).code).toBe('forbidden');
    expect(panel.changes).toEqual([]);
  });
});
