import { describe, expect, it } from 'vitest';
import { History } from './history.js';
import { judge } from './judge/rules.js';
import { knownFaults } from './known-faults.js';
import { reportOf } from './report.js';

/** `npm run soak` runs a thousand seeds; these few are short enough for every check. */
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);
const minutes = 6;

describe('histories against a model', () => {
  it.each(seeds)('seed %i breaks no rule', async (seed) => {
    const transcript = await new History({ seed, minutes }).run();
    const found = judge(transcript).filter(({ rule }) => !knownFaults.includes(rule));
    const replay = `npm run soak -- --seed ${seed} --minutes ${minutes}`;
    expect(found, reportOf(transcript, found, replay)).toEqual([]);
  });

  it('are the same for the same seed', async () => {
    const [first, again, other] = [
      await new History({ seed: 4, minutes: 5 }).run(),
      await new History({ seed: 4, minutes: 5 }).run(),
      await new History({ seed: 5, minutes: 5 }).run(),
    ];
    expect(again.events).toEqual(first.events);
    expect(other.events).not.toEqual(first.events);
  });

  it('are not empty', async () => {
    const { alerts, clicks, troubles, servers, ms } = await new History({ seed: 3, minutes: 10 }).run();
    expect(ms).toBe(10 * 60_000);
    expect(servers.size).toBeGreaterThanOrEqual(40);
    for (const happened of [alerts, clicks, troubles]) expect(happened.length).toBeGreaterThan(5);
    expect(clicks.some(({ doneAt }) => doneAt.length > 0)).toBe(true);
  });
});
