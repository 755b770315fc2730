import { setTimeout as pause } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { TransferWorld } from '../../tests/support/transfer-world.js';
import type { UploadFault } from '../../tests/support/fake-server-files.js';
import type { WantedTransfer } from '../../bridge/schema/transfers.js';
import { pathsDigest } from './packed-files.js';

const paths = ['mods/a.jar', 'mods/config/b.yml', 'mods/config/c.yml'];
const here = '/home/olive/mods';
const contentOf = (path: string, length = 700): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at + path.length) % 250);

let world: TransferWorld;
async function aWorld(): Promise<void> {
  world = new TransferWorld();
  for (const path of paths) world.disk.put(`${here}/${path}`, contentOf(path));
  for (const folder of ['mods', 'mods/config']) world.disk.folders.add(`${here}/${folder}`);
  world.server.folders.add('/plugins');
  await world.begin();
}
// The form of tar is loaded when it is needed, which takes a while.
beforeAll(() => import('./packed-archives.js'));
beforeEach(aWorld);

const wanted = (replaced: string[] = []): WantedTransfer => ({
  source: {
    kind: 'packed',
    serverId: 'home/1',
    path: '/plugins',
    names: ['mods'],
    paths: pathsDigest(paths.map((path) => ({ place: '', path, bytes: 0, modifiedAt: 0 }))),
    replaced,
  },
  label: 'mods',
  panel: 'home',
  node: 'home/Node 1',
  size: 2100,
  sha1: null,
  target: { folder: here, file: 'mods', ifTaken: 'refuse' },
});
async function passing(ms: number): Promise<void> {
  const step = Math.max(50, ms / 60);
  for (let at = 0; at < ms; at += step) {
    await world.clock.advance(step);
    // The form of tar is loaded when it is needed.
    await pause(1);
  }
}
const onServer = (): string[] => [...world.server.files.keys()].sort();
const whole = paths.map((path) => `/plugins/${path}`);
const problem = (): string | undefined => world.transfers.current[0]?.problem?.message.id;

