import { describe, expect, it } from 'vitest';
import type { FolderPart } from '../../bridge/schema/files.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeFilesPanel } from '../../tests/support/fake-files-panel.js';
import { Folders } from './folders.js';

const serverId = 'home/1';

function setUp(panel = new FakeFilesPanel('/a.txt', '/world/level.dat')) {
  const clock = new FakeClock();
  const folders = new Folders({ clock, panelOf: () => panel });
  const watch = (path = '/') => {
    const parts: FolderPart[] = [];
    const take = (part: FolderPart) => void parts.push(part);
    const stop = folders.source({ serverId, path }, { snapshot: take, change: take }, { webContentsId: 1 });
    return { parts, stop };
  };
  return { clock, folders, panel, watch };
}

const namesIn = (parts: readonly FolderPart[]) => parts.map(({ files }) => files.map(({ name }) => name));

describe('a folder that a window shows', () => {
  it('begins empty, and is read', async () => {
    const { clock, watch } = setUp();
    const { parts } = watch();
    expect(parts).toEqual([{ files: [], isFirst: true, end: false, problem: null }]);
    await clock.advance(0);
    expect(namesIn(parts)).toEqual([[], ['a.txt']]);
    expect(parts[1]).toMatchObject({ isFirst: true, end: true, problem: null });
  });

  it('leaves out temporary files of Perch, but not those of more than a day', async () => {
    const { clock, panel, watch } = setUp();
    const part = (id: string) => `.${id}-2222-4222-8222-000000000000.perch-part`;
    const files = [part('22222222'), part('33333333')];
    panel.put(`/${files[0]}`, { modifiedAt: clock.wall() - 1000 });
    panel.put(`/${files[1]}`, { modifiedAt: clock.wall() - 90_000_000 });
    const { parts } = watch();
    await clock.advance(0);
    expect(namesIn(parts)[1]).toEqual(['a.txt', files[1]]);
  });

  it('without files ends with an empty part', async () => {
    const { clock, watch } = setUp();
    const { parts } = watch('/empty');
    await clock.advance(0);
    expect(parts[1]).toEqual({ files: [], isFirst: true, end: true, problem: null });
  });

  it('of 100,000 files comes in parts with room for other work between them', async () => {
    const panel = new FakeFilesPanel();
    for (let at = 0; at < 100_000; at++) panel.put(`/f${at}`);
    const { clock, watch } = setUp(panel);
    const { parts, stop } = watch();
    /** Counts of parts that other work of main saw between them. */
    const seen = new Set<number>();
    const look = (left: number) =>
      void clock.after(0, () => {
        seen.add(parts.length);
        if (left > 0) look(left - 1);
      });
    look(100);
    await clock.advance(0);
    expect(seen.size).toBeGreaterThanOrEqual(50);
    stop();
    const read = parts.slice(1);
    expect(read.map(({ files }) => files.length)).toEqual(Array.from({ length: 50 }, () => 2000));
    expect(read.map(({ isFirst }) => isFirst).indexOf(true, 1)).toBe(-1);
    expect(read.findIndex(({ end }) => end)).toBe(49);
    expect(new Set(namesIn(read).flat()).size).toBe(100_000);
  });

  it('is read again on request, and replaces the earlier list', async () => {
    const { clock, folders, panel, watch } = setUp();
    const { parts } = watch();
    await clock.advance(0);
    panel.put('/b.txt');
    await folders.refresh(serverId, '/');
    expect(namesIn(parts).at(-1)).toEqual(['a.txt', 'b.txt']);
    expect(parts.at(-1)?.isFirst).toBe(true);
  });

  it('is read again after a change there, and only there', async () => {
    const { clock, folders, panel, watch } = setUp();
    watch();
    watch('/world');
    await clock.advance(0);
    panel.asked.length = 0;
    folders.changed(serverId, ['/world', '/world', '/other']);
    folders.changed('home/2', ['/']);
    await clock.advance(0);
    expect(panel.asked).toEqual(['list /world']);
  });

  it('keeps its files when a reading fails, and says why', async () => {
    const { clock, folders, panel, watch } = setUp();
    const { parts } = watch();
    await clock.advance(0);
    panel.problems.set('list', aProblem('node-unreachable'));
    await expect(folders.refresh(serverId, '/')).rejects.toMatchObject({
      problem: { code: 'node-unreachable' },
    });
    expect(parts.at(-1)).toMatchObject({ files: [], isFirst: false, end: true });
    expect(parts.at(-1)?.problem?.code).toBe('node-unreachable');
  });

  it('drops an answer that a newer reading has overtaken', async () => {
    const panel = new FakeFilesPanel();
    for (let at = 0; at < 5000; at++) panel.put(`/f${at}`);
    const { clock, folders, watch } = setUp(panel);
    const { parts } = watch();
    await Promise.resolve();
    panel.files.clear();
    await folders.refresh(serverId, '/');
    await clock.advance(0);
    expect(parts.at(-1)).toEqual({ files: [], isFirst: true, end: true, problem: null });
    expect(parts.filter(({ end }) => end)).toHaveLength(1);
  });

  it('is not read any more once nobody looks', async () => {
    const { clock, folders, panel, watch } = setUp();
    const one = watch();
    const two = watch();
    one.stop();
    await clock.advance(0);
    expect(one.parts).toHaveLength(1);
    expect(two.parts.at(-1)?.end).toBe(true);
    two.stop();
    panel.asked.length = 0;
    await folders.refresh(serverId, '/');
    expect(panel.asked).toEqual([]);
  });
});
