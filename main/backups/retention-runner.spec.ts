import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { BackupList } from '../../bridge/schema/backups.js';
import type { BackupChoices } from '../../bridge/schema/backup-rules.js';
import type { Memory } from '../../bridge/schema/memory.js';
import { anAccount, aServer, someMemory, someSettings } from '../../tests/support/entities.js';
import { aBackup, aRunningBackup, FakeBackups } from '../../tests/support/fake-backups.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { nothingKept } from '../../tests/support/some-backups.js';
import { Emitter } from '../base/emitter.js';
import type { ServerFact, ReportedFact } from '../base/server-fact.js';
import { RetentionRunner } from './retention-runner.js';

const server = aServer();
const serverId = server.id;
/** The same server in the account of somebody who may not delete backups. */
const guest = aServer({ id: `away/${server.uuid}`, accountId: 'away', permissions: ['backup.read'] });
const accounts = new Map(['away', 'home'].map((id) => [id, anAccount({ id })]));
const turns = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const good: ServerFact = { kind: 'backup', isSuccessful: true, backupId: 'b0', sha1: null, bytes: 1 };

/** A panel with good backups b0 (the newest), b1 and so on, all made by a rule. */
function setUp(choices: BackupChoices, { count = 4, limit = null as number | null } = {}) {
  const clock = new FakeClock();
  const panel = new FakeBackups(() => clock.wall());
  panel.list = Array.from({ length: count }, (_, at) =>
    aBackup(`b${at}`, { createdAt: clock.wall() - at * 86_400_000 - 1000 }),
  );
  const memory = {
    current: someMemory({ madeByRule: [{ serverId, ids: panel.list.map(({ id }) => id) }] }),
    update: async (change: (now: Memory) => Partial<Memory> | null) =>
      void (memory.current = { ...memory.current, ...change(memory.current) }),
  };
  const settings = {
    current: someSettings({ backupRules: { all: choices, rules: [] } }),
  };
  const facts = new Emitter<ReportedFact>();
  const told: ServerFact[] = [];
  const asked: string[] = [];
  const on = {
    read: (): void => undefined,
    remove: (_id: string): void => undefined,
    ready: (_isQuiet: boolean): void => undefined,
  };
  const servers = new Map([guest, server].map((each) => [each.id, each]));
  const runner = new RetentionRunner({
    store: { state: { accounts, servers } },
    facts,
    settings,
    memory,
    clock,
    log: new FakeLog(),
    events: () => [],
    read: async (): Promise<BackupList> => {
      asked.push('read');
      on.read();
      return { ...panel.all(), limit };
    },
    remove: async (_serverId, id) => {
      asked.push(`delete ${id}`);
      on.remove(id);
      panel.remove(id);
    },
    ready: async (_serverId, isQuiet) => on.ready(isQuiet),
    create: async (wanted) => {
      asked.push(`create ${wanted.name}${wanted.isByRule === true ? '' : ' by hand'}`);
      return panel.create(wanted);
    },
    quiet: {
      begin: async ({ name, isByRule }) =>
        void asked.push(`quietly ${name}${isByRule === true ? '' : ' by hand'}`),
      made: async () => {
        await turns();
        asked.push('made');
        return panel.create({ name: 'Quiet', ignored: [], locked: false });
      },
    },
  });
  runner.start();
  facts.listen(({ fact }) => void (fact.kind === 'rule-stopped' && told.push(fact)));
  const ended = async (fact: ServerFact = good): Promise<void> => {
    facts.emit({ serverId, fact });
    for (let turn = 0; turn < 5; turn++) await turns();
  };
  const left = (): string[] => panel.list.map(({ id }) => id);
  return { asked, ended, facts, left, memory, on, panel, runner, servers, settings, told };
}

const last = (count: number): BackupChoices => ({ keep: { ...nothingKept, last: count } });
const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'made',
    (error: unknown) => (error instanceof PerchError ? error.problem.message.id : String(error)),
  );

