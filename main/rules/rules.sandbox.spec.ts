/** Main without a desktop runs rules on a real game of the sandbox. */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import type { RunRecord } from '../../bridge/schema/rule-runs.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { playersPerch } from '../../tests/support/players-perch.js';
import { QueriedSandboxes } from '../../tests/support/queried-sandboxes.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { DialedQueryWire } from '../net/query-wire.js';

const direct = { resolve: () => Promise.resolve('DIRECT'), forget: () => undefined };

/** Restarts a game that uses memory while nobody is on: "over memory" begins at a byte, so the real game is over it. */
const overMemory = (serverId: string): Rule =>
  aRule({
    name: 'Fresh when empty',
    target: { kind: 'server', serverId },
    trigger: { kind: 'figure', of: 'memory', above: 0, forMs: 3000 },
    condition: { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 },
    // A game that starts may use no memory for a moment, and then exceeds the limit again.
    atMost: { times: 1, withinMs: 3_600_000 },
    steps: [
      { kind: 'power', on: null, signal: 'restart' },
      { kind: 'wait', sign: { kind: 'state', on: null, state: 'running' }, limitMs: 60_000, late: 'end' },
      { kind: 'notify', text: 'It is fresh.' },
    ],
  });

async function aPerchWithGame() {
  const sandboxes = new QueriedSandboxes();
  onTestFinished(() => sandboxes.end());
  const sandbox = await sandboxes.start();
  const perch = await playersPerch(sandbox, new DialedQueryWire(direct));
  onTestFinished(() => perch.stop());
  const { modules } = perch;
  void modules.rules.start();
  modules.takeUp([]);
  await sandbox.isIn('Survival', 'running');
  const found = await eventually(
    () => perch.rowOf('Survival'),
    (row) => row?.power === 'running' && row.players !== null && row.link.kind === 'live',
    60,
  );
  const id = found?.id ?? '';
  // Games in sight are asked every 15 s.
  modules.fleet.interests.setShown(1, [id]);
  const records = async (): Promise<readonly RunRecord[]> => {
    const query = { ruleId: null, serverId: id, before: null, count: 50 };
    return (await modules.calls['rules.records'](query)).records;
  };
  const save = (rule: Rule, replaces: Rule | null = null) =>
    modules.calls['rules.save']({ rule, replaces, isAgreed: true });
  return { ...perch, sandbox, id, records, save };
}

test('a rule restarts a game over its memory only while nobody is on, once, and leaves a whole trace', async () => {
  const { modules, alerts, sandbox, id, records, save } = await aPerchWithGame();
  await sandbox.type('Survival', 'join Saga');
  await eventually(
    () => modules.store.state.servers.get(id)?.players?.count,
    (count) => count === 1,
    40,
  );
  await save(overMemory(id));
  const [stopped] = await eventually(records, (all) => all.length > 0, 60);
  // A player is online, so no signal was sent.
  expect(stopped).toMatchObject({ end: 'condition', steps: [] });
  expect(stopped?.seen).toMatchObject([{ of: 'players', value: 1, verdict: false }]);
  expect(sandbox.sandbox.changes.state('Survival')).toBe('running');

  await sandbox.type('Survival', 'leave');
  await eventually(
    () => modules.store.state.servers.get(id)?.players?.count,
    (count) => count === 0,
    40,
  );
  const [rule] = modules.rules.book.current;
  if (rule === undefined) throw new Error('no rule');
  // The rule was saved again, so the same memory is a new cause.
  await save(overMemory(id), rule);
  const isDone = ({ end }: RunRecord): boolean => end === 'done';
  const ended = await eventually(records, (all) => all.some(isDone), 120);
  // On a slow computer the restarted game is over the limit again before the run has ended: a cause of its own.
  const done = ended.filter(isDone);
  expect(done[0]?.cause).toMatchObject({ kind: 'figure' });
  expect(done[0]?.steps.map(({ place, kind, outcome }) => `${place} ${kind} ${outcome}`)).toEqual([
    '1 power done',
    '2 wait waited',
    '3 notify done',
  ]);
  const recent = () => modules.notifier.log.recent.map(({ what }) => what);
  await eventually(recent, (all) => all.some(({ kind }) => kind === 'rule-run'));
  expect(recent()).toContainEqual({ kind: 'restarted', by: { kind: 'me', bulk: false, rule: true } });
  const told = { kind: 'rule-told', rule: 'Fresh when empty', text: 'It is fresh.' } as const;
  expect(recent()).toContainEqual({ ...told, order: `${done[0]?.id}#3` });
  expect(recent()).toContainEqual(expect.objectContaining({ kind: 'rule-run', run: done[0]?.id }));
  await eventually(
    () => alerts.map(({ kind }) => kind),
    (kinds) => kinds.includes('rule-told'),
    20,
  );
  expect(alerts.map(({ kind }) => kind)).not.toContain('rule-trouble');
  // The memory is still over the limit, and the rule acts once on one cause.
  await pause(15_000);
  const all = await records();
  expect(all.filter(({ steps }) => steps.length > 0)).toHaveLength(1);
  const keys = all.map(({ cause }) => cause.key);
  expect(new Set(keys).size).toBe(keys.length);
}, 300_000);

test('a switch-off in the middle of a run ends the run, and no further signal is sent', async () => {
  const { modules, sandbox, id, records, save } = await aPerchWithGame();
  const rule = await save(
    aRule({
      target: { kind: 'server', serverId: id },
      trigger: { kind: 'by-hand' },
      steps: [
        { kind: 'warn', on: null, text: 'A restart comes.' },
        { kind: 'delay', ms: 8000 },
        { kind: 'power', on: null, signal: 'stop' },
      ],
    }),
  );
  const dry = await modules.calls['rules.run']({ id: rule.id, serverIds: null, isDry: true });
  expect(dry.records[0]?.steps.map(({ outcome }) => outcome)).toEqual(['would', 'would', 'would']);
  await modules.calls['rules.run']({ id: rule.id, serverIds: null, isDry: false });
  await pause(2000);
  await modules.calls['rules.setOn']({ id: rule.id, isOn: false });
  const all = await eventually(records, (found) => found.some(({ end }) => end === 'switched-off'), 20);
  expect(all.find(({ isDry }) => !isDry)?.steps.map(({ outcome }) => outcome)).toEqual(['done', 'cut']);
  await pause(10_000);
  expect(sandbox.sandbox.changes.state('Survival')).toBe('running');
});