describe('an upload of many files', () => {
  it('goes as one archive, which the node unpacks and loses again', async () => {
    await world.transfers.add(wanted());
    await passing(10_000);
    expect(world.states).toEqual(['mods done']);
    expect(onServer()).toEqual(whole);
    for (const path of paths) {
      expect([...(world.server.files.get(`/plugins/${path}`) ?? [])]).toEqual([...contentOf(path)]);
    }
    expect(world.server.uploads).toBe(1);
    expect(world.server.names[0]).toMatch(/^\.perch-.*-0-[\da-f]{8}\.tar\.gz$/);
    expect(world.transfers.current[0]).toMatchObject({ direction: 'up', size: 2100, bytes: 2100 });
  });

  it.each<[UploadFault]>([
    [{ kind: 'cut', at: 900 }],
    [{ kind: 'bad-gateway' }],
    [{ kind: 'lost' }],
    [{ kind: 'spent' }],
    [{ kind: 'panel-away' }],
  ])('comes whole after %o', async (fault) => {
    world.server.faults.push(fault);
    await world.transfers.add(wanted());
    await passing(300_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    expect(world.server.uploads).toBe(fault.kind === 'lost' ? 1 : 2);
  });

  it.each(['lost', 'undone'] as const)('is unpacked although an answer got %s', async (fault) => {
    world.server.unpackFaults.push(fault);
    await world.transfers.add(wanted());
    await passing(300_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    expect(world.server.unpacks).toBe(fault === 'lost' ? 1 : 2);
  });

  it('replaces files of the same sizes also if the order to unpack got lost', async () => {
    world.server.folders.add('/plugins/mods').add('/plugins/mods/config');
    for (const path of whole) world.server.files.set(path, new Uint8Array(700));
    world.server.unpackFaults.push('undone');
    await world.transfers.add(wanted(whole));
    await passing(300_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    for (const path of paths) {
      expect([...(world.server.files.get(`/plugins/${path}`) ?? [])]).toEqual([...contentOf(path)]);
    }
  });

  it('brings files as they are now, not as an earlier attempt packed them', async () => {
    world.server.unpackFaults.push('undone');
    await world.transfers.add(wanted());
    await passing(1000);
    expect(onServer()).toHaveLength(1);
    world.disk.put(`${here}/${paths[0]}`, contentOf('edited'));
    await passing(300_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    expect([...(world.server.files.get(whole[0] ?? '') ?? [])]).toEqual([...contentOf('edited')]);
  });

  it('that the node does not unpack waits for a person, without the archive', async () => {
    world.server.unpackFaults.push('denied');
    await world.transfers.add(wanted());
    await passing(10_000);
    expect([world.states, problem(), onServer()]).toEqual([['mods failed'], 'panel.file-denied', []]);
  });

  it('replaces files that the person agreed to, and no files that came meanwhile', async () => {
    world.server.folders.add('/plugins/mods');
    world.server.files.set('/plugins/mods/a.jar', new Uint8Array([1]));
    const id = await world.transfers.add(wanted());
    await passing(10_000);
    expect([world.states, problem()]).toEqual([['mods failed'], 'transfers.taken-meanwhile']);
    expect(onServer()).toEqual(['/plugins/mods/a.jar']);
    expect([...(world.server.files.get('/plugins/mods/a.jar') ?? [])]).toEqual([1]);
    await world.transfers.cancel(id);
    await world.transfers.add(wanted(['/plugins/mods/a.jar']));
    await passing(10_000);
    expect(onServer()).toEqual(whole);
  });

  it('of a folder that has other files now waits for a person', async () => {
    world.disk.put(`${here}/mods/new.jar`, contentOf('new'));
    await world.transfers.add(wanted());
    await passing(10_000);
    expect([problem(), onServer()]).toEqual(['transfers.changed-folder', []]);
  });

  it('uses smaller archives once the node has told its limit, and continues from the broken archive', async () => {
    for (const path of paths) world.disk.put(`${here}/${path}`, contentOf(path, 600_000));
    world.disk.readBytes = 65_536;
    world.server.faults.push(
      { kind: 'too-large' },
      { kind: 'cut', at: Infinity },
      { kind: 'cut', at: 50_000 },
    );
    world.server.written = () => undefined;
    const id = await world.transfers.add(wanted());
    world.nodeLimit = null;
    world.server.refused = () => (world.nodeLimit = 1);
    await passing(600_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    // One refused archive, three that arrived, one that was cut off.
    expect(world.server.uploads).toBe(5);
    expect(world.transfers.current[0]?.id).toBe(id);
  });

  it('with a file above the limit is refused', async () => {
    world.nodeLimit = 1;
    world.disk.put(`${here}/mods/a.jar`, contentOf('a', 1_100_000));
    await world.transfers.add(wanted());
    await passing(10_000);
    expect([problem(), onServer()]).toEqual(['transfers.too-large', []]);
  });

  it.each(['file.update', 'file.delete'])('does not go over SFTP without %s', async (permission) => {
    world.nodeLimit = 1;
    world.server.sftp.isOn = true;
    world.server.lacking.add(permission);
    world.disk.put(`${here}/mods/a.jar`, contentOf('a', 1_100_000));
    await world.transfers.add(wanted());
    await passing(10_000);
    expect([world.states, world.server.sftp.sent, onServer()]).toEqual([['mods failed'], 0, []]);
    await world.transfers.add({ ...wanted(), by: 'sftp', label: 'known' });
    await passing(10_000);
    expect([world.states, world.server.sftp.sent]).toEqual([['mods failed', 'known failed'], 0]);
  });

  it('for whose archive and files a server has no room goes over SFTP, without the archive', async () => {
    world.server.sftp.isOn = true;
    world.server.unpackFaults.push('full');
    await world.transfers.add(wanted());
    await passing(10_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    expect(world.transfers.current[0]?.by).toBe('sftp');
    expect([world.server.unpacks, world.server.sftp.sent]).toEqual([1, 3]);
  });

  it('of which a full server has a part continues with archives', async () => {
    world.server.sftp.isOn = true;
    world.server.unpackFaults.push('full-later');
    const id = await world.transfers.add(wanted());
    await passing(10_000);
    expect([world.states, problem()]).toEqual([['mods failed'], 'panel.file-disk-full']);
    expect(onServer()).toEqual([whole[0]]);
    world.transfers.retry(id);
    await passing(10_000);
    expect([world.states, onServer()]).toEqual([['mods done'], whole]);
    expect(world.server.sftp.sent).toBe(0);
  });

  it('that is given up leaves no archive', async () => {
    world.server.unpackFaults.push('undone');
    const id = await world.transfers.add(wanted());
    await passing(1000);
    expect(onServer()).toHaveLength(1);
    await world.transfers.cancel(id);
    await passing(1000);
    expect([onServer(), world.kept]).toEqual([[], '[]']);
  });

  it('arrives completely, whenever Perch is killed, and leaves no other file', async () => {
    for (let steps = 1; steps < 90; steps += 2) {
      await aWorld();
      world.killAfter(steps);
      world.transfers.add(wanted()).catch(() => undefined);
      await passing(5000);
      world.kill();
      await world.begin();
      await passing(120_000);
      const isKnown = world.everKeptUploads.size > 0 || onServer().length > 0;
      expect({ steps, files: onServer() }).toEqual({ steps, files: isKnown ? whole : [] });
    }
  });
});
