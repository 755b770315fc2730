import type { TestContext } from 'vitest';

/** Number of recorded cases that a test compared; `npm run check` and `npm test` print the sum. */
export interface RecordedCases {
  answers?: number;
  sessions?: number;
  verdicts?: number;
}

declare module 'vitest' {
  interface TaskMeta {
    recordedCases?: RecordedCases;
  }
}

/** Adds the number of recorded cases to the report of this test. */
export function countRecorded({ task }: TestContext, cases: RecordedCases): void {
  task.meta.recordedCases = cases;
}
