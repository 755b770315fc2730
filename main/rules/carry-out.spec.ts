import { beforeEach, describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import type { Backup } from '../../bridge/schema/backups.js';
import type { RuleAct } from '../../bridge/schema/rule-parts.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { anEvent } from '../../tests/support/history-events.js';
import { refused } from '../../tests/support/refused.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import { carryOut, type CarryOutDeps } from './carry-out.js';
import { lookUpOrder, type OrderLookUpDeps } from './order-look-up.js';

let done: string[];
let ends: [string, boolean][];
let end: Backup | null;
let isBack: boolean;
const backup = aBackup('b1', { state: 'good' });

beforeEach(() => {
  [done, ends, end, isBack] = [[], [], backup, true];
});

const note =
  (what: string) =>
  (...words: readonly unknown[]): Promise<unknown> =>
    Promise.resolve(done.push([what, ...words].join(' ')));
const deps = (): CarryOutDeps => ({
  sendPower: note('power'),
  sendCommand: note('command'),
  warn: note('warn'),
  pausePlan: note('pause'),
  keepLog: note('log'),
  backUp: async (serverId, quietly) => {
    await note('backup')(serverId, quietly);
    return { made: Promise.resolve(backup) };
  },
  whenEnded: () => ({ ended: Promise.resolve(end), stop: () => undefined }),
  isBack: () => Promise.resolve(isBack),
  facts: { emit: ({ serverId, fact }) => void done.push(`${serverId} ${JSON.stringify(fact)}`) },
  newId: () => 'quiet-1',
  ended: (id, isGood) => void ends.push([id, isGood]),
});
const send = (act: RuleAct, of = deps()) => carryOut(of, { id: 'o1', serverId: 'home/1', act }, aRule());

describe('an order', () => {
  it.each<[RuleAct, string]>([
    [{ kind: 'power', on: null, signal: 'stop' }, 'power home/1 stop'],
    [{ kind: 'command', on: null, command: 'save-all' }, 'command home/1 save-all'],
    [{ kind: 'warn', on: null, text: 'Soon' }, 'warn home/1 Soon'],
    [{ kind: 'pause-plan', on: null }, 'pause home/1'],
    [{ kind: 'keep-log', on: null }, 'log home/1'],
    [
      { kind: 'notify', text: 'Done' },
      'home/1 {"kind":"rule-told","rule":"Nightly restart","text":"Done","order":"o1"}',
    ],
  ])('%j goes to its action', async (act, line) => {
    expect(await send(act)).toEqual({});
    expect(done).toEqual([line]);
  });

  it('for a backup names the backup, and a quiet one its end when the server is back', async () => {
    expect(await send({ kind: 'backup', on: null, quietly: false })).toEqual({ backup: 'b1' });
    expect(await send({ kind: 'backup', on: null, quietly: true })).toEqual({ backup: 'quiet-1' });
    await expect.poll(() => ends).toEqual([['quiet-1', true]]);
    isBack = false;
    await send({ kind: 'backup', on: null, quietly: true });
    await expect.poll(() => ends.at(-1)).toEqual(['quiet-1', false]);
    [isBack, end] = [true, null];
    await send({ kind: 'backup', on: null, quietly: true });
    await expect.poll(() => ends).toHaveLength(3);
    expect(ends[2]).toEqual(['quiet-1', false]);
  });

  it('that is refused rejects with the problem', async () => {
    const of = { ...deps(), sendPower: () => Promise.reject(new PerchError(aProblem('forbidden'))) };
    expect((await refused(send({ kind: 'power', on: null, signal: 'stop' }, of))).code).toBe('forbidden');
  });
});

describe('an order of an earlier run of Perch', () => {
  const byRule = { kind: 'me', bulk: false, rule: true } as const;
  const find = (act: RuleAct, of: Partial<OrderLookUpDeps>) =>
    lookUpOrder(
      {
        eventsOf: () => Promise.resolve([]),
        backupsOf: () => Promise.reject(new PerchError(aProblem('timeout'))),
        madeByRule: () => new Set(['b1']),
        ...of,
      },
      { id: 'o1', serverId: 'home/1', act },
      5000,
    );
  const stop: RuleAct = { kind: 'power', on: null, signal: 'stop' };

  it('is found in the log if a rule did it, not if somebody else did', async () => {
    const stopped = (by: typeof byRule | { kind: 'me'; bulk: false }) => ({
      eventsOf: () => Promise.resolve([anEvent({ what: { kind: 'stopped', by, isKill: false } })]),
    });
    expect(await find(stop, stopped(byRule))).toEqual({ isFound: true });
    expect(await find(stop, stopped({ kind: 'me', bulk: false }))).toEqual({ isFound: false });
    expect(await find({ ...stop, signal: 'start' }, stopped(byRule))).toEqual({ isFound: false });
  });

  it('is found among the backups that a rule made since then', async () => {
    const act: RuleAct = { kind: 'backup', on: null, quietly: false };
    const list = (createdAt: number, id = 'b1') => ({
      backupsOf: () => Promise.resolve({ backups: [aBackup(id, { createdAt })], limit: null }),
    });
    expect(await find(act, list(6000))).toEqual({ isFound: true, backup: 'b1' });
    expect(await find(act, list(-60_000))).toEqual({ isFound: false });
    expect(await find(act, list(6000, 'other'))).toEqual({ isFound: false });
    expect(await find(act, {})).toEqual({ isFound: false });
  });

  it('that notifies is found by its id, in an entry of an earlier version by its text', async () => {
    const act: RuleAct = { kind: 'notify', text: 'Done' };
    const told = (text: string, order?: string) => {
      const what = { kind: 'rule-told', rule: 'R', text, ...(order === undefined ? {} : { order }) } as const;
      return find(act, { eventsOf: () => Promise.resolve([anEvent({ what })]) });
    };
    expect(await told('Done', 'o1')).toEqual({ isFound: true });
    expect(await told('Done', 'o2')).toEqual({ isFound: false });
    expect(await told('Done')).toEqual({ isFound: true });
    expect(await told('Other')).toEqual({ isFound: false });
  });

  it('that leaves no sign is never found', async () => {
    expect(await find({ kind: 'command', on: null, command: 'stop' }, {})).toEqual({ isFound: false });
  });
});
