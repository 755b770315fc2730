import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { CallPacer, type CallSource, type CallPriority } from './call-pacer.js';

/** Calls of one rank, due from the start. */
function waiting(rank: CallPriority, count: number, sent: (rank: CallPriority) => void): CallSource {
  let left = count;
  return {
    next: () => (left === 0 ? null : { rank, at: 0 }),
    send: () => {
      left -= 1;
      sent(rank);
    },
  };
}

function rig({ limit = 256 as number | null, rests = null as number | null, random = (): number => 1 } = {}) {
  const clock = new FakeClock(0);
  const sent: { at: number; rank: CallPriority }[] = [];
  const room = { limit, rests };
  const frees: number[] = [];
  const pacer = new CallPacer(clock, random, {
    rateLimit: () => room.limit,
    restUntil: (freePart) => {
      frees.push(freePart);
      return room.rests;
    },
  });
  return {
    clock,
    sent,
    room,
    frees,
    pacer,
    times: () => sent.map(({ at }) => at),
    ranks: () => sent.map(({ rank }) => rank),
    serve(...counts: [CallPriority, number][]): void {
      pacer.serve(
        counts.map(([rank, count]) => waiting(rank, count, () => void sent.push({ at: clock.now(), rank }))),
      );
      pacer.look();
    },
  };
}

