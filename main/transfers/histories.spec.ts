/**
 * A thousand histories of downloads and uploads with faults, against a model of the allowed and required files in the
 * folder and on the server.
 */
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RenameFault, UploadFault } from '../../tests/support/fake-server-files.js';
import { contentOf, home, TransferWorld, type DownloadFault } from '../../tests/support/transfer-world.js';

const backups = 3;
const backup = fc.integer({ min: 0, max: backups - 1 });
const at = fc.integer({ min: 0, max: 60 });

const fault: fc.Arbitrary<DownloadFault> = fc.oneof(
  fc.record({ kind: fc.constantFrom('cut' as const, 'silent' as const), at }),
  fc.record({
    kind: fc.constantFrom(
      ...(['spent', 'no-archive', 'bad-gateway', 'redirect', 'garbled', 'long', 'panel-away'] as const),
    ),
  }),
);

const uploads = 3;
const upload = fc.nat({ max: uploads - 1 });
const uploadFault: fc.Arbitrary<UploadFault> = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: fc.integer({ min: 0, max: 300 }) }),
  fc.record({
    kind: fc.constantFrom(
      ...(['lost', 'partly', 'spent', 'bad-gateway', 'full', 'too-large', 'panel-away'] as const),
    ),
  }),
);

/** Steps, in order. `which` is the index of a transfer. */
type Step =
  | { do: 'add'; backup: number; node: number }
  | { do: 'upload' | 'foreign-there'; at: number }
  | { do: 'upload-fault'; fault: UploadFault }
  | { do: 'rename-fault'; fault: RenameFault }
  | { do: 'lose-panel' | 'find-panel' }
  | { do: 'pass' | 'sleep'; ms: number }
  | { do: 'jump'; ms: number }
  | { do: 'pause' | 'resume' | 'cancel' | 'retry'; which: number }
  | { do: 'fault'; fault: DownloadFault }
  | { do: 'fill'; bytes: number }
  | { do: 'empty' | 'unplug' | 'plug' | 'kill' | 'stop' | 'begin' }
  | { do: 'kill-after'; steps: number }
  | { do: 'foreign'; backup: number; number: number };

const which = fc.nat({ max: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), backup, node: fc.nat({ max: 1 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('upload' as const), at: upload }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('foreign-there' as const), at: upload }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('upload-fault' as const), fault: uploadFault }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('rename-fault' as const),
      fault: fc.constantFrom('refused' as const, 'lost' as const, 'none' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('lose-panel' as const, 'find-panel' as const) }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat({ max: 300 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat({ max: 20_000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sleep' as const), ms: fc.nat({ max: 9_000_000 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -1e9, max: 1e9 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('pause' as const, 'resume' as const, 'cancel' as const, 'retry' as const),
      which,
    }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('fault' as const), fault }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fill' as const), bytes: fc.nat({ max: 80 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['empty', 'unplug', 'plug', 'kill', 'stop', 'begin'] as const)),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('kill-after' as const), steps: fc.nat({ max: 30 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('foreign' as const),
      backup,
      number: fc.integer({ min: 1, max: 3 }),
    }),
  },
);

/** A file of the person, which no transfer may touch. */
const foreign = new Uint8Array([7, 7, 7]);
/** A file on the server that a person agreed to replace. */
const earlier = new Uint8Array([8, 8, 8]);

class History {
  readonly world = new TransferWorld(backups);
  readonly #foreign = new Set<string>();
  /** Ids of transfers that a person cancelled, perhaps a moment after they were done. */
  readonly #cancelled = new Set<string>();
  /** Whether the server had the file that a person agreed to replace. */
  #wasThere = false;

  async play(steps: readonly Step[]): Promise<void> {
    await this.world.begin();
    for (const one of steps) {
      await this.#take(one);
      this.#check();
    }
    await this.#heal();
    this.#check();
    this.#checkEnd();
  }

  async #take(one: Step): Promise<void> {
    const { world } = this;
    switch (one.do) {
      case 'add':
        // Not awaited: a killed Perch never answers.
        world.transfers.add(world.wanted(one.backup, { node: `home/${one.node}` })).catch(() => undefined);
        return world.clock.advance(0);
      case 'upload':
        world.transfers.add(world.wantedUpload(one.at, placeOf(one.at))).catch(() => undefined);
        return world.clock.advance(0);
      case 'foreign-there':
        world.server.folders.add('/plugins');
        if (world.server.files.has(pathOf(one.at)) || this.#hasEarlier()) return;
        world.server.files.set(pathOf(one.at), one.at === replaced ? earlier : foreign);
        this.#wasThere ||= one.at === replaced;
        return;
      case 'upload-fault':
        return void world.server.faults.push(one.fault);
      case 'rename-fault':
        return void world.server.renameFaults.push(one.fault);
      case 'lose-panel':
      case 'find-panel':
        world.server.isAway = one.do === 'lose-panel';
        return;
      case 'pass':
        return world.clock.advance(one.ms);
      case 'sleep':
        world.clock.sleep(one.ms);
        world.transfers.woke();
        return world.clock.advance(0);
      case 'jump':
        return world.clock.jump(one.ms);
      case 'pause':
      case 'resume':
      case 'cancel':
      case 'retry': {
        const { current } = world.transfers;
        const chosen = current[one.which % Math.max(1, current.length)];
        if (chosen === undefined) return;
        if (one.do === 'cancel') this.#cancelled.add(chosen.id);
        Promise.resolve(world.transfers[one.do](chosen.id)).catch(() => undefined);
        return world.clock.advance(0);
      }
      case 'fault':
        return void world.node.faults.push(one.fault);
      case 'fill':
        world.disk.free = one.bytes;
        return;
      case 'empty':
        world.disk.free = Infinity;
        return;
      case 'unplug':
        return void world.disk.folders.delete(home);
      case 'plug':
        return void world.disk.folders.add(home);
      case 'kill':
        return world.kill();
      case 'kill-after':
        return world.killAfter(one.steps);
      case 'stop': {
        const stopped = world.transfers.stop();
        await world.clock.advance(300_000);
        if (world.isAlive) await stopped;
        return world.kill();
      }
      case 'begin':
        world.kill();
        return world.begin();
      case 'foreign': {
        const path = `${home}/B${one.backup}${one.number === 1 ? '' : ` (${one.number})`}.tar.gz`;
        if (world.disk.files.has(path)) return;
        world.disk.put(path, foreign);
        this.#foreign.add(path);
      }
    }
  }

