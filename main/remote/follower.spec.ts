import { describe, expect, it } from 'vitest';
import { consoleCost } from '../../bridge/console/console-cost.js';
import type { RemoteUpdate } from '../../bridge/schema/remote.js';
import type { RemoteLine } from '../../bridge/schema/remote-entities.js';
import { createFollower } from './follower.js';

/** Lines of exactly this cost together. */
function linesOf(cost: number): RemoteLine[] {
  const line = (text: string): RemoteLine => ({ at: 0, source: 'server', text });
  return [line('x'.repeat(cost - consoleCost([line('')])))];
}

function aFollower() {
  const told: RemoteUpdate<'logs'>[] = [];
  const unread: (() => void)[] = [];
  const follow = createFollower({
    event: (update, written) => {
      told.push(update);
      if (written !== undefined) unread.push(written);
    },
  });
  const read = (): void => unread.shift()?.();
  return {
    told,
    read,
    tell: (cost: number, isReset = false) => follow(linesOf(cost), isReset),
  };
}

describe('a client that follows a console', () => {
  it('gets all lines while at most a million is unread', () => {
    const { told, tell } = aFollower();
    tell(1_000_000);
    tell(200);
    tell(200);
    expect(told).toHaveLength(2);
  });

  it('gets lines again once no more than a hundred thousand is unread, and how many were left out', () => {
    const { told, tell, read } = aFollower();
    tell(950_000);
    tell(100_001);
    tell(200);
    read();
    tell(200);
    expect(told).toHaveLength(2);
    read();
    expect(told.slice(2)).toEqual([{ lines: [], skipped: 2 }]);
    const other = aFollower();
    other.tell(950_000);
    other.tell(100_000);
    other.tell(200);
    other.read();
    expect(other.told.slice(2)).toEqual([{ lines: [], skipped: 1 }]);
  });

  it('gets no notice about skipped lines without any', () => {
    const { told, tell, read } = aFollower();
    tell(1_000_001);
    read();
    expect(told).toHaveLength(1);
    tell(200);
    expect(told[1]).toEqual({ lines: linesOf(200) });
  });

  it('learns once of a new start of the server, also if its first lines are skipped', () => {
    const { told, tell, read } = aFollower();
    tell(200, true);
    tell(200);
    expect(told.map(({ reset }) => reset)).toEqual([true, undefined]);
    tell(1_000_001);
    tell(200, true);
    tell(200);
    for (let count = 0; count < 3; count++) read();
    expect(told[3]).toEqual({ lines: [], skipped: 2, reset: true });
    tell(200);
    expect(told[4]).not.toHaveProperty('reset');
  });

  it('counts as behind only until it has caught up', () => {
    const { told, tell, read } = aFollower();
    tell(1_000_001);
    tell(200);
    read();
    read();
    tell(200);
    tell(200);
    expect(told.slice(2).map(({ lines }) => lines.length)).toEqual([1, 1]);
  });
});
