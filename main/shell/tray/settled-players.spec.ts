import { describe, expect, it, vi } from 'vitest';
import { applyChanges, emptyFleet, type FleetState } from '../../../bridge/fleet/changes.js';
import { anAccount, aServer, playersOnline } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { SettledPlayers } from './settled-players.js';

function fleet(...counts: readonly (number | null)[]): FleetState {
  return applyChanges(emptyFleet, [
    { kind: 'account-upserted', account: anAccount() },
    ...counts.map((count, place) => ({
      kind: 'server-upserted' as const,
      server: aServer({ id: `home/${place}`, players: count === null ? null : playersOnline(count) }),
    })),
  ]);
}

function setUp() {
  const clock = new FakeClock();
  const due = vi.fn();
  const settled = new SettledPlayers(clock, due);
  const counts = (state: FleetState) => [...settled.of(state)].map(([id, { count }]) => [id, count]);
  return { clock, counts, due, settled };
}

describe('SettledPlayers', () => {
  it('lets a number change every 15 seconds, and says when the newer one can be had', async () => {
    const { clock, counts, due } = setUp();
    expect(counts(fleet(3, null))).toEqual([['home/0', 3]]);
    await clock.advance(5000);
    expect(counts(fleet(4, 1))).toEqual([['home/0', 3]]);
    await clock.advance(9999);
    expect(due).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(due).toHaveBeenCalledOnce();
    expect(counts(fleet(4, 1))).toEqual([
      ['home/0', 4],
      ['home/1', 1],
    ]);
  });

  it('waits no time while the numbers stay', async () => {
    const { clock, counts, due } = setUp();
    counts(fleet(3));
    await clock.advance(1000);
    counts(fleet(3));
    await clock.advance(60_000);
    expect(due).not.toHaveBeenCalled();
  });

  it('drops the number of a server that ended at once', async () => {
    const { clock, counts } = setUp();
    counts(fleet(3, 5));
    await clock.advance(1000);
    expect(counts(fleet(null, 5))).toEqual([['home/1', 5]]);
    expect(counts(fleet())).toEqual([]);
  });

  it('reacts to a change: it waits for a newer number, and not for the end of a server', async () => {
    const { clock, counts, due, settled } = setUp();
    counts(fleet(3, 5));
    await clock.advance(5000);
    settled.changed(fleet(3, 5), ['home/0']);
    expect(clock.pending).toBe(0);
    settled.changed(fleet(4, 5), ['home/0']);
    settled.changed(fleet(4, 6), ['home/1']);
    await clock.advance(9999);
    expect(due).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(due).toHaveBeenCalledOnce();
    counts(fleet(4, 6));
    await clock.advance(1000);
    settled.changed(fleet(4, null), ['home/1']);
    await clock.advance(0);
    expect(due).toHaveBeenCalledTimes(2);
    expect(counts(fleet(4, null))).toEqual([['home/0', 4]]);
  });

  it('does not wait long after the last reading', async () => {
    const { clock, counts, due, settled } = setUp();
    counts(fleet(3));
    await clock.advance(60_000);
    settled.changed(fleet(4), ['home/0']);
    await clock.advance(0);
    expect(due).toHaveBeenCalledOnce();
  });

  it('stops', async () => {
    const { clock, counts, due, settled } = setUp();
    counts(fleet(3));
    counts(fleet(4));
    settled.stop();
    await clock.advance(60_000);
    expect(due).not.toHaveBeenCalled();
  });
});