  /** Under a final name is a whole backup or the person's own file, at every moment. */
  #check(): void {
    this.#checkServer();
    for (const [path, { bytes }] of this.world.disk.files) {
      if (!path.startsWith(`${home}/`)) continue;
      const name = path.slice(home.length + 1);
      if (name.startsWith('.')) continue;
      const [, which = ''] = /^B(\d)(?: \(\d+\))?\.tar\.gz$/.exec(name) ?? [];
      const right = this.#foreign.has(path) ? foreign : contentOf(Number(which));
      expect({ name, bytes: [...bytes] }).toEqual({ name, bytes: [...right] });
    }
  }

  /** The same on the server; a file that nobody agreed to replace is never removed. */
  #checkServer(): void {
    const { server } = this.world;
    for (const [path, content] of server.files) {
      if (path.startsWith('/plugins/.')) continue;
      const [, which = ''] = /^\/plugins\/U(\d)\.jar$/.exec(path) ?? [];
      const right = content === foreign || content === earlier ? content : contentOf(Number(which) + 20);
      expect({ path, bytes: [...content] }).toEqual({ path, bytes: [...right] });
    }
    expect(server.removed).toEqual([]);
    if (this.#wasThere) expect(this.#hasEarlier() || server.files.has(pathOf(replaced))).toBe(true);
  }

  #hasEarlier(): boolean {
    return [...this.world.server.files.values()].includes(earlier);
  }

  /** All faults end, and the person requests each file once more. */
  async #heal(): Promise<void> {
    const { world } = this;
    world.node.faults.length = 0;
    world.server.faults.length = 0;
    world.server.renameFaults.length = 0;
    world.server.isAway = false;
    for (const [path, content] of world.server.files)
      if (content === foreign) world.server.files.delete(path);
    world.disk.free = Infinity;
    world.disk.folders.add(home);
    world.kill();
    world.node.open = 0;
    await world.begin();
    for (let turn = 0; turn < 3; turn++) {
      for (const { id, state } of world.transfers.current) {
        if (state === 'paused') world.transfers.resume(id);
        else world.transfers.retry(id);
      }
      await world.clock.advance(200_000);
    }
    // An earlier upload took the name: the person gives the later one up.
    for (const { id, problem } of world.transfers.current) {
      if (problem?.message.id !== 'transfers.server-name-taken') continue;
      this.#cancelled.add(id);
      await world.transfers.cancel(id);
    }
    await world.clock.advance(1000);
  }

  #checkEnd(): void {
    const { world } = this;
    expect(world.leftovers).toEqual([]);
    expect(world.node.open).toBe(0);
    const { current } = world.transfers;
    expect(current.map(({ state }) => state)).toEqual(current.map(() => 'done'));
    // Each transfer names one file, and every transfer that Perch accepted names one unless it was cancelled.
    const ids = world.disk.named.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of world.everKept) if (!this.#cancelled.has(id)) expect(ids).toContain(id);
    const there = [...world.server.files.keys()];
    expect(there.filter((path) => path.startsWith('/plugins/.'))).toEqual([]);
    for (const [id, path] of world.everKeptUploads)
      if (!this.#cancelled.has(id)) expect(there).toContain(path);
    const paths = world.disk.named.map(({ path }) => path);
    const mine = world.files.map((name) => `${home}/${name}`).filter((path) => !this.#foreign.has(path));
    expect(mine).toEqual([...paths].sort());
  }
}

/** The upload whose file on the server a person agreed to replace. */
const replaced = 0;
const pathOf = (at: number): string => `/plugins/U${at}.jar`;
const placeOf = (at: number) =>
  at === replaced
    ? { target: { folder: '/home/olive/mods', file: `U${at}.jar`, ifTaken: 'replace' as const } }
    : {};

it(
  '1,000 histories with faults end with whole files, no double and no leftover',
  { timeout: 300_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 30 }), (steps) => new History().play(steps)),
      { numRuns: 1000, seed: 1900, endOnFailure: true },
    );
  },
);