describe('CallPacer', () => {
  it('sends a few calls quickly, the others evenly, and never more than half of the limit in a minute', async () => {
    const { clock, times, serve } = rig();
    serve(['needed', 300]);
    await clock.advance(3150);
    expect(times()).toHaveLength(64);
    await clock.advance(2000);
    expect(times().length).toBeLessThanOrEqual(69);
    await clock.advance(54_849);
    expect(times()).toHaveLength(128);
    await clock.advance(60_000);
    expect(times().length).toBeGreaterThan(245);
    expect(busiest(times())).toBe(128);
  });

  it('keeps quick calls for servers that become visible after the rest has used its own', async () => {
    const { clock, ranks, serve } = rig();
    serve(['rest', 300]);
    await clock.advance(4000);
    expect(ranks().length).toBeLessThanOrEqual(32 + 6);
    serve(['rest', 300], ['needed', 25]);
    await clock.advance(25 * 50 + 500);
    expect(ranks().filter((rank) => rank === 'needed')).toHaveLength(25);
  });

  it('gives quick calls to the rest after a window had time to come up', async () => {
    const { clock, ranks, serve } = rig();
    serve(['rest', 300]);
    await clock.advance(5000 + 32 * 50);
    expect(ranks().length).toBeGreaterThanOrEqual(64);
  });

  it('gives the rest a turn among renewals that fill minutes', async () => {
    const { clock, ranks, serve } = rig();
    serve(['renewal', 100]);
    await clock.advance(40_000);
    const before = ranks().length;
    serve(['renewal', 100], ['rest', 2]);
    await clock.advance(10_000);
    const places = ranks().flatMap((rank, place) => (rank === 'rest' ? [place - before] : []));
    expect(places).toEqual([0, 8]);
  });

  it('gives every eighth call to other ranks while renewals fill every minute, each in turn', async () => {
    const { clock, ranks, serve } = rig({ limit: 120 });
    serve(['renewal', 1000], ['spare', 100], ['needed', 100], ['rest', 100]);
    await clock.advance(60_000);
    // In the first minute some other calls go out quickly between two renewals.
    const before = ranks().length;
    await clock.advance(9 * 60_000);
    const turns = ranks()
      .slice(before)
      .flatMap((rank, place) => (rank === 'renewal' ? [] : [{ rank, place }]));
    expect(turns.length).toBeGreaterThan(60);
    expect(turns.slice(1).every(({ place }, index) => place - (turns[index]?.place ?? 0) === 8)).toBe(true);
    for (const [index, { rank }] of turns.entries()) expect(rank).toBe(turns[index % 3]?.rank);
    expect(new Set(turns.map(({ rank }) => rank)).size).toBe(3);
  });

  it('puts bulk calls in turn with visible servers, behind ending tokens and before the rest', async () => {
    const { clock, ranks, serve } = rig();
    serve(['rest', 3], ['needed', 4], ['many', 6], ['renewal', 1]);
    await clock.advance(10_000);
    expect(ranks().slice(0, 8)).toEqual([
      ...['renewal', 'many', 'needed', 'many', 'needed', 'many', 'rest', 'many'],
    ]);
    expect(ranks()).toHaveLength(14);
  });

  it('sends calls that the user waits for at once, whatever else waits', async () => {
    const { clock, ranks, room, serve, pacer } = rig({ rests: Infinity });
    serve(['rest', 3], ['asked', 2]);
    await clock.advance(0);
    expect(ranks()).toEqual(['asked', 'asked']);
    room.rests = null;
    pacer.look();
    await clock.advance(1000);
    expect(ranks()).toHaveLength(5);
  });

  it('sends renewals first and evenly, then needed calls, then the rest', async () => {
    const { clock, sent, serve } = rig({ limit: 120 });
    serve(['spare', 2], ['rest', 2], ['needed', 2], ['renewal', 2]);
    await clock.advance(60_000);
    expect(sent.slice(0, 2)).toEqual([
      { at: 0, rank: 'renewal' },
      { at: 50, rank: 'needed' },
    ]);
    expect(sent.filter(({ rank }) => rank === 'renewal').map(({ at }) => at)).toHaveLength(2);
  });

  it('gives optional reads a turn, however many needed calls wait', async () => {
    const { clock, ranks, serve } = rig({ limit: 120 });
    serve(['needed', 100], ['spare', 10]);
    await clock.advance(60_000);
    expect(ranks().filter((rank) => rank === 'spare').length).toBeGreaterThanOrEqual(6);
  });

  it('yields to the user and to others, renewals last', async () => {
    const { clock, ranks, frees, serve } = rig({ rests: 10_000 });
    serve(['renewal', 1], ['rest', 1]);
    await clock.advance(9999);
    expect(ranks()).toEqual([]);
    expect([...new Set(frees)]).toEqual([0.1, 0.25]);
    await clock.advance(1000);
    expect(ranks()).toEqual(['renewal', 'rest']);
  });

  it('is careful until the panel has shown its limit', async () => {
    const { clock, times, serve } = rig({ limit: null });
    serve(['rest', 100]);
    await clock.advance(59_999);
    expect(times()).toHaveLength(64);
  });

  it('sends nothing after its stop', async () => {
    const { clock, pacer, times, serve } = rig();
    serve(['rest', 5]);
    pacer.stop();
    pacer.look();
    await clock.advance(60_000);
    expect([times().length, clock.pending]).toEqual([1, 0]);
  });

  it('never exceeds half of any limit, whatever calls come', async () => {
    const rank = fc.constantFrom<CallPriority>('renewal', 'needed', 'rest', 'spare');
    const bursts = fc.array(fc.tuple(fc.nat(90_000), rank, fc.integer({ min: 1, max: 60 })), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(bursts, fc.integer({ min: 1, max: 60 }), fc.nat(99), async (all, limit, seed) => {
        const { clock, sent, serve, pacer, times } = rig({ limit, random: () => seed / 100 });
        serve();
        const sources: CallSource[] = [];
        for (const [at, kind, count] of all) {
          clock.after(at, () => {
            sources.push(waiting(kind, count, (of) => void sent.push({ at: clock.now(), rank: of })));
            pacer.serve(sources);
            pacer.look();
          });
        }
        await clock.advance(240_000);
        const share = Math.max(1, Math.floor(limit / 2));
        expect(busiest(times())).toBeLessThanOrEqual(share);
        const due = all.reduce((sum, [, , count]) => sum + count, 0);
        // The limit is fully used: no call waits longer than its minute.
        expect(times().length).toBeGreaterThanOrEqual(Math.min(due, share * 2));
      }),
      { numRuns: 40 },
    );
  });
});

/** Maximum number of calls within any minute. */
function busiest(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((end) => times.filter((time) => time > end - 60_000 && time <= end).length),
  );
}
