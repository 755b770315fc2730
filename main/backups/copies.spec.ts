import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newProblem } from '../../bridge/errors.js';
import type { BackupChoices } from '../../bridge/schema/backup-rules.js';
import type { Backup, BackupList } from '../../bridge/schema/backups.js';
import type { Settings } from '../../bridge/schema/settings.js';
import type { Transfer, WantedTransfer } from '../../bridge/schema/transfers.js';
import { sentence } from '../../messages/messages.js';
import { anAccount, aServer, aTransfer, someSettings } from '../../tests/support/entities.js';
import { aBackup, aRunningBackup } from '../../tests/support/fake-backups.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { Emitter } from '../base/emitter.js';
import { Observable } from '../base/observable.js';
import type { ReportedFact } from '../base/server-fact.js';
import { FleetStore } from '../fleet/store.js';
import { Copies } from './copies.js';
import { removeFolder } from '../../tests/support/remove-folder.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'perch-copies-'));
});
afterEach(() => removeFolder(root));

const hour = 3_600_000;
const server = aServer();

class Transfers extends Observable<readonly Transfer[]> {
  #added = 0;
  async add({ source, target, size }: WantedTransfer): Promise<string> {
    const id = `t${this.#added++}`;
    const { folder, file } = target;
    this.set([...this.current, aTransfer({ id, source, folder, file, size, state: 'running' })]);
    return id;
  }
  retry(id: string): void {
    this.set(this.current.map((one) => (one.id === id ? { ...one, state: 'running', problem: null } : one)));
  }
  async cancel(id: string): Promise<void> {
    this.set(this.current.filter((one) => one.id !== id));
  }
  end(problem: Transfer['problem'] = null): void {
    for (const { folder, file, size, state } of this.current) {
      if (problem === null && state === 'running') writeFileSync(join(folder, file), 'x'.repeat(size ?? 0));
    }
    const state = problem === null ? ('done' as const) : ('failed' as const);
    this.set(this.current.map((one) => (one.state === 'running' ? { ...one, state, problem } : one)));
  }
}

function aRig(choices: BackupChoices = { fetch: 'each' }, folder: string | null = root) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server },
  ]);
  const facts = new Emitter<ReportedFact>();
  const lists = new Emitter<{ serverId: string; list: BackupList }>();
  const panel = { backups: [] as Backup[], reads: 0, isAway: false, restUntil: null as number | null };
  const transfers = new Transfers([]);
  const told: ReportedFact[] = [];
  const settings = {
    current: someSettings({ copiesFolder: folder, backupRules: { all: choices, rules: [] } }),
    update: async (patch: Partial<Settings>) => {
      settings.current = { ...settings.current, ...patch };
    },
  };
  const copies = new Copies({
    clock,
    log: new FakeLog(),
    store,
    settings,
    facts,
    transfers,
    backups: {
      lists,
      restUntil: () => panel.restUntil,
      read: async (serverId) => {
        panel.reads += 1;
        if (panel.isAway) throw new Error('away');
        const list = { backups: panel.backups, limit: 3, used: 1 };
        lists.emit({ serverId, list });
        return list;
      },
    },
    offer: async (serverId, id) => {
      const { bytes, sha1 } = panel.backups.find((backup) => backup.id === id) ?? aBackup(id);
      const source = { kind: 'backup', serverId, backup: id } as const;
      return { source, label: id, panel: 'home', node: 'n', size: bytes, sha1, file: 'x.tar.gz' };
    },
  });
  facts.listen((fact) => void (fact.fact.kind === 'copy-failed' && told.push(fact)));
  copies.start();
  const completed = (backupId: string): void =>
    facts.emit({
      serverId: server.id,
      fact: {
        kind: 'backup',
        isSuccessful: true,
        backupId,
        sha1: createHash('sha1').digest('hex'),
        bytes: 4,
      },
    });
  const files = async (count: number): Promise<string[]> => {
    for (let turn = 0; turn < 1500; turn++) {
      const found = readdirSync(root).flatMap((own) => readdirSync(join(root, own)));
      if (found.length === count) return found;
      await pause(10);
    }
    throw new Error(`There are no ${count} files.`);
  };
  const begun = async (count: number): Promise<void> => {
    for (let turn = 0; turn < 1500 && transfers.current.length < count; turn++) await pause(10);
    expect(transfers.current).toHaveLength(count);
  };
  return { clock, panel, transfers, told, copies, completed, files, begun };
}

/** Real files take real time. */
async function settled(is: () => boolean): Promise<void> {
  for (let turn = 0; turn < 1500 && !is(); turn++) await pause(10);
  expect(is()).toBe(true);
}

const good = (id: string, hours: number): Backup => aBackup(id, { createdAt: hours * hour, bytes: 4 });

