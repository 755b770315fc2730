import { expect, it, vi } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { aSchedule, aTask } from '../../tests/support/some-schedules.js';
import { FleetStore } from '../fleet/store.js';
import { listSchedules } from './schedules.js';

async function list(kind: 'program' | 'person') {
  const store = new FleetStore();
  const clock = new FakeClock();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer({ id: 'home/1', name: 'Lobby' }) },
  ]);
  const asked = vi.fn(async () => [
    aSchedule({
      name: 'Nightly\u001b[31m',
      nextRunAt: clock.wall() - 3_600_000,
      tasks: [aTask({ action: 'command', payload: 'run --token=hunter2hunter2\nsay hi' })],
    }),
    aSchedule({ id: 2, isActive: false, tasks: [] }),
  ]);
  const deps = { store, clock, actions: { 'schedules.list': asked } };
  const found = await listSchedules(deps, { name: 'Lobby' }, { client: { kind, name: 'Robot' } });
  expect(asked).toHaveBeenCalledExactlyOnceWith({ serverId: 'home/1' });
  return found;
}

it('prints the state of each schedule and its tasks as plain text', async () => {
  const { server, schedules } = await list('person');
  expect(server).toMatchObject({ name: 'Lobby' });
  expect(schedules).toMatchObject([
    { name: 'Nightly', cron: '0 4 * * *', state: 'overdue' },
    { id: 2, state: 'off', tasks: [] },
  ]);
  expect(schedules[0]?.tasks[0]).toMatchObject({ place: 1, payload: 'run --token=hunter2hunter2 say hi' });
});

it('gives a program no text that looks secret', async () => {
  const told = JSON.stringify((await list('program')).schedules);
  expect(told).not.toContain('hunter2');
  expect(told).toContain('say hi');
});
