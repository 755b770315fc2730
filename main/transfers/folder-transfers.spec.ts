import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { home, TransferWorld } from '../../tests/support/transfer-world.js';
import type { WantedTransfer } from '../../bridge/schema/transfers.js';

let world: TransferWorld;
beforeEach(async () => {
  world = new TransferWorld();
  world.server.folders.add('/saves').add('/saves/world');
  world.server.files.set('/saves/world/level.dat', new Uint8Array([1, 2, 3]));
  world.server.files.set('/saves/world/region', new Uint8Array([4, 5]));
  await world.begin();
});

/** Lets time pass, and gives the threads that read gzip a moment in each of its steps. */
async function passing(ms: number): Promise<void> {
  const step = Math.max(50, ms / 60);
  for (let at = 0; at < ms; at += step) {
    await world.clock.advance(step);
    await pause(1);
  }
}

const wanted = (as: 'folder' | 'archive'): WantedTransfer => ({
  source: { kind: 'folder', serverId: 'home/1', path: '/saves/world', as },
  label: 'world',
  panel: 'home',
  node: 'home/Node 1',
  size: null,
  sha1: null,
  target: { folder: home, file: as === 'archive' ? 'world.tar.gz' : 'world', ifTaken: 'number' },
});
const here = (folder = 'world'): [string, number[]][] =>
  world.disk
    .names(`${home}/${folder}`)
    .map((name) => [name, [...(world.disk.files.get(`${home}/${folder}/${name}`)?.bytes ?? [])]]);
const whole = [
  ['level.dat', [1, 2, 3]],
  ['region', [4, 5]],
];
const archives = (): string[] => [...world.server.files.keys()].filter((path) => path.endsWith('.gz'));
const hidden = (): string[] =>
  [...world.disk.files.keys(), ...world.disk.folders].filter((path) => path.includes('/.'));
const isBusy = (): boolean => archives().length > 0 || world.states.some((state) => !state.endsWith('done'));
const problem = (): string | undefined => world.transfers.current[0]?.problem?.message.id;