describe('a list is read', () => {
  it('at the start and every six hours, of servers with a rule', async () => {
    const { clock, panel, copies } = aRig();
    await clock.advance(60_000);
    expect(panel.reads).toBe(1);
    await clock.advance(6 * hour);
    expect(panel.reads).toBe(2);
    copies.stop();
    for (const other of [aRig({}), aRig({ fetch: 'each' }, null)]) {
      other.completed('b1');
      await other.clock.advance(24 * hour);
      expect(other.panel.reads).toBe(0);
      other.copies.stop();
    }
  });

  it('later after a refusal, or while the panel’s calls are needed', async () => {
    const { clock, panel, copies } = aRig();
    panel.restUntil = clock.now() + hour;
    await clock.advance(60_000);
    expect(panel.reads).toBe(0);
    Object.assign(panel, { restUntil: null, isAway: true });
    await clock.advance(60_000);
    expect(panel.reads).toBe(1);
    await clock.advance(600_000);
    expect(panel.reads).toBe(2);
    copies.stop();
  });

  it('again soon if the panel still shows a completed backup as running', async () => {
    const { clock, panel, copies, completed, begun } = aRig();
    await clock.advance(10_000);
    panel.backups = [aRunningBackup('b1')];
    completed('b1');
    await clock.advance(10_000);
    expect(panel.reads).toBe(2);
    panel.backups = [good('b1', 1)];
    await clock.advance(70_000);
    expect(panel.reads).toBe(3);
    await begun(1);
    copies.stop();
  });
});

