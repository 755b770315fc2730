import type { BulkRun } from '../../bridge/schema/bulk.js';
import type { BulkPower } from '../actions/many/bulk-power.js';

export type FollowedBulk = Pick<BulkPower, 'start' | 'listen' | 'current'>;

/** The finished bulk run; null = Perch quit during the run. */
export async function finishedRun(bulk: FollowedBulk): Promise<BulkRun | null> {
  const begun = bulk.current;
  if (begun === null || begun.finishedAt !== null) return begun;
  return new Promise((resolve) => {
    let last = begun;
    const unlisten = bulk.listen((run) => {
      // The user may dismiss a finished run before this listener runs.
      const isOurs = run?.id === last.id;
      if (isOurs) last = run;
      if (isOurs && run.finishedAt === null) return;
      unlisten();
      resolve(last);
    });
  });
}
