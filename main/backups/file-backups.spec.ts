import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import {
  byTime,
  file,
  id,
  own,
  refusal,
  FileBackupRig,
  serverId,
} from '../../tests/support/file-backup-rig.js';

const before = ['world', 'server.jar'];
const state = (rig: FileBackupRig) => [rig.names, rig.kept, rig.perch.current];

describe('a backup of files on this computer', () => {
  it('packs everything, fetches the archive as a copy, and removes it from the server', async () => {
    const rig = new FileBackupRig();
    expect(await rig.perch.begin(serverId)).toBe(id);
    const over = rig.perch.over(id);
    await rig.clock.advance(0);
    expect(rig.asked).toEqual(['compress world server.jar']);
    expect(rig.queue.wanted).toEqual([
      {
        label: 'Files of Lobby',
        panel: 'home',
        node: 'n',
        source: { kind: 'archive', serverId, backup: id, name: own },
        size: 1000,
        sha1: null,
        target: {
          folder: '/copies/Lobby',
          file: `2026-01-01 12-00-00Z ${id} 1000 kept.tar.gz`,
          ifTaken: 'number',
        },
      },
    ]);
    expect(rig.perch.current).toEqual([{ serverId, id, step: 'download', problem: null }]);
    expect(rig.kept).toMatchObject([{ name: own, transfer: 't1' }]);
    rig.queue.done();
    await rig.clock.advance(0);
    expect(await over).toBeNull();
    expect(state(rig)).toEqual([before, [], []]);
  });

  it('takes the name by the time that Pterodactyl gives, and leaves older archives alone', async () => {
    const rig = new FileBackupRig();
    rig.files = [...rig.files, file('archive-2026-01-01T115900Z.tar.gz')];
    rig.archive = file(byTime, 700);
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.queue.done();
    await rig.clock.advance(0);
    expect(rig.asked.at(-1)).toBe(`remove ${byTime}`);
    expect(state(rig)).toEqual([[...before, 'archive-2026-01-01T115900Z.tar.gz'], [], []]);
  });

  it.each(['world', 'server.jar', '../x', 'archive-2025-01-01T120005Z.tar.gz'])(
    'never deletes a file that the panel names as the archive: %s',
    async (name) => {
      const rig = new FileBackupRig();
      rig.archive = file(name);
      await rig.perch.begin(serverId);
      await rig.clock.advance(0);
      expect(rig.asked).toEqual(['compress world server.jar']);
      expect(rig.queue.wanted).toEqual([]);
      expect(rig.perch.current).toMatchObject([
        { step: 'failed', problem: { message: { id: 'file-backups.strange' } } },
      ]);
    },
  );

  it.each([
    ['cancelled', (rig: FileBackupRig) => rig.queue.cancelled()],
    ['failed and then given up', (rig: FileBackupRig) => (rig.queue.failed(), rig.queue.cancelled())],
  ])('removes the archive if the download is %s', async (_, end) => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    end(rig);
    await rig.clock.advance(0);
    expect([rig.names, rig.kept]).toEqual([before, []]);
    expect(rig.perch.current).toMatchObject([{ step: 'failed' }]);
  });

  it('keeps the archive while a failed download waits for a person', async () => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.queue.failed();
    await rig.clock.advance(3_600_000);
    expect([rig.names, rig.kept.length]).toEqual([[...before, own], 1]);
  });

  it.each([own, byTime])('looks for the archive %s after an answer that got lost', async (name) => {
    const rig = new FileBackupRig();
    rig.archive = file(name, 10);
    rig.lost = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(15_000);
    rig.files = [...rig.files.slice(0, 2), file(name, 500)];
    await rig.clock.advance(30_000);
    expect(rig.queue.wanted).toEqual([]);
    await rig.clock.advance(60_000);
    expect(rig.queue.wanted).toMatchObject([{ size: 500, source: { name } }]);
    rig.queue.done();
    await rig.clock.advance(0);
    expect(state(rig)).toEqual([before, [], []]);
  });

  it('leaves an archive that it guessed if the copy did not arrive', async () => {
    const rig = new FileBackupRig();
    rig.archive = file(byTime, 500);
    rig.lost = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(90_000);
    expect(rig.queue.wanted).toMatchObject([{ source: { name: byTime } }]);
    rig.queue.cancelled();
    await rig.clock.advance(0);
    expect(rig.names).toContain(byTime);
    expect(rig.perch.current).toMatchObject([{ problem: { message: { id: 'file-backups.left' } } }]);
  });

  it('gives up if the lost call left no archive', async () => {
    const rig = new FileBackupRig();
    rig.refused = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(150_000);
    expect(rig.perch.current).toMatchObject([{ step: 'failed', problem: { code: 'timeout' } }]);
    expect(rig.kept).toEqual([]);
  });

  it('reports a refusal, and begins again on request', async () => {
    const rig = new FileBackupRig();
    rig.refused = refusal('conflict');
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    expect(rig.perch.current).toMatchObject([{ step: 'failed', problem: { code: 'conflict' } }]);
    expect(await rig.perch.over(id)).toMatchObject({ code: 'conflict' });
    rig.refused = null;
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    expect(rig.perch.current).toMatchObject([{ step: 'download', problem: null }]);
  });

  it('is over without a problem if only its arrival can’t be remembered', async () => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.isKept = false;
    rig.queue.done();
    await rig.clock.advance(0);
    expect([rig.names, rig.perch.current]).toEqual([before, []]);
  });

  it('tries until the archive is gone', async () => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.isAway = true;
    rig.queue.done();
    await rig.clock.advance(300_000);
    expect(rig.perch.current).toMatchObject([{ step: 'remove', problem: { code: 'node-unreachable' } }]);
    expect(rig.kept).toHaveLength(1);
    rig.isAway = false;
    await rig.clock.advance(600_000);
    expect(state(rig)).toEqual([before, [], []]);
  });

  it('allows one at a time', async () => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await expect(rig.perch.begin(serverId)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(rig.perch.current).toHaveLength(1);
  });

  it.each([
    ['nothing allows it', (rig: FileBackupRig) => (rig.unready = refusal('forbidden'))],
    ['there are no files', (rig: FileBackupRig) => (rig.files = [])],
    ['a name ends with a space', (rig: FileBackupRig) => (rig.files = [file('world ')])],
    ['the disk does not remember', (rig: FileBackupRig) => (rig.isKept = false)],
    ['the node is silent', (rig: FileBackupRig) => (rig.isAway = true)],
  ])('asks for nothing if %s', async (_, change) => {
    const rig = new FileBackupRig();
    change(rig);
    await expect(rig.perch.begin(serverId)).rejects.toBeInstanceOf(PerchError);
    expect([rig.asked, rig.kept, rig.perch.current]).toEqual([[], [], []]);
  });
});

it.each([
  [[file(`${'x'.repeat(90)} `)], { id: 'odd-name', values: { name: `${'x'.repeat(79)}…` } }],
  [
    Array.from({ length: 5001 }, (_, number) => file(`f${number}`)),
    { id: 'too-many', values: { most: 5000 } },
  ],
])('a refusal says why the files can’t be packed', async (files, { id, values }) => {
  const rig = new FileBackupRig();
  rig.files = files;
  await expect(rig.perch.begin(serverId)).rejects.toMatchObject({
    problem: { message: { id: `file-backups.${id}`, values } },
  });
});
