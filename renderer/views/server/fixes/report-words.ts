import type { ReportedCrash } from '../../../../bridge/schema/crash-reports.js';
import { timeOrDay } from '../../../../bridge/text/time-of-day.js';
import { say } from '../../../../messages/messages.js';

/**
 * The crash report in one or two sentences: time, crash, and whose code. `wall` = wall-clock time, ms since the epoch.
 */
export function reportLine({ at, description, cause, suspect }: ReportedCrash, wall: number): string {
  const time = timeOrDay(at, wall);
  const what =
    description !== null && cause !== null
      ? say('fixes.report-caused', { description, cause })
      : (description ?? cause);
  const line = what === null ? say('fixes.report-of', { time }) : say('fixes.report-line', { time, what });
  return suspect === null ? line : `${line} ${say('fixes.report-suspect', { suspect })}`;
}
