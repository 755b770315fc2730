import { expect, it } from 'vitest';
import type { HistoryEvent } from '../../../bridge/schema/events.js';
import { aBackup } from '../../../tests/support/fake-backups.js';
import { FakeBridge } from '../../../tests/support/fake-bridge.js';
import { aProblem } from '../../../tests/support/a-problem.js';
import { PerchClient } from '../../api.js';
import { Restoration } from './restoration.svelte.js';

const restored = (at: number, isSuccessful?: boolean): HistoryEvent => ({
  id: 'e1',
  accountId: 'home',
  serverId: 'home/u0',
  server: 'Survival',
  panel: 'Home',
  at,
  what: { kind: 'restored', ...(isSuccessful === undefined ? {} : { isSuccessful }) },
});
const normal = { condition: 'normal' } as const;
const busy = { condition: 'restoring' } as const;

async function begun() {
  const bridge = new FakeBridge();
  const restoration = new Restoration(new PerchClient(bridge), 'home/u0', () => 1000);
  expect(await restoration.begin(aBackup('b1', { name: 'Nightly' }), true)).toBe(true);
  return { bridge, restoration };
}

it('is followed through the panel’s state to its end', async () => {
  const { bridge, restoration } = await begun();
  expect(bridge.calls.at(-1)).toEqual({
    name: 'backups.restore',
    input: { serverId: 'home/u0', backup: 'b1', truncate: true },
  });
  expect(restoration.name).toBe('Nightly');
  expect(restoration.phase(normal, [])).toBe('asked');
  restoration.follow(busy);
  expect(restoration.phase(busy, [])).toBe('restoring');
  expect(restoration.phase(normal, [])).toBe('ended');
  restoration.dismiss();
  expect(restoration.phase(normal, [])).toBeNull();
});

it('ends by its event if the panel’s state was too short to be seen, not by an older event', async () => {
  const { restoration } = await begun();
  expect(restoration.phase(normal, [restored(999)])).toBe('asked');
  expect(restoration.phase(normal, [restored(1001)])).toBe('ended');
  expect(restoration.phase(normal, [restored(1001, false)])).toBe('failed');
});

it('a refused restoration is not followed', async () => {
  const bridge = new FakeBridge();
  bridge.refuse('backups.restore', aProblem('conflict'));
  const restoration = new Restoration(new PerchClient(bridge), 'home/u0', () => 1000);
  expect(await restoration.begin(aBackup('b1'), false)).toBe(false);
  expect(restoration.phase(busy, [])).toBeNull();
  expect(restoration.sending.problem?.code).toBe('conflict');
  restoration.foundUnderWay(aBackup('b1'));
  expect(restoration.phase(busy, [])).toBe('restoring');
  expect(restoration.sending.problem).toBeNull();
});
