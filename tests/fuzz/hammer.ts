import fc from 'fast-check';

/** Duration per edge, in ms; all edges together take half a minute of `npm test`. */
const eachMs = Number(process.env['PERCH_FUZZ_MS'] ?? 6000);
/** Another seed tries other inputs: `PERCH_FUZZ_SEED=7`. A failure prints its seed and path. */
const seed = Number(process.env['PERCH_FUZZ_SEED'] ?? 20_261_125);
/** Limit per input, in ms of CPU time, so a busy machine does not count as a stall. */
const stallMs = 100;

/**
 * Tries inputs until the time is over; returns their number. No input may throw, cause an uncaught error or take too
 * long.
 */
export async function hammer<T>(inputs: fc.Arbitrary<T>, take: (input: T) => unknown): Promise<number> {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('unhandledRejection', note);
  let count = 0;
  try {
    const property = fc.asyncProperty(inputs, async (input) => {
      count += 1;
      // A slow first call may include compilation and loading, so it is measured again.
      if ((await costOf(take, input)) > stallMs && (await costOf(take, input)) > stallMs) {
        throw new Error(`It took more than ${stallMs} ms.`);
      }
      await new Promise((resolve) => setImmediate(resolve));
      if (uncaught.length > 0) throw new Error(`Nobody caught: ${String(uncaught[0])}`);
    });
    const options = { seed, numRuns: 1_000_000, endOnFailure: true };
    await fc.assert(property, { ...options, interruptAfterTimeLimit: eachMs, markInterruptAsFailure: false });
  } finally {
    process.off('unhandledRejection', note);
  }
  return count;
}

async function costOf<T>(take: (input: T) => unknown, input: T): Promise<number> {
  const before = process.cpuUsage();
  await take(input);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
