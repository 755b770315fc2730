import { describe, expect, it } from 'vitest';
import { PerchError, newProblem } from '../../bridge/errors.js';
import type { FileBackupRecord } from '../../bridge/schema/file-backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { ProblemCode } from '../../bridge/schema/problem.js';
import type { Transfer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { Watchable } from '../base/observable.js';
import type { FileEntry } from '../panel/api.js';
import { FileBackupRecords } from './file-backup-records.js';
import { FileBackups } from './file-backups.js';

const serverId = 'home/1';
const id = '11111111-1111-4111-8111-111111111111';
const own = `perch-${id}.tar.gz`;
const byTime = 'archive-2026-01-01T120005Z.tar.gz';
const file = (name: string, bytes = 5): FileEntry => ({ name, bytes, isFile: true });

const refusal = (code: ProblemCode, maybeDone = false): PerchError =>
  new PerchError({
    ...newProblem(code, sentence('file-backups.busy')),
    ...(maybeDone ? { maybeDone: true } : {}),
  });

/** A queue of transfers that does what a test says. */
class Queue extends Watchable<readonly Transfer[]> {
  readonly wanted: WantedTransfer[] = [];
  readonly #here = new Set<string>();

  async add(wanted: WantedTransfer): Promise<string> {
    this.wanted.push(wanted);
    this.#here.add('t1');
    this.#become('running');
    return 't1';
  }

  folderOf = (one: string): string | null => (this.#here.has(one) ? '/copies' : null);
  done = (): void => this.#become('done');
  failed = (): void => this.#become('failed');

  cancelled(): void {
    this.#here.clear();
    this.set([]);
  }

  restored(): void {
    this.#here.add('t1');
    this.#become('running');
  }

  #become(state: Transfer['state']): void {
    const transfer = { id: 't1', state } as Transfer;
    this.set([transfer]);
  }
}

/** The panel of one server, its files, and what Perch remembers; several runs of Perch may follow each other. */
class Rig {
  readonly clock = new FakeClock(Date.parse('2026-01-01T12:00:00Z'));
  readonly queue = new Queue([]);
  files = [file('world', 4096), file('server.jar', 90)];
  asked: string[] = [];
  kept: readonly FileBackupRecord[] = [];
  /** What the next compression answers after it was carried out. */
  archive = file(own, 1000);
  lost: PerchError | null = null;
  refused: PerchError | null = null;
  isAway = false;
  isKept = true;
  unready: PerchError | null = null;
  perch = this.#perch();

  /** A crash of Perch, and its next run. */
  again(): void {
    this.perch.stop();
    this.perch = this.#perch();
    this.perch.start();
  }

  get names(): string[] {
    return this.files.map(({ name }) => name);
  }

  #perch(): FileBackups {
    const log = new FakeLog();
    const memory = {
      current: { fileBackups: this.kept } as unknown as Pick<Memory, 'fileBackups'>,
      update: async (change: (now: Pick<Memory, 'fileBackups'>) => Pick<Memory, 'fileBackups'>) => {
        if (!this.isKept) throw refusal('internal');
        memory.current = change(memory.current);
        this.kept = memory.current.fileBackups;
      },
    };
    return new FileBackups({
      clock: this.clock,
      log,
      records: new FileBackupRecords(memory, log),
      transfers: this.queue,
      ready: () => {
        if (this.unready !== null) throw this.unready;
      },
      panelOf: () => ({
        clockAhead: () => 0,
        transfer: { label: 'Files of Lobby', panel: 'home', node: 'n' },
        list: async () => {
          if (this.isAway) throw refusal('node-unreachable');
          return this.files;
        },
        compress: async ({ files }) => {
          this.asked.push(`compress ${files.join(' ')}`);
          expect(this.kept).toMatchObject([{ id, serverId, name: null }]);
          if (this.refused !== null) throw this.refused;
          this.files = [...this.files, this.archive];
          if (this.lost !== null) throw this.lost;
          return this.archive;
        },
        remove: async (names) => {
          this.asked.push(`remove ${names.join(' ')}`);
          if (this.isAway) throw refusal('node-unreachable');
          this.files = this.files.filter(({ name }) => !names.includes(name));
        },
      }),
      whenListed: (_serverId, run) => {
        run();
        return () => undefined;
      },
      folder: async () => '/copies/Lobby',
      newId: () => id,
    });
  }
}

