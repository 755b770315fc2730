import { expect, it, vi } from 'vitest';
import { FakeClock } from '../../../tests/support/fake-clock.js';
import { CallPacer, type CallSource } from './call-pacer.js';
import { Lookups } from './lookups.js';

function aPacer(others: readonly CallSource[] = []) {
  const clock = new FakeClock();
  const pacer = new CallPacer(clock, () => 1, { rateLimit: () => null, restUntil: () => null });
  const lookups = new Lookups(clock, () => pacer.look(), { mostWaiting: 3, mostInMinute: () => 4 });
  pacer.serve([...others, lookups]);
  const sent: number[] = [];
  const ask = (): Promise<string | null> =>
    lookups.take(() => {
      sent.push(clock.now());
      return Promise.resolve('answer');
    });
  return { clock, lookups, pacer, sent, ask };
}

it('a read is sent at once if no other call waits', async () => {
  const { clock, ask, sent } = aPacer();
  const answer = ask();
  await clock.advance(1);
  expect(await answer).toBe('answer');
  expect(sent).toHaveLength(1);
});

it('of many reads four a minute are sent, and the rest never', async () => {
  const { clock, ask, sent } = aPacer();
  const answers = Promise.all(Array.from({ length: 200 }, ask));
  await clock.advance(600_000);
  const some = (await answers).filter((answer) => answer !== null);
  expect(some.length).toBeGreaterThan(0);
  expect(some.length).toBeLessThanOrEqual(4);
  for (let round = 0; round < 50; round++) {
    void ask();
    await clock.advance(1000);
  }
  const begin = clock.now() - 60_000;
  expect(sent.filter((at) => at > begin).length).toBeLessThanOrEqual(4);
});

it('a read waits for the calls that keep servers up to date', async () => {
  let left = 3;
  const order: string[] = [];
  const other: CallSource = {
    next: () => (left > 0 ? { rank: 'rest', at: 0 } : null),
    send: () => {
      left -= 1;
      order.push('other');
    },
  };
  const { clock, lookups, pacer } = aPacer([other]);
  pacer.look();
  const answer = lookups.take(async () => void order.push('lookup'));
  await clock.advance(60_000);
  await answer;
  expect(order).toEqual(['other', 'other', 'other', 'lookup']);
});

it('waiting reads are dropped if the panel does not answer, and failed reads reject', async () => {
  const clock = new FakeClock();
  const changed = vi.fn();
  const lookups = new Lookups(clock, changed, { mostWaiting: 3, mostInMinute: () => 4 });
  const waiting = lookups.take(() => Promise.resolve('late'));
  lookups.drop();
  expect(await waiting).toBeNull();
  expect(lookups.next()).toBeNull();
  const failing = lookups.take(() => Promise.reject(new Error('no')));
  expect(changed).toHaveBeenCalledTimes(2);
  lookups.send();
  await expect(failing).rejects.toThrow('no');
});