describe('copies', () => {
  it('come after each backup, once, and the older ones go by the rule', async () => {
    const keep = { last: 1, daily: 0, weekly: 0, monthly: 0 };
    const { clock, panel, transfers, copies, completed, files, begun } = aRig({
      fetch: 'each',
      copies: keep,
    });
    panel.backups = [good('b1', 1)];
    await clock.advance(10_000);
    await begun(1);
    completed('b1');
    completed('b1');
    await clock.advance(0);
    transfers.end();
    expect(await files(1)).toEqual(['1970-01-01 01-00-00Z b1 4.tar.gz']);
    panel.backups = [good('b2', 2), good('b1', 1)];
    completed('b2');
    await begun(2);
    await files(1);
    transfers.end();
    const newest = '1970-01-01 02-00-00Z b2 4.tar.gz';
    await expect.poll(() => readdirSync(join(root, readdirSync(root)[0] ?? ''))).toEqual([newest]);
    expect(await copies.of(server.id)).toMatchObject([{ id: 'b2', bytes: 4 }]);
    copies.stop();
  });

  it('that a person asked for stay until the person deletes them', async () => {
    const keep = { last: 1, daily: 0, weekly: 0, monthly: 0 };
    const { clock, panel, transfers, copies, completed, begun } = aRig({ fetch: 'each', copies: keep });
    const here = async () =>
      (await copies.of(server.id)).map(({ id, isKept }) => (isKept === true ? `${id} kept` : id));
    const settles = async (...wanted: string[]) => {
      await settled(() => readdirSync(root).length === 1);
      await expect.poll(here).toEqual(wanted);
    };
    panel.backups = [good('b2', 2), good('b1', 1)];
    await clock.advance(10_000);
    await begun(1);
    transfers.end();
    await settles('b2');
    await copies.fetch(server.id, 'b1');
    transfers.end();
    panel.backups = [good('b3', 3), good('b2', 2), good('b1', 1)];
    completed('b3');
    await begun(3);
    transfers.end();
    await settles('b3', 'b1 kept');
    await copies.fetch(server.id, 'b3');
    panel.backups = [good('b4', 4), ...panel.backups];
    completed('b4');
    await begun(4);
    transfers.end();
    await settles('b4', 'b3 kept', 'b1 kept');
    await copies.remove(server.id, 'b1');
    await settles('b4', 'b3 kept');
    copies.stop();
  });

  it('by the rule get the name of one that stays, unless another file has it', async () => {
    const { panel, transfers, copies } = aRig({});
    panel.backups = [good('b1', 1)];
    await copies.fetch(server.id, 'b1');
    transfers.end();
    const folder = await copies.folderOf(server.id);
    const kept = '1970-01-01 01-00-00Z b1 4 kept.tar.gz';
    renameSync(join(folder, kept), join(folder, '1970-01-01 01-00-00Z b1 4.tar.gz'));
    writeFileSync(join(folder, kept), 'other');
    await expect(copies.fetch(server.id, 'b1')).rejects.toMatchObject({
      problem: { message: { id: 'copies.in-the-way', values: { file: kept } } },
    });
    expect(readFileSync(join(folder, kept), 'utf8')).toBe('other');
    rmSync(join(folder, kept));
    panel.isAway = true;
    await copies.fetch(server.id, 'b1');
    expect(readdirSync(folder)).toEqual([kept]);
    copies.stop();
  });

  it('that the rule fetches stay if a person asks for them meanwhile', async () => {
    const { clock, panel, transfers, copies, begun } = aRig();
    panel.backups = [good('b1', 1)];
    await clock.advance(10_000);
    await begun(1);
    await copies.fetch(server.id, 'b1');
    transfers.end();
    expect(await copies.of(server.id)).toMatchObject([{ id: 'b1', isKept: true }]);
    expect(transfers.current).toHaveLength(1);
    copies.stop();
  });

  it('that fail are reported once, and not fetched again while they wait for a person', async () => {
    const { clock, panel, transfers, told, copies, begun } = aRig();
    panel.backups = [good('b1', 1)];
    await clock.advance(10_000);
    await begun(1);
    transfers.end(newProblem('protocol', sentence('transfers.wrong-checksum')));
    transfers.set([...transfers.current]);
    await clock.advance(7 * hour);
    expect(told).toEqual([
      { serverId: server.id, fact: { kind: 'copy-failed', backupId: 'b1', differs: true } },
    ]);
    copies.stop();
    await begun(1);
  });

  it('that failed leave the list of transfers once a newer one came, and are left to a person', async () => {
    const { clock, panel, transfers, copies, completed, begun } = aRig();
    panel.backups = [good('b1', 1)];
    await clock.advance(10_000);
    await begun(1);
    const wrong = newProblem('protocol', sentence('transfers.wrong-checksum'));
    transfers.end(wrong);
    panel.backups = [good('b2', 2), good('b1', 1)];
    completed('b2');
    await begun(2);
    expect(await copies.shown(server.id)).toMatchObject({ coming: ['b2'], failed: [{ backup: 'b1' }] });
    transfers.end();
    await settled(() => transfers.current.map(({ file }) => file.includes('b2')).join() === 'true');
    completed('b2');
    await clock.advance(7 * hour);
    expect(await copies.shown(server.id)).toEqual({
      folder: 'ready',
      copies: [{ id: 'b2', bytes: 4, createdAt: 2 * hour, file: '1970-01-01 02-00-00Z b2 4.tar.gz' }],
      coming: [],
      failed: [{ backup: 'b1', problem: wrong }],
    });
    await copies.fetch(server.id, 'b1');
    expect(await copies.shown(server.id)).toMatchObject({ coming: ['b1'], failed: [] });
    transfers.end();
    expect((await copies.of(server.id)).map(({ id }) => id)).toEqual(['b2', 'b1']);
    copies.stop();
  });

  it('that failed are tried again when a person asks, and forgotten when the person removes them', async () => {
    const { panel, transfers, copies } = aRig({});
    panel.backups = [good('b1', 1)];
    await copies.fetch(server.id, 'b1');
    const full = newProblem('internal', sentence('transfers.full', { folder: root }));
    transfers.end(full);
    expect((await copies.shown(server.id)).failed).toEqual([{ backup: 'b1', problem: full }]);
    await copies.fetch(server.id, 'b1');
    expect(transfers.current).toMatchObject([{ id: 't0', state: 'running' }]);
    transfers.end(full);
    await transfers.cancel('t0');
    expect(await copies.shown(server.id)).toEqual({ folder: 'ready', copies: [], coming: [], failed: [] });
    copies.stop();
  });

  it('that a person wants need no rule, but a folder, a free name and a good backup with a time', async () => {
    const { panel, transfers, copies } = aRig({});
    panel.backups = [aRunningBackup('b2'), good('b1', 1), aBackup('u1', { createdAt: null })];
    const refused = (id: string) =>
      expect.objectContaining({
        problem: expect.objectContaining({ message: expect.objectContaining({ id }) as unknown }) as unknown,
      }) as unknown;
    await expect(copies.fetch(server.id, 'b2')).rejects.toEqual(refused('copies.no-backup'));
    await expect(copies.fetch(server.id, 'u1')).rejects.toEqual(refused('copies.undated'));
    for (const id of ['b1', 'b1']) await copies.fetch(server.id, id);
    expect(transfers.current).toHaveLength(1);
    transfers.end();
    await copies.fetch(server.id, 'b1');
    expect(transfers.current).toHaveLength(1);
    await copies.remove(server.id, 'b1');
    expect(await copies.of(server.id)).toEqual([]);
    await expect(copies.remove(server.id, 'b1')).rejects.toEqual(refused('copies.gone'));
    writeFileSync(join(await copies.folderOf(server.id), '1970-01-01 01-00-00Z b1 4 kept.tar.gz'), 'other');
    await expect(copies.fetch(server.id, 'b1')).rejects.toEqual(refused('copies.in-the-way'));
    await copies.setFolder(null);
    await expect(copies.fetch(server.id, 'b1')).rejects.toEqual(refused('copies.no-folder'));
    expect((await copies.shown(server.id)).folder).toBe('none');
    copies.stop();
  });

  it('that failed in an earlier run are not reported again', async () => {
    const { transfers, told, copies } = aRig();
    const file = '1970-01-01 01-00-00Z b1 4.tar.gz';
    transfers.set([aTransfer({ folder: join(root, 'Survival x'), file, state: 'failed' })]);
    expect(told).toEqual([]);
    copies.stop();
  });

  it('are none while the folder is away', async () => {
    const { clock, panel, transfers, copies } = aRig(
      { fetch: 'each' },
      join(tmpdir(), 'perch-no-such-folder'),
    );
    panel.backups = [good('b1', 1)];
    await clock.advance(10_000);
    copies.stop();
    expect(transfers.current).toEqual([]);
    await expect(copies.of(server.id)).rejects.toThrow('ENOENT');
  });
});