describe('after a good backup', () => {
  it('deletes the backups that the rule does not keep, the oldest first, and reads the list before each deletion', async () => {
    const { asked, ended, left } = setUp(last(2));
    await ended();
    expect(asked).toEqual(['read', 'delete b3', 'read', 'delete b2', 'read']);
    expect(left()).toEqual(['b0', 'b1']);
  });

  it('keeps a backup whose time nobody can read, in nobody’s place', async () => {
    const { ended, left, panel } = setUp(last(2));
    panel.list = panel.list.map((one) => (one.id === 'b1' ? { ...one, createdAt: null } : one));
    await ended();
    expect(left()).toEqual(['b0', 'b1', 'b2']);
  });

  it('deletes no backup without a rule, after a failed backup, and once stopped', async () => {
    const none = setUp({});
    await none.ended();
    const failed = setUp(last(1));
    await failed.ended({ ...good, isSuccessful: false } as ServerFact);
    const stopped = setUp(last(1));
    stopped.runner.stop();
    await stopped.ended();
    expect([none.asked, failed.asked, stopped.asked]).toEqual([[], [], []]);
  });

  it('deletes nothing that a person made, is locked, or while the newest has failed', async () => {
    const { ended, left, panel, memory } = setUp(last(1));
    memory.current = someMemory({ madeByRule: [{ serverId, ids: ['b0', 'b2', 'b3'] }] });
    panel.change('b3', { locked: true });
    await ended();
    expect(left()).toEqual(['b0', 'b1', 'b3']);
    panel.change('b0', { state: 'failed' });
    memory.current = someMemory({ madeByRule: [{ serverId, ids: ['b1', 'b3'] }] });
    panel.change('b3', { locked: false });
    await ended();
    expect(left()).toEqual(['b0', 'b1', 'b3']);
  });

  it('stops at a refusal, and says so', async () => {
    const { asked, ended, on, told } = setUp(last(1));
    on.remove = () => {
      throw new PerchError(aProblem('conflict'));
    };
    await ended();
    expect(asked).toEqual(['read', 'delete b3']);
    expect(told).toEqual([{ kind: 'rule-stopped', backupId: 'b3', why: 'refused' }]);
  });

  it('says once that the account may not delete, until the rule, the permission or the answer changes', async () => {
    const { ended, on, panel, settings, servers, told } = setUp(last(1));
    servers.delete(guest.id);
    servers.set(serverId, { ...server, permissions: ['backup.read'] });
    on.remove = () => {
      throw new PerchError(aProblem('forbidden'));
    };
    await ended();
    panel.list.pop();
    await ended();
    expect(told).toHaveLength(1);
    settings.current = someSettings({ backupRules: { all: last(2), rules: [] } });
    await ended();
    await ended();
    expect(told).toHaveLength(2);
    servers.set(serverId, server);
    await ended();
    await ended();
    expect(told).toHaveLength(3);
    on.remove = () => undefined;
    await ended();
    panel.list.push(aBackup('older', { createdAt: 1 }));
    on.remove = () => {
      throw new PerchError(aProblem('forbidden'));
    };
    settings.current = someSettings({ backupRules: { all: { ...last(1), byHand: true }, rules: [] } });
    await ended();
    expect(told).toHaveLength(4);
  });

  it.each<[string, (panel: FakeBackups) => void]>([
    ['the deleted one is still there', (panel) => void panel.list.push(aBackup('b3'))],
    ['another one is gone', (panel) => panel.remove('b1')],
    ['there is a new one', (panel) => void panel.list.push(aRunningBackup('new'))],
    ['one was locked', (panel) => void panel.change('b2', { locked: true })],
    ['one has failed', (panel) => void panel.change('b0', { state: 'failed' })],
  ])('stops if %s', async (_what, surprise) => {
    const { asked, ended, on, panel, told } = setUp(last(1));
    let reads = 0;
    on.read = () => {
      reads += 1;
      if (reads === 2) surprise(panel);
    };
    await ended();
    expect(asked).toEqual(['read', 'delete b3', 'read']);
    expect(told).toEqual([{ kind: 'rule-stopped', backupId: 'b3', why: 'changed' }]);
  });

  it('obeys a rule that changes meanwhile', async () => {
    const { ended, left, on, settings } = setUp(last(1));
    on.remove = () => {
      settings.current = someSettings({ backupRules: { all: {}, rules: [] } });
    };
    await ended();
    expect(left()).toEqual(['b0', 'b1', 'b2']);
  });

  it('acts through the account that may delete, by whatever account it hears of the backup', async () => {
    const { facts, left } = setUp(last(3));
    facts.emit({ serverId: guest.id, fact: good });
    await turns();
    expect(left()).toEqual(['b0', 'b1', 'b2']);
  });

  it('deletes no backup that a rule for the server in another account keeps', async () => {
    const { asked, ended, settings } = setUp(last(1));
    const rules = [{ scope: { kind: 'server', id: guest.id } as const, choices: { keep: null } }];
    settings.current = someSettings({ backupRules: { all: last(1), rules } });
    await ended();
    expect(asked).toEqual([]);
  });

  it('forgets who made backups that no longer exist', async () => {
    const { ended, memory } = setUp(last(9), { count: 2 });
    memory.current = someMemory({ madeByRule: [{ serverId, ids: ['gone', 'b0'] }] });
    await ended();
    expect(memory.current.madeByRule).toEqual([{ serverId, ids: ['b0'] }]);
  });
});