const before = ['world', 'server.jar'];
const state = (rig: Rig) => [rig.names, rig.kept, rig.perch.current];

describe('a backup of files on this computer', () => {
  it('packs everything, fetches the archive as a copy, and removes it from the server', async () => {
    const rig = new Rig();
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
    const rig = new Rig();
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
    'never deletes what a panel calls the archive: %s',
    async (name) => {
      const rig = new Rig();
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
    ['cancelled', (rig: Rig) => rig.queue.cancelled()],
    ['failed and then given up', (rig: Rig) => (rig.queue.failed(), rig.queue.cancelled())],
  ])('removes the archive if the download is %s', async (_, end) => {
    const rig = new Rig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    end(rig);
    await rig.clock.advance(0);
    expect([rig.names, rig.kept]).toEqual([before, []]);
    expect(rig.perch.current).toMatchObject([{ step: 'failed' }]);
  });

  it('keeps the archive while a failed download waits for a person', async () => {
    const rig = new Rig();
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.queue.failed();
    await rig.clock.advance(3_600_000);
    expect([rig.names, rig.kept.length]).toEqual([[...before, own], 1]);
  });

  it.each([own, byTime])('looks for the archive %s after an answer that got lost', async (name) => {
    const rig = new Rig();
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
    const rig = new Rig();
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
    const rig = new Rig();
    rig.refused = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(150_000);
    expect(rig.perch.current).toMatchObject([{ step: 'failed', problem: { code: 'timeout' } }]);
    expect(rig.kept).toEqual([]);
  });

  it('tells a refusal, and begins again when asked', async () => {
    const rig = new Rig();
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

  it('tries until the archive is gone', async () => {
    const rig = new Rig();
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
    const rig = new Rig();
    await rig.perch.begin(serverId);
    await expect(rig.perch.begin(serverId)).rejects.toMatchObject({ problem: { code: 'conflict' } });
    expect(rig.perch.current).toHaveLength(1);
  });

  it.each([
    ['nothing allows it', (rig: Rig) => (rig.unready = refusal('forbidden'))],
    ['there are no files', (rig: Rig) => (rig.files = [])],
    ['a name ends with a space', (rig: Rig) => (rig.files = [file('world ')])],
    ['the disk does not remember', (rig: Rig) => (rig.isKept = false)],
    ['the node is silent', (rig: Rig) => (rig.isAway = true)],
  ])('asks for nothing if %s', async (_, change) => {
    const rig = new Rig();
    change(rig);
    await expect(rig.perch.begin(serverId)).rejects.toBeInstanceOf(PerchError);
    expect([rig.asked, rig.kept, rig.perch.current]).toEqual([[], [], []]);
  });
});

describe('after a crash of Perch', () => {
  it('the archive with the name of Perch of a call without an answer is removed', async () => {
    const rig = new Rig();
    rig.archive = file(own, 10);
    rig.lost = refusal('timeout', true);
    await rig.perch.begin(serverId);
    await rig.clock.advance(0);
    rig.again();
    await rig.clock.advance(0);
    expect(state(rig)).toEqual([before, [], []]);
  });

  it.each([
    ['one archive', []],
    ['several archives', ['archive-2026-01-01T120009Z.tar.gz']],
  ])('%s that may be somebody else’s stays, and the person is told', async (_, others) => {
    const rig = new Rig();
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

  it('a download goes on, and the archive is removed after it', async () => {
    const rig = new Rig();
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
