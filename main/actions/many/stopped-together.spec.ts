import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { Memory } from '../../../bridge/schema/memory.js';
import { aServer, someMemory } from '../../../tests/support/entities.js';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { HeldFields } from '../../../tests/support/held-fields.js';
import { FakeLog } from '../../../tests/support/fake-log.js';
import { FleetStore } from '../../fleet/store.js';
import { StoppedTogether } from './stopped-together.js';

function rig(stoppedTogether: Memory['stoppedTogether'] = null) {
  const clock = new FakeClock();
  const store = new FleetStore();
  store.apply(
    ['a', 'b', 'c'].map((id) => ({
      kind: 'server-upserted' as const,
      server: aServer({ id, power: 'running' }),
    })),
  );
  const memory = new HeldFields(someMemory({ stoppedTogether }));
  const stopped = new StoppedTogether({ store, clock, log: new FakeLog(), memory });
  const power = (serverId: string, state: PowerState | null): void =>
    store.apply([{ kind: 'server-patched', serverId, patch: { power: state } }]);
  const ids = (): readonly string[] | undefined => stopped.current?.serverIds;
  return { clock, ids, power, memory, stopped };
}

describe('StoppedTogether', () => {
  it('has the servers that got the stop, or the earlier list if it reached none', () => {
    const earlier = { at: 1, serverIds: ['c'] };
    const { ids, stopped } = rig(earlier);
    stopped.sent(5, 'a');
    stopped.sent(5, 'b');
    expect(stopped.current).toEqual({ at: 5, serverIds: ['a', 'b'] });
    stopped.notSent(5, 'a');
    expect(ids()).toEqual(['b']);
    stopped.notSent(5, 'b');
    expect(stopped.current).toBe(earlier);
    // `c` belongs to the earlier stop, so a failed signal of this stop changes nothing.
    stopped.notSent(5, 'c');
    expect(stopped.current).toBe(earlier);
  });

  it('drops servers that run again, and keeps those that are stopping', () => {
    const { ids, power, stopped } = rig();
    for (const id of ['a', 'b', 'c']) stopped.sent(5, id);
    power('a', 'stopping');
    power('a', 'offline');
    power('b', 'offline');
    power('c', 'stopping');
    expect(ids()).toEqual(['a', 'b', 'c']);
    power('a', 'starting');
    expect(ids()).toEqual(['b', 'c']);
    power('b', 'starting');
    power('c', 'offline');
    power('c', 'running');
    expect(stopped.current).toBeNull();
  });

  it("does not trust a running state from the panel's cache", async () => {
    const { clock, ids, power, stopped } = rig();
    stopped.sent(5, 'a');
    power('a', null);
    power('a', 'running');
    power('a', 'offline');
    expect(ids()).toEqual(['a']);
    await clock.advance(31_000);
    power('a', null);
    power('a', 'running');
    expect(ids()).toBeUndefined();
  });

  it('is written at once, then every five seconds, and when Perch quits', async () => {
    const { clock, power, memory, stopped } = rig();
    stopped.sent(5, 'a');
    await clock.advance(0);
    expect(memory.current.stoppedTogether).toEqual({ at: 5, serverIds: ['a'] });
    stopped.sent(5, 'b');
    await clock.advance(4999);
    expect(memory.written).toBe(1);
    await clock.advance(1);
    expect(memory.current.stoppedTogether).toEqual({ at: 5, serverIds: ['a', 'b'] });
    stopped.sent(5, 'c');
    stopped.stop();
    await clock.advance(0);
    expect(memory.current.stoppedTogether?.serverIds).toEqual(['a', 'b', 'c']);
    expect(clock.pending).toBe(0);
    power('a', 'offline');
    power('a', 'running');
    expect(stopped.current?.serverIds).toEqual(['a', 'b', 'c']);
  });
});
