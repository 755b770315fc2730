/** Main without a desktop stops a real game of the sandbox once nobody is on. */
import { expect, onTestFinished, test } from 'vitest';
import type { EmptyWatch } from '../../bridge/schema/when-empty.js';
import { eventually } from '../../tests/support/backup-stage.js';
import { playersPerch } from '../../tests/support/players-perch.js';
import { QueriedSandboxes } from '../../tests/support/queried-sandboxes.js';
import { systemClock as clock } from '../base/clock.js';
import { DialedQueryWire } from '../net/query-wire.js';

/** What the test reads of a watch. */
type Shown = Pick<EmptyWatch, 'serverId' | 'phase' | 'why'>;

const direct = { resolve: () => Promise.resolve('DIRECT'), forget: () => undefined };
const minute = 60_000;

test('a game with a player runs on; once the player has left, Perch stops it and says why', async () => {
  const sandboxes = new QueriedSandboxes();
  onTestFinished(() => sandboxes.end());
  const sandbox = await sandboxes.start();
  const { modules, rowOf, stop } = await playersPerch(sandbox, new DialedQueryWire(direct));
  onTestFinished(() => stop());
  const row = () => rowOf('Survival');
  await sandbox.isIn('Survival', 'running');
  await sandbox.type('Survival', 'join Saga');
  const found = await eventually(row, (now) => now?.power === 'running' && now.players !== null);
  const id = found?.id ?? '';
  modules.fleet.interests.setShown(1, [id]);
  await modules.calls['players.setWhenEmpty']({ serverId: id, wish: { does: 'stop', minutes: 1 } });
  let watches: readonly Shown[] = [];
  const take = (now: readonly Shown[]): void => void (watches = now);
  onTestFinished(
    modules.sources.whenEmpty(undefined, { snapshot: take, change: take }, { webContentsId: 1 }),
  );
  const watch = () => watches.find(({ serverId }) => serverId === id);
  await eventually(watch, (now) => now?.why === 'players', 40);
  // Longer than the wished time.
  await new Promise((resolve) => setTimeout(resolve, 1.1 * minute));
  expect([sandbox.sandbox.changes.state('Survival'), watch()?.why]).toEqual(['running', 'players']);
  await sandbox.type('Survival', 'leave');
  const left = clock.now();
  await eventually(watch, (now) => now?.why === null, 40);
  await eventually(row, (now) => now?.power === 'offline', 100);
  expect(clock.now() - left).toBeGreaterThan(minute);
  const stopped = await eventually(
    () => modules.notifier.log.recent.find(({ what }) => what.kind === 'stopped'),
    (event) => event !== undefined,
  );
  expect(stopped?.what).toEqual({
    kind: 'stopped',
    by: { kind: 'me', bulk: false, emptyMinutes: 1 },
    isKill: false,
  });
  expect(row()?.crashedAt).toBeNull();
  expect(watch()).toMatchObject({ phase: 'waits', why: 'not-running', times: 1, problem: null });
}, 240_000);