describe('a folder', () => {
  it('becomes a folder here when all of it is unpacked, and its archive leaves the node', async () => {
    await world.transfers.add(wanted('folder'));
    await passing(5000);
    expect(world.states).toEqual(['world done']);
    expect(here()).toEqual(whole);
    expect(world.transfers.current[0]).toMatchObject({ direction: 'down', leftOut: 1, file: 'world' });
    expect([archives(), hidden()]).toEqual([[], []]);
  });

  it('of a taken name gets a number, and an empty folder of that name stays', async () => {
    world.disk.folders.add(`${home}/world`);
    await world.transfers.add(wanted('folder'));
    await passing(5000);
    expect([here(), here('world (2)')]).toEqual([[], whole]);
  });

  it('stays an archive if the person wants that', async () => {
    await world.transfers.add(wanted('archive'));
    await passing(5000);
    expect(world.files).toEqual(['world.tar.gz']);
    expect([archives(), hidden()]).toEqual([[], []]);
  });

  it('is packed once, however often the download breaks', async () => {
    world.node.faults.push({ kind: 'cut', at: 5 }, { kind: 'bad-gateway' }, { kind: 'silent', at: 5 });
    await world.transfers.add(wanted('folder'));
    await passing(1000);
    expect(archives()).toHaveLength(1);
    await passing(300_000);
    expect(world.states).toEqual(['world done']);
    expect(world.server.packs).toBe(1);
    expect(archives()).toEqual([]);
  });

  it('is found again if the answer of the panel got lost', async () => {
    world.server.packFaults.push('lost');
    await world.transfers.add(wanted('folder'));
    await passing(1000);
    expect(world.transfers.current[0]).toMatchObject({ state: 'running', doing: 'packing' });
    await passing(300_000);
    expect(world.states).toEqual(['world done']);
    expect([world.server.packs, archives()]).toEqual([1, []]);
  });

  it.each(['folder', 'archive'] as const)(
    'comes as %s from an archive that may be somebody else’s, which stays on the server',
    async (as) => {
      world.server.namesByTime = true;
      world.server.packFaults.push('lost');
      await world.transfers.add(wanted(as));
      await passing(300_000);
      expect(world.states).toEqual(['world done']);
      expect([world.server.packs, world.server.removed]).toEqual([1, []]);
      expect(world.kept).not.toContain('archive-');
      expect(world.transfers.current[0]).toMatchObject({ mayHaveLeft: true });
    },
  );

  it.each(['folder', 'archive'] as const)(
    'as %s never comes from an archive of another folder',
    async (as) => {
      world.server.namesByTime = true;
      world.server.files.set('/saves/other/a.jar', new Uint8Array([9]));
      world.server.packFaults.push('other');
      await world.transfers.add(wanted(as));
      await passing(600_000);
      expect(world.states).toEqual(['world done']);
      if (as === 'folder') expect(here()).toEqual(whole);
      expect(world.server.files.has('/saves/archive-2023-11-14T221320Z.tar.gz')).toBe(true);
      expect(world.server.removed).toEqual(['/saves/archive-2023-11-14T221321Z.tar.gz']);
      expect(world.transfers.current[0]?.mayHaveLeft).toBeUndefined();
    },
  );

  it('that the node does not pack waits for a person', async () => {
    world.server.packFaults.push('full');
    const id = await world.transfers.add(wanted('folder'));
    await passing(5000);
    expect([world.states, problem()]).toEqual([['world failed'], 'panel.node-refused-file']);
    world.transfers.retry(id);
    await passing(5000);
    expect(world.states).toEqual(['world done']);
  });

  it('that is missing, or that needs a permission, is refused before packing', async () => {
    world.server.lacking.add('file.delete');
    await world.transfers.add(wanted('folder'));
    await passing(5000);
    expect(world.transfers.current[0]?.problem?.code).toBe('forbidden');
    world.server.lacking.clear();
    world.server.folders.delete('/saves/world');
    world.transfers.retry(world.transfers.current[0]?.id ?? '');
    await passing(5000);
    expect(problem()).toBe('transfers.folder-gone');
    expect(world.server.packs).toBe(0);
  });

  it('that the user gives up leaves no file on the node and none on this computer', async () => {
    world.limit = 20;
    const id = await world.transfers.add(wanted('folder'));
    await passing(1000);
    expect(archives()).toHaveLength(1);
    world.server.isAway = true;
    await world.transfers.cancel(id);
    await passing(1000);
    expect(world.transfers.current).toEqual([]);
    world.server.isAway = false;
    await passing(61_000);
    expect([archives(), hidden(), world.kept]).toEqual([[], [], '[]']);
  });

  it('leaves the node also if the panel is away when the download ends, and after a restart', async () => {
    world.limit = 60;
    await world.transfers.add(wanted('folder'));
    await passing(1000);
    world.server.isAway = true;
    await passing(20_000);
    expect(world.states).toEqual(['world done']);
    expect(archives()).toHaveLength(1);
    world.kill();
    world.server.isAway = false;
    await world.begin();
    await passing(1000);
    expect(archives()).toEqual([]);
    expect(here()).toEqual(whole);
  });

  it('comes whole and once, whenever Perch is killed', async () => {
    for (let steps = 1; steps < 60; steps += 2) {
      world = new TransferWorld();
      world.server.folders.add('/saves').add('/saves/world');
      world.server.files.set('/saves/world/level.dat', new Uint8Array([1, 2, 3]));
      world.server.files.set('/saves/world/region', new Uint8Array([4, 5]));
      await world.begin();
      world.killAfter(steps);
      const adding = world.transfers.add(wanted('folder'));
      adding.catch(() => undefined);
      await passing(5000);
      world.kill();
      await world.begin();
      // A lost answer is followed by looks at the folder for minutes.
      for (let minute = 0; minute < 8 && (minute === 0 || isBusy()); minute++) await passing(60_000);
      const folders = [...world.disk.folders].filter((path) => path.startsWith(`${home}/`));
      const isKept = folders.length > 0;
      expect({ steps, folders, here: here() }).toEqual({
        steps,
        folders: isKept ? [`${home}/world`] : [],
        here: isKept ? whole : [],
      });
      expect({ steps, archives: archives(), hidden: hidden() }).toEqual({ steps, archives: [], hidden: [] });
    }
  });
});
