import { beforeEach, describe, expect, it } from 'vitest';
import {
  backupId,
  contentOf,
  home,
  TransferWorld,
  type DownloadFault,
} from '../../tests/support/transfer-world.js';
import { settle } from '../../tests/support/fake-clock.js';

let world: TransferWorld;
beforeEach(async () => {
  world = new TransferWorld();
  await world.begin();
});

const add = (at = 0, fields = {}): Promise<string> => world.transfers.add(world.wanted(at, fields));
const contentIn = (file: string): number[] => [...(world.disk.files.get(`${home}/${file}`)?.bytes ?? [])];

describe('a download', () => {
  it('gets its name when the whole file is there, and no earlier', async () => {
    await add();
    await world.clock.advance(60);
    expect(world.files).toEqual([]);
    expect(world.leftovers).toHaveLength(1);
    await world.clock.advance(1000);
    expect(world.states).toEqual(['B0 done']);
    expect(contentIn('B0.tar.gz')).toEqual([...contentOf(0)]);
    expect(world.leftovers).toEqual([]);
    expect(world.node.open).toBe(0);
  });

  it('says how much has arrived, how fast, and how long it takes', async () => {
    world.limit = 4;
    await add();
    await world.clock.advance(6000);
    const [transfer] = world.transfers.current;
    expect(transfer).toMatchObject({ state: 'running', size: 40, bytes: 30 });
    expect(transfer?.rate).toBeGreaterThan(3);
    expect(transfer?.rate).toBeLessThan(6);
    expect(transfer?.msLeft).toBeGreaterThan(1000);
  });

  it('is reported at most four times a second', async () => {
    let told = 0;
    world.transfers.listen(() => told++);
    world.limit = 40;
    await add();
    await world.clock.advance(1000);
    expect(told).toBeGreaterThan(1);
    expect(told).toBeLessThanOrEqual(5);
  });

  it('keeps below the limit of speed, together with others', async () => {
    world.limit = 10;
    await add(0, { node: 'a' });
    await add(1, { node: 'b' });
    await world.clock.advance(7000);
    expect(world.states).not.toEqual(['B0 done', 'B1 done']);
    await world.clock.advance(4000);
    expect(world.states).toEqual(['B0 done', 'B1 done']);
  });

  it('never replaces a file unasked, but gets the next number', async () => {
    world.disk.put(`${home}/B0.tar.gz`, new Uint8Array([1]));
    await add();
    await world.clock.advance(1000);
    expect(world.files).toEqual(['B0 (2).tar.gz', 'B0.tar.gz']);
    expect(contentIn('B0.tar.gz')).toEqual([1]);
    expect(world.transfers.current[0]?.file).toBe('B0 (2).tar.gz');
  });

  it('replaces the file that the person agreed to replace, once the new file is complete', async () => {
    world.disk.put(`${home}/old`, new Uint8Array([1]));
    await add(0, { target: { folder: home, file: 'old', ifTaken: 'replace' } });
    await world.clock.advance(60);
    expect(contentIn('old')).toEqual([1]);
    await world.clock.advance(1000);
    expect(contentIn('old')).toEqual([...contentOf(0)]);
    expect(world.files).toEqual(['old']);
  });

  it('that is requested twice is one download', async () => {
    expect(await add()).toBe(await add());
    await world.clock.advance(1000);
    expect(world.files).toEqual(['B0.tar.gz']);
  });

  it('works on a disk without hard links', async () => {
    world.disk.hasLinks = false;
    await add();
    await world.clock.advance(1000);
    expect(world.files).toEqual(['B0.tar.gz']);
    expect(world.leftovers).toEqual([]);
  });
});

