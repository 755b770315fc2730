import { expect } from 'vitest';
import { PerchError, newProblem } from '../../bridge/errors.js';
import type { FileBackupRecord } from '../../bridge/schema/file-backups.js';
import type { Memory } from '../../bridge/schema/memory.js';
import type { ProblemCode } from '../../bridge/schema/problem.js';
import type { Transfer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { FakeClock } from './fake-clock.js';
import { FakeLog } from './fake-log.js';
import { Emitter } from '../../main/base/emitter.js';
import { Watchable } from '../../main/base/observable.js';
import type { ReportedFact } from '../../main/base/server-fact.js';
import type { FileEntry } from '../../main/backups/file-backup-panel.js';
import { FileBackupRecords } from '../../main/backups/file-backup-records.js';
import { FileBackups } from '../../main/backups/file-backups.js';

export const serverId = 'home/1';
export const id = '11111111-1111-4111-8111-111111111111';
export const own = `perch-${id}.tar.gz`;
export const byTime = 'archive-2026-01-01T120005Z.tar.gz';
export const file = (name: string, bytes = 5): FileEntry => ({ name, bytes, kind: 'file' });

export const refusal = (code: ProblemCode, maybeDone = false): PerchError =>
  new PerchError({
    ...newProblem(code, sentence('file-backups.busy')),
    ...(maybeDone ? { maybeDone: true } : {}),
  });

/** A queue of transfers that the test controls. */
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

/** The panel of one server, its files, and Perch's memory; several runs of Perch may follow each other. */
export class FileBackupRig {
  readonly clock = new FakeClock(Date.parse('2026-01-01T12:00:00Z'));
  readonly queue = new Queue([]);
  files = [file('world', 4096), file('server.jar', 90)];
  asked: string[] = [];
  kept: readonly FileBackupRecord[] = [];
  readonly facts = new Emitter<ReportedFact>();
  readonly told: ReportedFact[] = [];
  /** Answer to the next compression after it was carried out. */
  archive = file(own, 1000);
  lost: PerchError | null = null;
  refused: PerchError | null = null;
  isAway = false;
  isKept = true;
  unready: PerchError | null = null;
  perch = this.#perch();

  constructor() {
    this.facts.listen((fact) => this.told.push(fact));
  }

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
      facts: this.facts,
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
