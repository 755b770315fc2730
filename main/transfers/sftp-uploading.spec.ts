/** Uploads that go over SFTP because the node's links take no file of this size. */
import { beforeEach, describe, expect, it } from 'vitest';
import { contentOf, TransferWorld } from '../../tests/support/transfer-world.js';

let world: TransferWorld;
beforeEach(async () => {
  world = new TransferWorld();
  world.server.sftp.isOn = true;
  await world.begin();
});

const path = '/plugins/U0.jar';
const mine = [...contentOf(20)];
const add = (fields = {}): Promise<string> => world.transfers.add(world.wantedUpload(0, fields));
const onServer = (): [string, number[]][] =>
  [...world.server.files].map(([name, content]) => [name, [...content]]);
const problem = (): string | undefined => world.transfers.current[0]?.problem?.message.id;

describe('an upload that the node refuses for its size', () => {
  beforeEach(() => void world.server.faults.push({ kind: 'too-large' }));

  it('goes over SFTP at once, under a hidden name first', async () => {
    await add();
    await world.clock.advance(800);
    expect(world.states).toEqual(['U0 done']);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.names).toEqual([expect.stringMatching(/^\..*\.perch-part$/)]);
    expect(world.transfers.current[0]?.by).toBe('sftp');
  });

  it('does not ask the node again, also after a restart of Perch', async () => {
    world.server.sftp.faults.push('cut');
    await add();
    await world.clock.advance(500);
    expect(world.states).toEqual(['U0 resting']);
    expect(problem()).toBe('sftp.cut');
    world.kill();
    await world.begin();
    await world.clock.advance(3000);
    expect(world.states).toEqual(['U0 done']);
    expect(world.server.uploads).toBe(1);
    expect(onServer()).toEqual([[path, mine]]);
  });

  it('waits for a person without an SFTP key', async () => {
    world.server.sftp.isOn = false;
    await add();
    await world.clock.advance(5000);
    expect(problem()).toBe('transfers.too-large');
    expect(world.server.sftp.sent).toBe(0);
  });
});

describe('an upload over SFTP', () => {
  const bySftp = { by: 'sftp' };

  it('asks the panel for no link', async () => {
    await add(bySftp);
    await world.clock.advance(700);
    expect(world.states).toEqual(['U0 done']);
    expect(world.server.uploads).toBe(0);
  });

  it('waits for a person when the disk of the server is full, and leaves nothing on it', async () => {
    world.server.sftp.faults.push('full');
    const id = await add(bySftp);
    await world.clock.advance(5000);
    expect([world.states, problem()]).toEqual([['U0 failed'], 'transfers.server-full']);
    expect(onServer()).toEqual([]);
    world.transfers.retry(id);
    await world.clock.advance(5000);
    expect(onServer()).toEqual([[path, mine]]);
  });

  it('removes the part of a failed upload later if the panel does not answer, also after a restart', async () => {
    world.server.sftp.faults.push('full');
    await add(bySftp);
    await world.clock.advance(25);
    world.server.isAway = true;
    await world.clock.advance(5000);
    expect([world.states, onServer().length]).toEqual([['U0 failed'], 1]);
    world.kill();
    world.server.isAway = false;
    await world.begin();
    await world.clock.advance(5000);
    expect([world.states, onServer()]).toEqual([['U0 failed'], []]);
  });

  it('finds that bytes are missing, and begins again only for a person', async () => {
    world.server.sftp.faults.push('short');
    const id = await add(bySftp);
    await world.clock.advance(5000);
    expect([world.states, problem()]).toEqual([['U0 failed'], 'transfers.partly-there']);
    expect(onServer()).toEqual([]);
    world.transfers.retry(id);
    await world.clock.advance(5000);
    expect(onServer()).toEqual([[path, mine]]);
  });

  it('sends no bytes while a person pauses, and ends when a person cancels', async () => {
    world.limit = 20;
    const id = await add(bySftp);
    await world.clock.advance(60);
    world.transfers.pause(id);
    await world.clock.advance(100_000);
    expect(world.server.files.has(path)).toBe(false);
    await world.transfers.cancel(id);
    await world.clock.advance(30_000);
    expect(onServer()).toEqual([]);
    expect(world.transfers.current).toEqual([]);
  });

  it('opens no file for a person who cancelled while the connection was made, and waits for no connection', async () => {
    world.server.sftp.connectMs = 20_000;
    const id = await add(bySftp);
    await world.clock.advance(5000);
    await world.transfers.cancel(id);
    await world.clock.advance(1000);
    expect(world.transfers.current).toEqual([]);
    await world.clock.advance(60_000);
    expect([world.server.sftp.sent, onServer()]).toEqual([0, []]);
  });

  it('leaves no file if a person cancels while the node opens the file', async () => {
    world.server.sftp.createMs = 5000;
    const id = await add(bySftp);
    await world.clock.advance(1000);
    await world.transfers.cancel(id);
    await world.clock.advance(60_000);
    expect(world.server.sftp.sent).toBe(1);
    expect([world.transfers.current, onServer()]).toEqual([[], []]);
  });

  it.each(['file.update', 'file.delete'])(
    'opens no file under its own name where the account lacks %s',
    async (permission) => {
      const earlier = new Uint8Array([7, 7]);
      world.server.lacking.add(permission);
      world.server.folders.add('/plugins');
      world.server.files.set(path, earlier);
      const target = { ...world.wantedUpload(0).target, ifTaken: 'replace' };
      for (const by of [bySftp, {}]) {
        world.server.faults.push({ kind: 'too-large' });
        const id = await add({ ...by, target });
        await world.clock.advance(5000);
        expect([world.states, problem()]).toEqual([['U0 failed'], 'transfers.unhidden']);
        await world.transfers.cancel(id);
        await world.clock.advance(5000);
      }
      expect(world.server.sftp.sent).toBe(0);
      expect(world.server.files.get(path)).toBe(earlier);
    },
  );

  it('keeps below the limit of speed', async () => {
    world.limit = 20;
    await add(bySftp);
    await world.clock.advance(5000);
    expect(world.transfers.current[0]?.bytes).toBeLessThan(140);
    expect(world.states).toEqual(['U0 running']);
  });

  it('replaces a file only if a person agreed, and keeps the earlier file until the new file is complete', async () => {
    const earlier = new Uint8Array([7, 7]);
    world.server.folders.add('/plugins');
    world.server.files.set(path, earlier);
    const id = await add(bySftp);
    await world.clock.advance(3000);
    expect(problem()).toBe('transfers.server-name-taken');
    expect(world.server.files.get(path)).toBe(earlier);
    await world.transfers.cancel(id);
    await world.clock.advance(1000);
    await add({ ...bySftp, target: { ...world.wantedUpload(0).target, ifTaken: 'replace' } });
    await world.clock.advance(3000);
    expect(onServer()).toEqual([[path, mine]]);
  });
});