describe('the queue', () => {
  it('downloads one file of a node and two of a panel at a time', async () => {
    world.limit = 20;
    world.node.add(backupId(3), contentOf(3));
    await add(0, { node: 'a' });
    await add(1, { node: 'a' });
    await add(2, { node: 'b' });
    await add(3, { node: 'c' });
    await world.clock.advance(300);
    expect(world.states).toEqual(['B0 running', 'B1 waiting', 'B2 running', 'B3 waiting']);
    await world.clock.advance(60_000);
    expect(world.states).toEqual(['B0 done', 'B1 done', 'B2 done', 'B3 done']);
  });

  it('a paused download keeps its connection, and lets others pass', async () => {
    const first = await add(0);
    await add(1);
    await world.clock.advance(60);
    world.transfers.pause(first);
    await world.clock.advance(30_000);
    expect(world.states).toEqual(['B0 paused', 'B1 done']);
    world.transfers.resume(first);
    await world.clock.advance(1000);
    expect(world.states).toEqual(['B0 done', 'B1 done']);
    expect(world.node.downloads).toBe(2);
  });

  it('a download that was cut while it was paused begins again when it is resumed', async () => {
    world.node.faults.push({ kind: 'cut', at: 15 });
    const id = await add();
    await world.clock.advance(40);
    world.transfers.pause(id);
    await world.clock.advance(10_000);
    expect(world.states).toEqual(['B0 paused']);
    world.transfers.resume(id);
    await world.clock.advance(10_000);
    expect(world.states).toEqual(['B0 done']);
  });

  it('a cancelled download leaves no file', async () => {
    const id = await add();
    await world.clock.advance(60);
    await world.transfers.cancel(id);
    await world.clock.advance(1000);
    expect(world.states).toEqual([]);
    expect(world.disk.names(home)).toEqual([]);
    expect(JSON.parse(world.kept)).toEqual([]);
    expect(world.node.open).toBe(0);
  });

  it('a finished one leaves the list and keeps its file', async () => {
    const id = await add();
    await world.clock.advance(1000);
    await world.transfers.cancel(id);
    await world.clock.advance(1000);
    expect(world.states).toEqual([]);
    expect(world.files).toEqual(['B0.tar.gz']);
  });

  it('drops the downloads of a removed account', async () => {
    await add();
    await world.clock.advance(60);
    world.transfers.accountGone('home');
    await world.clock.advance(1000);
    expect(world.states).toEqual([]);
    expect(world.disk.names(home)).toEqual([]);
  });
});

describe('a failure', () => {
  it.each<[DownloadFault['kind'], string]>([
    ['cut', 'transfers.cut'],
    ['spent', 'transfers.spent'],
    ['bad-gateway', 'transfers.status'],
    ['panel-away', 'panel.unreachable'],
    ['garbled', 'transfers.wrong-checksum'],
    ['long', 'transfers.wrong-size'],
  ])('%s is told, and tried again after a pause', async (kind, message) => {
    world.node.faults.push({ kind, at: 20 } as DownloadFault);
    await add();
    await world.clock.advance(1000);
    expect(world.transfers.current).toMatchObject([
      { state: 'resting', problem: { message: { id: message } } },
    ]);
    expect(world.disk.names(home)).toEqual([]);
    await world.clock.advance(3000);
    expect(world.states).toEqual(['B0 done']);
    expect(world.transfers.current[0]?.problem).toBeNull();
  });

  it('a silent node counts as cut after a minute', async () => {
    world.node.faults.push({ kind: 'silent', at: 20 });
    await add();
    await world.clock.advance(62_000);
    expect(world.transfers.current[0]?.problem?.message.id).toBe('transfers.silent');
  });

  it('a wrong content is tried three times, then waits for the person', async () => {
    for (let turn = 0; turn < 3; turn++) world.node.faults.push({ kind: 'garbled' });
    const id = await add();
    await world.clock.advance(60_000);
    expect(world.states).toEqual(['B0 failed']);
    expect(world.node.downloads).toBe(3);
    world.transfers.retry(id);
    await world.clock.advance(1000);
    expect(world.states).toEqual(['B0 done']);
  });

  it.each<[string, () => void, string]>([
    ['an archive that is gone', () => world.node.faults.push({ kind: 'no-archive' }), 'transfers.gone'],
    ['a full disk', () => (world.disk.free = 30), 'transfers.full'],
    ['a folder that is gone', () => world.disk.folders.delete(home), 'transfers.no-folder'],
  ])('%s waits for the person', async (_what, happens, message) => {
    happens();
    const id = await add();
    await world.clock.advance(600_000);
    expect(world.transfers.current).toMatchObject([
      { state: 'failed', problem: { message: { id: message } } },
    ]);
    expect(world.node.downloads).toBeLessThanOrEqual(1);
    expect(world.disk.names(home)).toEqual([]);
    world.disk.free = Infinity;
    world.disk.folders.add(home);
    world.transfers.retry(id);
    await world.clock.advance(1000);
    expect(world.states).toEqual(['B0 done']);
  });

  it('pauses grow up to 100 s', async () => {
    for (let turn = 0; turn < 20; turn++) world.node.faults.push({ kind: 'bad-gateway' });
    await add();
    for (let second = 0; second < 600; second++) await world.clock.advance(1000);
    expect(world.node.downloads).toBe(13);
  });

  it('begins again although its time comes between two looks at the clock', async () => {
    for (let pattern = 0; pattern < 64; pattern++) {
      world = new TransferWorld();
      let look = 0;
      world.aheadMs = () => ((pattern >> (look++ % 6)) & 1) - 0.5;
      await world.begin();
      world.node.faults.push({ kind: 'bad-gateway' });
      await add();
      await world.clock.advance(10_000);
      expect(world.states).toEqual(['B0 done']);
    }
  });

  it('after a sleep the next attempt comes at once', async () => {
    for (let turn = 0; turn < 8; turn++) world.node.faults.push({ kind: 'bad-gateway' });
    await add();
    await world.clock.advance(200_000);
    const before = world.node.downloads;
    expect(world.states).toEqual(['B0 resting']);
    world.transfers.woke();
    await world.clock.advance(10);
    expect(world.node.downloads).toBe(before + 1);
  });

  it('no jump of the wall clock changes a pause', async () => {
    world.node.faults.push({ kind: 'bad-gateway' });
    await add();
    await world.clock.advance(100);
    world.clock.jump(-86_400_000);
    await world.clock.advance(3000);
    expect(world.states).toEqual(['B0 done']);
  });

  it('neither the log nor the stored queue nor the windows get a secret', async () => {
    world.node.faults.push({ kind: 'bad-gateway' });
    await add();
    await world.clock.advance(100);
    const told = [world.log.text, world.kept, JSON.stringify(world.transfers.current)].join('\n');
    expect(told).toContain('transfers.status');
    expect(told).not.toContain(world.secret);
  });
});