describe('a backup by rule', () => {
  it('makes room at the limit first, and is remembered as made by the rule', async () => {
    const { asked, memory, runner } = setUp(last(3), { count: 3, limit: 3 });
    const { made } = await runner.backUp(serverId, 'Nightly', false);
    const backup = await made;
    expect(asked).toEqual(['read', 'delete b2', 'read', 'create Nightly']);
    expect(memory.current.madeByRule[0]?.ids).toEqual(['b0', 'b1', 'b2', backup.id]);
  });

  it('makes room before a quiet backup, and remembers the deletion', async () => {
    const { asked, memory, runner } = setUp(last(3), { count: 3, limit: 3 });
    const { made } = await runner.backUp(serverId, 'Nightly', true);
    expect(asked).toEqual(['read', 'delete b2', 'read', 'quietly Nightly']);
    const backup = await made;
    expect(asked.at(-1)).toBe('made');
    expect(memory.current.madeByRule[0]?.ids.at(-1)).toBe(backup.id);
  });

  it.each([true, false])(
    'deletes no backup before a quiet backup that could not begin anyway, quiet = %s',
    async (isQuiet) => {
      const { asked, on, runner } = setUp(last(3), { count: 3, limit: 3 });
      const kinds: boolean[] = [];
      on.ready = (kind) => {
        kinds.push(kind);
        throw new PerchError(aProblem('conflict'));
      };
      expect(await refusal(runner.backUp(serverId, 'Nightly', isQuiet))).not.toBe('made');
      expect([asked, kinds]).toEqual([[], [isQuiet]]);
    },
  );

  it('deletes no backup while the server has room', async () => {
    const { asked, runner } = setUp(last(1), { count: 3, limit: 4 });
    await runner.backUp(serverId, 'Nightly', false);
    expect(asked).toEqual(['read', 'create Nightly']);
  });

  it.each<[string, BackupChoices, number, number]>([
    ['no-rule', {}, 2, 2],
    ['only-good', last(1), 1, 1],
    ['kept', last(9), 2, 2],
    ['not-allowed', last(1), 0, 0],
  ])('is refused without room: %s', async (why, choices, count, limit) => {
    const { asked, runner } = setUp(choices, { count, limit });
    expect(await refusal(runner.backUp(serverId, 'Nightly', false))).toBe(`backup-rules.no-room-${why}`);
    expect(asked).toEqual(['read']);
  });

  it('is not begun after a surprise', async () => {
    const { asked, on, runner } = setUp(last(3), { count: 3, limit: 3 });
    on.remove = () => {
      throw new PerchError(aProblem('forbidden'));
    };
    expect(await refusal(runner.backUp(serverId, 'Nightly', false))).not.toBe('made');
    expect(asked).toEqual(['read', 'delete b2']);
  });
});
