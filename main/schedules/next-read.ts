/** When Perch looks at the schedules of a server again (SCHEDULES "The fleet's schedules"). Pure. */
import { graceMs, waitsMs } from '../../bridge/schedules/schedule-state.js';
import { nextProof, type ReadSchedule, type ReadTime, type Suspicions } from './suspicions.js';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** While a window shows the fleet's schedules. */
const shownMs = 2 * minuteMs;
/** While a schedule does not run as it should. */
const troubledMs = 5 * minuteMs;
/** Shortest time between two looks otherwise: a schedule may run every minute. */
const leastMs = 15 * minuteMs;
/** Longest time, also for a server without schedules: somebody may add one. */
export const mostMs = 6 * hourMs;
/** A proof needs the whole time, so the look comes a little later. */
const spareMs = 5000;

/** Ms until the next look. Without trouble that is soon after the next run should have ended. */
export function untilNextRead(
  schedules: readonly ReadSchedule[],
  suspicions: Suspicions,
  { isShown, ...time }: ReadTime & { readonly isShown: boolean },
): number {
  const proof = nextProof(suspicions, schedules, time);
  const waits = [
    ...(proof === null ? [] : [proof + spareMs]),
    ...([...suspicions.values()].some(({ isSure }) => isSure) ? [troubledMs] : []),
    ...(isShown ? [shownMs] : []),
    Math.max(leastMs, Math.min(mostMs, ...schedules.flatMap((schedule) => untilEnded(schedule, time)))),
  ];
  return Math.min(...waits);
}

/** Ms until the next run should have begun, and its waits should be over. */
function untilEnded({ isActive, nextRunAt, tasks }: ReadSchedule, { panelTime }: ReadTime): number[] {
  if (!isActive || nextRunAt === null || tasks.length === 0) return [];
  return [nextRunAt - panelTime + waitsMs({ tasks }) + graceMs + minuteMs];
}