describe('the next run', () => {
  it('restarts the unfinished transfers of a killed Perch, and removes their remains', async () => {
    await add(0);
    await add(1);
    await world.clock.advance(60);
    world.kill();
    expect(world.leftovers).toHaveLength(1);
    await world.begin();
    await world.clock.advance(2000);
    expect(world.states).toEqual(['B0 done', 'B1 done']);
    expect(world.files).toEqual(['B0.tar.gz', 'B1.tar.gz']);
    expect(world.leftovers).toEqual([]);
  });

  it('an orderly end removes the temporary file, and the next run continues', async () => {
    await add();
    await world.clock.advance(60);
    await world.transfers.stop();
    expect(world.disk.names(home)).toEqual([]);
    await world.begin();
    await world.clock.advance(1000);
    expect(world.states).toEqual(['B0 done']);
  });

  it('lists failed and paused transfers of the earlier run', async () => {
    world.node.faults.push({ kind: 'no-archive' });
    await add(0);
    await world.clock.advance(100);
    world.transfers.pause(await add(1));
    await settle();
    world.kill();
    await world.begin();
    await world.clock.advance(10_000);
    expect(world.states).toEqual(['B0 failed', 'B1 paused']);
    expect(world.transfers.current[0]?.problem?.message.id).toBe('transfers.gone');
  });

  it('a file never has two names, whenever Perch is killed', async () => {
    for (let steps = 0; steps < 40; steps++) {
      const other = (world = new TransferWorld());
      await other.begin();
      other.killAfter(steps);
      void other.transfers.add(other.wanted(0));
      await other.clock.advance(2000);
      other.kill();
      await other.begin();
      await other.clock.advance(2000);
      if (other.files.length === 0) await other.transfers.add(other.wanted(0));
      await other.clock.advance(2000);
      expect({ steps, names: other.disk.names(home) }).toEqual({ steps, names: ['B0.tar.gz'] });
    }
  });

  it('removes the remains of a paused download, before anybody resumes it', async () => {
    world.transfers.pause(await add());
    world.transfers.resume(await add());
    await world.clock.advance(60);
    world.transfers.pause(await add());
    await world.clock.advance(60);
    expect(world.leftovers).toHaveLength(1);
    world.kill();
    await world.begin();
    await world.clock.advance(1000);
    expect(world.states).toEqual(['B0 paused']);
    expect(world.leftovers).toEqual([]);
  });

  it('drops transfers of accounts that no longer exist', async () => {
    await add();
    await world.clock.advance(60);
    world.kill();
    await world.begin([]);
    await world.clock.advance(1000);
    expect(world.states).toEqual([]);
    expect(world.disk.names(home)).toEqual([]);
  });
});
