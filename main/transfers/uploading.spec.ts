import { beforeEach, describe, expect, it } from 'vitest';
import { contentOf, TransferWorld } from '../../tests/support/transfer-world.js';
import type { RenameFault, UploadFault } from '../../tests/support/fake-server-files.js';
import { systemDisk } from './transfer-disk.js';

let world: TransferWorld;
beforeEach(async () => {
  world = new TransferWorld();
  await world.begin();
});

const path = '/plugins/U0.jar';
const mine = [...contentOf(20)];
const foreign = new Uint8Array([7, 7]);
const add = (fields = {}): Promise<string> => world.transfers.add(world.wantedUpload(0, fields));
const onServer = (): [string, number[]][] =>
  [...world.server.files].map(([name, content]) => [name, [...content]]);
const problem = (): string | undefined => world.transfers.current[0]?.problem?.message.id;
const replacing = () => ({ target: { ...world.wantedUpload(0).target, ifTaken: 'replace' } });

describe('an upload', () => {
  it('gets its name on the server when the node has the whole file, and no earlier', async () => {
    world.limit = 200;
    await add();
    await world.clock.advance(300);
    expect(onServer()).toEqual([]);
    expect(world.transfers.current[0]).toMatchObject({ direction: 'up', state: 'running' });
    await world.clock.advance(2000);
    expect(world.states).toEqual(['U0 done']);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.names).toEqual([expect.stringMatching(/^\..*\.perch-part$/)]);
  });

  it('says how much was sent, and keeps below the limit of speed', async () => {
    world.limit = 20;
    await add();
    await world.clock.advance(5000);
    const [transfer] = world.transfers.current;
    expect(transfer).toMatchObject({ state: 'running', size: mine.length });
    expect(transfer?.bytes).toBeGreaterThan(60);
    expect(transfer?.bytes).toBeLessThan(120);
  });

  it('waits for its turn beside a download of the same node', async () => {
    world.limit = 40;
    await world.transfers.add(world.wanted(0));
    await add();
    await world.clock.advance(300);
    expect(world.states).toEqual(['B0 running', 'U0 waiting']);
    await world.clock.advance(20_000);
    expect(world.states).toEqual(['B0 done', 'U0 done']);
  });

  it('sends no bytes while a person pauses', async () => {
    const id = await add();
    await world.clock.advance(40);
    world.transfers.pause(id);
    await world.clock.advance(100_000);
    expect(onServer()).toEqual([]);
    world.transfers.resume(id);
    await world.clock.advance(2000);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.uploads).toBe(1);
  });

  it('that is cancelled leaves no file on the server', async () => {
    world.server.faults.push({ kind: 'lost' });
    const id = await add();
    await world.clock.advance(1000);
    expect(onServer()).toHaveLength(1);
    await world.transfers.cancel(id);
    await world.clock.advance(100);
    expect(onServer()).toEqual([]);
    expect(world.transfers.current).toEqual([]);
    expect(world.kept).toBe('[]');
  });

  it('that is cancelled before its beginning leaves the queue at once, without a request to the panel', async () => {
    world.limit = 40;
    await world.transfers.add(world.wanted(0));
    const id = await add();
    await world.clock.advance(300);
    await world.transfers.cancel(id);
    await world.clock.advance(10);
    expect(world.server.asked).toBe(0);
    expect(world.kept).not.toContain(path);
  });

  it('of an earlier run, which may have begun then, asks the panel when it is cancelled', async () => {
    world.server.faults.push({ kind: 'lost' });
    const id = await add();
    await world.clock.advance(1000);
    world.transfers.pause(id);
    await world.clock.advance(10);
    world.kill();
    await world.begin();
    await world.transfers.cancel(id);
    await world.clock.advance(1000);
    expect(onServer()).toEqual([]);
  });

  it('that is cancelled while the panel is away leaves nothing once the panel is back', async () => {
    world.server.faults.push({ kind: 'lost' });
    const id = await add();
    await world.clock.advance(1000);
    world.server.isAway = true;
    await world.transfers.cancel(id);
    await world.clock.advance(200_000);
    expect(onServer()).toHaveLength(1);
    world.server.isAway = false;
    await world.clock.advance(61_000);
    expect(onServer()).toEqual([]);
  });

  it.each<[UploadFault, string, number]>([
    [{ kind: 'cut', at: 30 }, 'transfers.cut', 2],
    [{ kind: 'lost' }, 'transfers.silent', 2],
    [{ kind: 'spent' }, 'transfers.spent-upload', 2],
    [{ kind: 'bad-gateway' }, 'transfers.upload-status', 2],
    [{ kind: 'panel-away' }, 'panel.unreachable', 2],
  ])('begins again after %j', async (fault, words, uploads) => {
    world.server.faults.push(fault);
    await add();
    await world.clock.advance(700);
    expect(world.states).toEqual(['U0 resting']);
    expect(problem()).toBe(words);
    await world.clock.advance(10_000);
    expect(world.states).toEqual(['U0 done']);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.uploads).toBe(uploads);
  });

  it.each<[UploadFault['kind'], string]>([
    ['full', 'transfers.server-full'],
    ['too-large', 'transfers.too-large'],
    ['partly', 'transfers.partly-there'],
  ])('waits for a person after %s, and leaves nothing', async (kind, words) => {
    if (kind === 'cut') return;
    world.server.faults.push({ kind });
    const id = await add();
    await world.clock.advance(200_000);
    expect(world.states).toEqual(['U0 failed']);
    expect(problem()).toBe(words);
    expect(onServer()).toEqual([]);
    world.transfers.retry(id);
    await world.clock.advance(10_000);
    expect(onServer()).toEqual([[path, mine]]);
  });

  it('never replaces a file unasked, also a file that came meanwhile', async () => {
    const id = await add();
    world.server.folders.add('/plugins');
    world.server.files.set(path, foreign);
    await world.clock.advance(2000);
    expect(world.states).toEqual(['U0 failed']);
    expect(problem()).toBe('transfers.server-name-taken');
    expect(world.server.files.get(path)).toBe(foreign);
    world.server.files.delete(path);
    world.transfers.retry(id);
    await world.clock.advance(2000);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.uploads).toBe(1);
  });

  it('replaces the file that a person agreed to replace, once the new file is complete', async () => {
    world.server.folders.add('/plugins');
    world.server.files.set(path, foreign);
    await add(replacing());
    await world.clock.advance(40);
    expect(world.server.files.get(path)).toBe(foreign);
    await world.clock.advance(2000);
    expect(onServer()).toEqual([[path, mine]]);
  });

  it('that may not have its name leaves the earlier file, and asks a person', async () => {
    world.server.folders.add('/plugins');
    world.server.files.set(path, foreign);
    world.server.denied.add(path);
    const id = await add(replacing());
    await world.clock.advance(200_000);
    expect(world.states).toEqual(['U0 failed']);
    expect(problem()).toBe('panel.file-denied');
    expect(world.server.files.get(path)).toBe(foreign);
    await world.transfers.cancel(id);
    await world.clock.advance(100);
    expect(onServer()).toEqual([[path, [...foreign]]]);
  });

  it('whose new name is refused gives the earlier file its name back, and says where it is until then', async () => {
    world.server.folders.add('/plugins');
    world.server.files.set(path, foreign);
    // Aside, new name, back; then a new name and back again.
    world.server.renameFaults.push('none', 'refused', 'refused', 'refused', 'none');
    const id = await add(replacing());
    await world.clock.advance(500);
    expect(world.states).toEqual(['U0 resting']);
    expect(problem()).toBe('files.set-aside');
    expect([...world.server.files.values()]).toContain(foreign);
    await world.clock.advance(2500);
    expect(problem()).toBe('panel.node-refused-file');
    expect(world.server.files.get(path)).toBe(foreign);
    await world.transfers.cancel(id);
    await world.clock.advance(100);
    expect(onServer()).toEqual([[path, [...foreign]]]);
  });

  it.each<RenameFault[][]>([[['lost']], [['none', 'lost']], [['lost', 'lost']], [['lost', 'refused']]])(
    'replaces a file although answers are lost: %j',
    async (faults) => {
      world.server.folders.add('/plugins');
      world.server.files.set(path, foreign);
      world.server.renameFaults.push(...faults);
      await add(replacing());
      await world.clock.advance(100_000);
      expect(world.states).toEqual(['U0 done']);
      expect(onServer()).toEqual([[path, mine]]);
      expect(world.server.uploads).toBe(1);
    },
  );

  it('under its own name is done with the yes of the node, also if a game writes to it at once', async () => {
    world.server.lacking.add('file.update');
    world.server.written = () => world.server.files.set(path, foreign);
    await add();
    await world.clock.advance(100_000);
    expect(world.states).toEqual(['U0 done']);
    expect(world.server.uploads).toBe(1);
  });

  it('that is lost on the server each time is sent three times, and then a person is asked', async () => {
    world.server.written = () => world.server.files.clear();
    await add();
    await world.clock.advance(1_000_000);
    expect(world.states).toEqual(['U0 failed']);
    expect(problem()).toBe('transfers.lost-there');
    expect(world.server.uploads).toBe(3);
  });

  it('under its own name is found again if the answer of the node got lost', async () => {
    world.server.lacking.add('file.update');
    world.server.faults.push({ kind: 'lost' });
    await add();
    await world.clock.advance(10_000);
    expect(world.states).toEqual(['U0 done']);
    expect([onServer(), world.server.uploads]).toEqual([[[path, mine]], 1]);
  });

  it('under its own name is found again after a kill, but a file of another size is nobody’s to replace', async () => {
    world.server.lacking.add('file.update');
    world.server.written = () => world.kill();
    await add();
    await world.clock.advance(10_000);
    world.server.written = () => undefined;
    const sent = world.server.files.get(path) ?? new Uint8Array();
    world.server.files.set(path, foreign);
    await world.begin();
    await world.clock.advance(10_000);
    expect([world.states, problem()]).toEqual([['U0 failed'], 'transfers.server-name-taken']);
    world.server.files.set(path, sent);
    world.transfers.retry(world.transfers.current[0]?.id ?? '');
    await world.clock.advance(10_000);
    expect([world.states, world.server.uploads]).toEqual([['U0 done'], 1]);
  });

  it('goes under its own name where the account may not rename, after a look', async () => {
    world.server.lacking.add('file.update');
    world.server.folders.add('/plugins');
    world.server.files.set(path, foreign);
    const id = await add();
    await world.clock.advance(2000);
    expect(problem()).toBe('transfers.server-name-taken');
    expect(world.server.uploads).toBe(0);
    world.server.files.delete(path);
    world.transfers.retry(id);
    await world.clock.advance(2000);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.names).toEqual(['U0.jar']);
  });

  it('of a file that changes meanwhile begins again, and gives the name to a whole one only', async () => {
    await add();
    await world.clock.advance(40);
    world.changeHere(0, contentOf(25));
    await world.clock.advance(400);
    expect(problem()).toBe('transfers.changed-here');
    expect(world.server.files.has(path)).toBe(false);
    await world.clock.advance(10_000);
    expect(onServer()).toEqual([[path, [...contentOf(25)]]]);
  });

  it('renames the file on the node after an outage of the panel, without sending the file again', async () => {
    await add();
    await world.clock.advance(45);
    world.server.isAway = true;
    await world.clock.advance(1000);
    expect(world.states).toEqual(['U0 resting']);
    world.server.isAway = false;
    await world.clock.advance(10_000);
    expect(onServer()).toEqual([[path, mine]]);
    expect(world.server.uploads).toBe(1);
  });
});

describe('a run that was killed', () => {
  it.each([0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30])('after %i steps ends whole', async (steps) => {
    world.killAfter(steps);
    add().catch(() => undefined);
    await world.clock.advance(5000);
    world.kill();
    await world.begin();
    await world.clock.advance(10_000);
    if (world.transfers.current.length === 0) return;
    expect(world.states).toEqual(['U0 done']);
    expect(onServer()).toEqual([[path, mine]]);
  });
});

it('only a regular file of this computer is opened', async () => {
  await expect(systemDisk.open('/dev')).rejects.toThrow();
  await expect(systemDisk.open('/dev/null')).rejects.toThrow();
});
