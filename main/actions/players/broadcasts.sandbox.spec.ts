/** Main without a desktop tells the players of real games; their consoles show the message. */
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../../tests/support/backup-stage.js';
import { noQueries } from '../../../tests/support/no-queries.js';
import { playersPerch } from '../../../tests/support/players-perch.js';
import { QueriedSandboxes } from '../../../tests/support/queried-sandboxes.js';

/** A server of each game, and how its console shows the message. */
const games = {
  Survival: '[Server] Back in 5; wait',
  'Rust Belt': '[SERVER] Back in 5; wait',
  'Sandbox Night': 'Console: Back in 5, wait',
};

test('the consoles of three games show one message, the log has one entry, and one server answers', async () => {
  const sandboxes = new QueriedSandboxes();
  onTestFinished(() => sandboxes.end());
  const sandbox = await sandboxes.start({ world: { everyGame: true } });
  const { modules, rowOf, stop } = await playersPerch(sandbox, noQueries);
  onTestFinished(() => stop());
  const names = Object.keys(games);
  for (const name of names) {
    if (sandbox.sandbox.changes.state(name) === 'offline') await sandbox.power(name, 'start');
    await sandbox.isIn(name, 'running');
  }
  const rows = await eventually(
    () => names.map(rowOf),
    (all) => all.every((row) => row?.power === 'running'),
  );
  const ids = rows.map((row) => row?.id ?? '');
  const shown = new Map(ids.map((id) => [id, '']));
  for (const id of ids) {
    const take = (lines: readonly { readonly text: string }[]): void =>
      void shown.set(id, `${shown.get(id) ?? ''}\n${lines.map(({ text }) => text).join('\n')}`);
    const unwatch = modules.fleet.consoles.watch(id, {
      snapshot: take,
      lines: take,
      link: () => undefined,
      reset: () => undefined,
    });
    onTestFinished(unwatch);
  }

  const text = 'Back in 5;\nwait';
  modules.calls['bulk.start']({ serverIds: ids, action: 'message', waitsForEach: false, text });
  const run = await eventually(
    () => modules.bulk.current,
    (now) => now?.finishedAt !== null,
  );
  expect(run?.items.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
  await eventually(
    () => ids.map((id) => shown.get(id) ?? ''),
    (all) => all.every((lines, at) => lines.includes(Object.values(games)[at] ?? 'none')),
  );
  const told = (): object[] =>
    modules.notifier.log.recent.map(({ what }) => what).filter(({ kind }) => kind === 'broadcast');
  const by = { kind: 'me', bulk: true };
  expect(told()).toEqual([{ kind: 'broadcast', text: 'Back in 5; wait', servers: 3, failed: 0, by }]);

  const [survival = ''] = ids;
  const answer = await modules.calls['players.broadcast']({ serverId: survival, text: 'Hello' });
  expect(answer).toEqual({ outcome: 'done', line: '[Server] Hello' });
  expect(told()).toHaveLength(2);
});
