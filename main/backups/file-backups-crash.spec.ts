import { describe, expect, it } from 'vitest';
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

describe('after a crash of Perch', () => {
  it('the archive with the name of Perch of a call without an answer is removed, and there is no copy', async () => {
    const rig = new FileBackupRig();
    rig.archive = file(own, 10);
    rig.lost = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.isAway = true;
    rig.again();
    const problem = { message: { id: 'file-backups.unfinished' } };
    expect(rig.perch.current).toMatchObject([{ id, step: 'remove', problem }]);
    const over = rig.perch.over(id);
    await rig.clock.advance(0);
    expect(rig.perch.current).toMatchObject([{ id, step: 'remove', problem }]);
    rig.isAway = false;
    await rig.clock.advance(20_000);
    expect([rig.names, rig.kept]).toEqual([before, []]);
    expect(rig.perch.current).toMatchObject([{ id, step: 'failed', problem }]);
    expect(rig.told).toEqual([]);
    expect(await over).toMatchObject(problem);
  });

  it('a copy that had arrived is here, and only the archive is removed', async () => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.isAway = true;
    rig.queue.done();
    await rig.clock.advance(0);
    expect(rig.kept).toMatchObject([{ id, isHere: true }]);
    expect(rig.told).toEqual([{ serverId, fact: { kind: 'files-copied', backupId: id } }]);
    rig.queue.cancelled();
    rig.again();
    expect(rig.perch.current).toEqual([{ serverId, id, step: 'remove', problem: null }]);
    const over = rig.perch.over(id);
    rig.isAway = false;
    await rig.clock.advance(20_000);
    expect(state(rig)).toEqual([before, [], []]);
    expect(await over).toBeNull();
    expect(rig.told).toHaveLength(1);
  });

  it.each([
    ['one archive', []],
    ['several archives', ['archive-2026-01-01T120009Z.tar.gz']],
  ])('%s that may belong to somebody else stays, and Perch tells the person', async (_, others) => {
    const rig = new FileBackupRig();
    rig.archive = file(byTime, 10);
    rig.lost = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.files = [...rig.files, ...others.map((name) => file(name))];
    rig.again();
    await rig.clock.advance(0);
    expect(rig.names).toHaveLength(3 + others.length);
    expect(rig.asked).toEqual(['compress world server.jar']);
    expect(rig.perch.current).toMatchObject([
      { step: 'failed', problem: { message: { id: 'file-backups.left', values: { name: byTime } } } },
    ]);
    expect(rig.kept).toEqual([]);
  });

  it('a download continues, and the archive is removed after it', async () => {
    const rig = new FileBackupRig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.perch.stop();
    rig.queue.cancelled();
    rig.queue.restored();
    rig.again();
    await rig.clock.advance(600_000);
    expect([rig.names, rig.perch.current]).toEqual([
      [...before, own],
      [{ serverId, id, step: 'download', problem: null }],
    ]);
    rig.queue.done();
    await rig.clock.advance(0);
    expect(state(rig)).toEqual([before, [], []]);
  });
});
