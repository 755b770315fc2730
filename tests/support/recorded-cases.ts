import type { TestContext } from 'vitest';

/** How many recorded cases a test compared with; `npm run check` and `npm test` say the sum. */
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

/** Notes in the report of this test how many recorded cases ran in it. */
export function countRecorded({ task }: TestContext, cases: RecordedCases): void {
  task.meta.recordedCases = cases;
}
