import { describe, expect, it } from 'vitest';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FleetStore } from '../fleet/store.js';
import { untilListed } from './when-listed.js';

/** Perch right after its start: the servers of the last run are known, and no panel has answered. */
function started() {
  const clock = new FakeClock(0);
  const store = new FleetStore();
  store.apply([
    { kind: 'account-upserted', account: anAccount({ state: { kind: 'loading' } }) },
    { kind: 'server-upserted', server: aServer({ id: 'home/a' }) },
  ]);
  const rig = { isListed: false, isOver: false };
  const fleet = { server: () => (rig.isListed ? ({} as never) : null) };
  void untilListed({ clock, store, fleet }, 'home/a', 1000).then(() => (rig.isOver = true));
  return { clock, rig, store };
}

describe('untilListed', () => {
  it('waits for the panel to list the server', async () => {
    const { clock, rig, store } = started();
    await clock.advance(500);
    expect(rig.isOver).toBe(false);
    rig.isListed = true;
    store.apply([{ kind: 'account-upserted', account: anAccount() }]);
    await clock.advance(0);
    expect([rig.isOver, clock.pending]).toEqual([true, 0]);
  });

  it('does not wait longer than it may, or for an account that is gone', async () => {
    const late = started();
    await late.clock.advance(999);
    expect(late.rig.isOver).toBe(false);
    await late.clock.advance(1);
    expect(late.rig.isOver).toBe(true);
    const gone = started();
    gone.store.apply([{ kind: 'account-removed', accountId: 'home' }]);
    await gone.clock.advance(0);
    expect([gone.rig.isOver, gone.clock.pending]).toEqual([true, 0]);
  });
});
