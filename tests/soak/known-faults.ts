/**
 * Rules with known violations until they are fixed (`docs/track-record.md` has the seeds). A listed rule fails no test;
 * remove it when no seed violates it any more.
 */
export const knownFaults: readonly string[] = [];
