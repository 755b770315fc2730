import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copiesFolder, copyFile, copyNamed, isFolderOf, keptCopy, serverKey } from './copies-names.js';

const at = Date.UTC(2026, 10, 28, 4, 0, 5);

describe('the name of a copy', () => {
  it('has time, id and size', () => {
    const file = copyFile({ id: '41096fdb-0000', createdAt: at, bytes: 12_345 });
    expect(file).toBe('2026-11-28 04-00-05Z 41096fdb-0000 12345.tar.gz');
    expect(copyNamed(file ?? '')).toEqual({ id: '41096fdb-0000', createdAt: at, bytes: 12_345, file });
  });

  it('says that a person asked for the copy', () => {
    const copy = { id: '41096fdb-0000', createdAt: at, bytes: 12_345 };
    const file = '2026-11-28 04-00-05Z 41096fdb-0000 12345 kept.tar.gz';
    expect(copyFile({ ...copy, isKept: true })).toBe(file);
    expect(copyNamed(file)).toEqual({ ...copy, isKept: true, file });
    expect(keptCopy({ ...copy, file: copyFile(copy) ?? '' })).toEqual({ ...copy, isKept: true, file });
  });

  it('is none for an id, a time or a size that no name can hold', () => {
    for (const id of ['', '../x', 'a b', 'a/b', 'x'.repeat(65)])
      expect(copyFile({ id, createdAt: at, bytes: 1 })).toBeNull();
    for (const createdAt of [-1, NaN, Infinity, 9e15])
      expect(copyFile({ id: 'a', createdAt, bytes: 1 })).toBeNull();
    for (const bytes of [-1, 1.5, NaN, 1e21]) expect(copyFile({ id: 'a', createdAt: at, bytes })).toBeNull();
  });

  it.each([
    'Nightly.tar.gz',
    '2026-11-28 04-00-05Z 41096fdb 012.tar.gz',
    '2026-13-28 04-00-05Z 41096fdb 12.tar.gz',
    '2026-02-30 04-00-05Z 41096fdb 12.tar.gz',
    '2026-11-28 04-00-05Z 41096fdb 12 (2).tar.gz',
    '2026-11-28 04-00-05Z 41096fdb 12 kept kept.tar.gz',
    '2026-11-28 04-00-05Z 41096fdb 12 kept (2).tar.gz',
    '2026-11-28 04-00-05Z 41096fdb 12.tar.gz.part',
  ])('%s is none', (file) => {
    expect(copyNamed(file)).toBeNull();
  });

  it('sorts by time and says the same back, whatever the backup', () => {
    const copies = fc.record({
      id: fc.stringMatching(/^[\w-]{1,64}$/),
      createdAt: fc.integer({ min: 0, max: 4_000_000_000 }).map((seconds) => seconds * 1000),
      bytes: fc.nat(),
    });
    fc.assert(
      fc.property(copies, copies, (one, other) => {
        const [file, later] = [copyFile(one) ?? '', copyFile(other) ?? ''];
        expect(copyNamed(file)).toEqual({ ...one, file });
        if (one.createdAt < other.createdAt) expect(file < later).toBe(true);
      }),
    );
  });
});

describe('the folder of a server', () => {
  it('keeps its server after a change of the name, and is no other panel’s', () => {
    const key = serverKey('https://panel.example.com', 'u1');
    expect(isFolderOf(copiesFolder('Survival', key), key)).toBe(true);
    expect(isFolderOf(copiesFolder('../..', key), key)).toBe(true);
    expect(copiesFolder('../../etc', key)).not.toMatch(/[/\\]/);
    expect(serverKey('https://other.example.com', 'u1')).not.toBe(key);
    expect(isFolderOf(`Survival${key}`, key)).toBe(false);
  });
});
