import { expect, it } from 'vitest';
import { dayStart } from '../text/time-of-day.js';
import { lastPlanWords, planWords } from './plan-words.js';

const wall = dayStart(1_790_000_000_000) + 12 * 3_600_000;
const four = dayStart(wall) + 4 * 3_600_000;

it('names the next time as people do', () => {
  const day = 86_400_000;
  expect(planWords({ nextAt: four, quietly: false }, wall)).toMatch(/^Next backup by plan: today 0?4:00$/);
  expect(planWords({ nextAt: four + day, quietly: true }, wall)).toMatch(
    /^Next backup by plan: tomorrow 0?4:00, quietly$/,
  );
  expect(planWords({ nextAt: four + 2 * day, quietly: false }, wall)).toMatch(
    /^Next backup by plan: .*20\d\d/,
  );
});

it('says the outcome of the last one', () => {
  const said = (outcome: Parameters<typeof lastPlanWords>[0]['outcome'], why: string | null = null) =>
    lastPlanWords({ at: four, outcome }, why, wall);
  expect(said('good')).toMatch(/^Last backup by plan: today 0?4:00, good\.$/);
  expect(said('closed')).toMatch(/, missed: Perch was not running/);
  expect(said('refused', 'The host allows none.')).toMatch(/, refused\. The host allows none\.$/);
  expect(said('refused')).toMatch(/, refused\.$/);
});
