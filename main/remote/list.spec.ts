import { expect, it, vi } from 'vitest';
import type { PowerState } from '../../bridge/domain.js';
import type { RemoteUpdate } from '../../bridge/remote.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { status } from './list.js';

it('tells a client that does not read the newest alone, once it reads again', async () => {
  const store = new FleetStore();
  const clock = new FakeClock();
  const become = async (power: PowerState): Promise<void> => {
    store.apply([{ kind: 'server-upserted', server: aServer({ power }) }]);
    await clock.advance(500);
  };
  store.apply([{ kind: 'account-upserted', account: anAccount() }]);
  await become('running');
  const told: RemoteUpdate<'status'>[] = [];
  const written: (() => void)[] = [];
  let end = (): void => undefined;
  const over = status(
    { store, clock },
    { names: [], watch: true },
    {
      client: { kind: 'person', name: 'perch' },
      event: (event, done = () => undefined) => void (told.push(event), written.push(done)),
      ended: new Promise<void>((resolve) => (end = resolve)),
      isEnded: false,
    },
  );
  const states = (): string[] => told.map(({ servers }) => servers[0]?.state ?? '');
  await vi.waitFor(() => expect(states()).toEqual(['running']));
  await become('stopping');
  await become('offline');
  await become('starting');
  expect(states()).toEqual(['running']);
  written.shift()?.();
  expect(states()).toEqual(['running', 'starting']);
  written.shift()?.();
  await become('running');
  expect(states()).toEqual(['running', 'starting', 'running']);
  end();
  await over;
  expect(clock.pending).toBe(0);
});
