/** Main without a desktop asks real games of the sandbox over real sockets. */
import { expect, onTestFinished, test } from 'vitest';
import { eventually } from '../../tests/support/backup-stage.js';
import { playersPerch } from '../../tests/support/players-perch.js';
import { QueriedSandboxes } from '../../tests/support/queried-sandboxes.js';
import { spoken } from '../../messages/messages.js';
import { DialedQueryWire } from '../net/query-wire.js';

const direct = { resolve: () => Promise.resolve('DIRECT'), forget: () => undefined };

test('the row shows the true players of a game, with names, and none after its stop', async () => {
  const sandboxes = new QueriedSandboxes();
  onTestFinished(() => sandboxes.end());
  const sandbox = await sandboxes.start();
  const perch = await playersPerch(sandbox, new DialedQueryWire(direct));
  onTestFinished(() => perch.stop());
  const { modules, rowOf, alerts } = perch;
  await sandbox.isIn('Survival', 'running');
  await sandbox.type('Survival', 'join Saga');
  await sandbox.type('Survival', 'join Wren');
  const found = await eventually(
    () => rowOf('Survival'),
    (row) => row?.power === 'running',
  );
  const id = found?.id ?? '';
  modules.fleet.interests.setShown(1, [id]);
  const row = await eventually(
    () => rowOf('Survival'),
    (now) => now?.players?.source === 'query' && now.players.slots !== null,
    40,
  );
  expect(row?.reach).toMatchObject({ kind: 'answers', hasPassword: null, isFull: false });
  const players = modules.playersOf(id);
  expect(players?.query).toMatchObject({ state: 'answers', problem: null });
  expect(players?.names?.map(({ name }) => name)).toEqual(expect.arrayContaining(['Saga', 'Wren']));
  expect(row?.players?.count).toBe(players?.names?.length);
  await modules.settings.update(() => ({ watchedPlayers: { [id]: ['anna', 'wren'] } }));
  await sandbox.type('Survival', 'join Wren');
  await sandbox.type('Survival', 'join Anna');
  const told = await eventually(
    () => alerts.filter(({ kind }) => kind === 'player-joined'),
    ({ length }) => length > 0,
    40,
  );
  // Wren was on before.
  expect(told.map(({ title }) => spoken(title))).toEqual(['Anna is on Survival']);
  await sandbox.power('Survival', 'stop');
  const stopped = await eventually(
    () => rowOf('Survival'),
    (now) => now?.power === 'offline',
    40,
  );
  expect([stopped?.players ?? null, stopped?.reach ?? null]).toEqual([null, null]);
});
