import { expect, it } from 'vitest';
import { PerchError } from '../../../bridge/errors.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { at, bulkRig, offline, running } from '../../../tests/support/bulk-rig.js';
import { manyCalls } from './calls.js';
import { messageFact } from './message-fact.js';

const me = { kind: 'me', bulk: true } as const;

it('sends the message to one server after the other, without the pause of the settings', async () => {
  const { bulk, clock, ended, looked, outcomes, sent, start, turns } = bulkRig(
    [running, running, running],
    600_000,
  );
  start('message', false, false, 'Restart soon');
  await clock.advance(0);
  expect(sent).toEqual(['Restart soon home/0']);
  expect(ended).toEqual([]);
  await clock.advance(100);
  expect(sent).toEqual([0, 1, 2].map((one) => `Restart soon ${at(one)}`));
  expect(outcomes()).toEqual(['done', 'done', 'done']);
  expect(looked).toHaveLength(3);
  expect(turns).toHaveLength(3);
  expect(bulk.current).toMatchObject({ action: 'message', text: 'Restart soon', waitsForEach: false });
  expect(ended).toHaveLength(1);
});

it('leaves out servers that do not run or cannot be read, and continues after a failure', async () => {
  const { clock, ended, outcomes, read, refused, sent, start } = bulkRig([
    offline,
    { power: null },
    { power: null },
    running,
    running,
    { power: 'running', condition: 'suspended' },
  ]);
  read.set(at(1), 'offline');
  read.set(at(2), new PerchError(aProblem('node-unreachable')));
  refused.set(at(3), new PerchError(aProblem('forbidden')));
  start('message', false, false, 'Hi');
  await clock.advance(1000);
  expect(outcomes()).toEqual(['skipped', 'skipped', 'skipped', 'failed', 'done', 'skipped']);
  expect(sent).toEqual(['Hi home/4']);
  expect(messageFact(ended[0] ?? expect.fail('The run has not ended.'), me)).toEqual({
    serverId: at(4),
    fact: { kind: 'broadcast', text: 'Hi', serverIds: [at(4)], failed: 5, by: me },
  });
});

it('tells one fact for all servers, and names the servers whose answer was lost', async () => {
  const { clock, ended, outcomes, refused, start } = bulkRig([running, running, running]);
  refused.set(at(1), new PerchError({ ...aProblem('timeout'), maybeDone: true }));
  start('message', false, false, 'Hi');
  await clock.advance(1000);
  expect(outcomes()).toEqual(['done', 'unknown', 'done']);
  const fact = messageFact(ended[0] ?? expect.fail('The run has not ended.'), me)?.fact;
  expect(fact).toMatchObject({ serverIds: [at(0), at(1), at(2)], failed: 0 });
});

it('tells no fact if no server got the message, and none about signals', async () => {
  const some = bulkRig([offline]);
  some.start('message', false, false, 'Hi');
  await some.clock.advance(1000);
  expect(some.ended.map((run) => messageFact(run, me))).toEqual([null]);
  const other = bulkRig([offline]);
  other.start('stop');
  await other.clock.advance(1000);
  expect(other.ended.map((run) => messageFact(run, me))).toEqual([null]);
});

it('waits for a panel that asks for a pause, while other panels continue', async () => {
  const { clock, outcomes, refused, sent, start } = bulkRig([
    { ...running, accountId: 'busy' },
    { ...running, accountId: 'busy' },
    { ...running, accountId: 'home' },
  ]);
  refused.set(at(0), new PerchError({ ...aProblem('rate-limited'), retryAt: 30_000 }));
  start('message', false, false, 'Hi');
  await clock.advance(1000);
  expect(sent).toEqual(['Hi home/2']);
  expect(outcomes()).toEqual(['waiting', 'waiting', 'done']);
  refused.clear();
  await clock.advance(60_000);
  expect(sent).toEqual(['Hi home/2', 'Hi home/0', 'Hi home/1']);
});

it('reaches a thousand servers in half a minute', async () => {
  const { clock, outcomes, start } = bulkRig(Array.from({ length: 1000 }, () => running));
  start('message', false, false, 'Hi');
  await clock.advance(30_000);
  expect(outcomes().filter((outcome) => outcome === 'done')).toHaveLength(1000);
});

it('tells how far it came when Perch quits before the end', async () => {
  const { bulk, clock, ended, start } = bulkRig([running, running, running]);
  start('message', false, false, 'Hi');
  await clock.advance(25);
  bulk.stop();
  const [run] = ended;
  expect(messageFact(run ?? expect.fail('The run was not told.'), me)?.fact).toMatchObject({
    serverIds: [at(0), at(1)],
    failed: 1,
  });
  expect(ended).toHaveLength(1);
});

it('is refused without a text', () => {
  const { bulk } = bulkRig([running]);
  const warned = {
    begin: () => Promise.resolve(),
    callOff: () => Promise.resolve(),
    dismiss: () => undefined,
  };
  const calls = manyCalls({ bulk, warned });
  const input = { serverIds: [at(0)], action: 'message' as const, waitsForEach: false };
  expect(() => calls['bulk.start'](input)).toThrow(PerchError);
  expect(() => calls['bulk.start']({ ...input, text: '\u200b \u202e' })).toThrow(PerchError);
  expect(bulk.current).toBeNull();
});
