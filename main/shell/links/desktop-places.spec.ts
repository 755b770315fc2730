import { expect, it, vi } from 'vitest';
import { anAccount, aServer, someSettings } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { Observable } from '../../base/observable.js';
import { FleetStore } from '../../fleet/store.js';
import { followPlaces } from './desktop-places.js';

it('the places follow changed pins, renamed servers and another language', async () => {
  const clock = new FakeClock();
  const store = new FleetStore();
  const settings = new Observable(someSettings());
  const language = new Observable<void>(undefined);
  const show = vi.fn();
  store.apply([
    { kind: 'account-upserted', account: anAccount() },
    { kind: 'server-upserted', server: aServer() },
  ]);
  const end = followPlaces({ store, settings, language, clock, show });
  const labels = (): string[][] =>
    show.mock.calls.map(([places]) => (places as { label: string }[]).map(({ label }) => label));
  expect(labels()).toEqual([[]]);
  settings.set(someSettings({ pins: [aServer().id] }));
  await clock.advance(5000);
  store.apply([{ kind: 'server-upserted', server: aServer({ power: 'running' }) }]);
  await clock.advance(5000);
  store.apply([{ kind: 'server-upserted', server: aServer({ name: 'Creative' }) }]);
  await clock.advance(5000);
  expect(labels()).toEqual([[], ['Survival'], ['Creative']]);
  language.set(undefined);
  expect(show).toHaveBeenCalledTimes(4);
  end();
  expect(clock.pending).toBe(0);
});
