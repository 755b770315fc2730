import fc from 'fast-check';

/** A run of each edge lasts this long; together they are half a minute of `npm test`. */
const eachMs = Number(process.env['PERCH_FUZZ_MS'] ?? 6000);
/** Another seed tries other inputs: `PERCH_FUZZ_SEED=7`. What fails prints its seed and path. */
const seed = Number(process.env['PERCH_FUZZ_SEED'] ?? 20_261_125);
/** No single input may hold the process up for longer. Time of the processor: a busy machine is no stall. */
const stallMs = 100;

/** Tries inputs until the time is over: nothing may be thrown, be left uncaught, or take long. Answers how many. */
export async function hammer<T>(inputs: fc.Arbitrary<T>, take: (input: T) => unknown): Promise<number> {
  const uncaught: unknown[] = [];
  const note = (error: unknown): void => void uncaught.push(error);
  process.on('unhandledRejection', note);
  let count = 0;
  try {
    const property = fc.asyncProperty(inputs, async (input) => {
      count += 1;
      // What is slow the first time only has paid for what is compiled and loaded once.
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
