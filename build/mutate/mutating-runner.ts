/**
 * Runs each test twice unchanged, and then once with each change that it reaches. A test that still passes has not
 * noticed the change. All runs share one process, because starting one per change takes a hundred times as long.
 */
import { setMaxListeners } from 'node:events';
import { TestRunner, type RunnerTestCase, type RunnerTestSuite } from 'vitest';

/** State that Stryker's switches in the changed code read and count. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  /** Number of hits after which a switch throws: the change has caused an endless loop. */
  hitLimit?: number;
  /** Time by `performance` after which every switch throws, also inactive switches. */
  deadline: number;
  mutantCoverage?: {
    /** Reached while the modules were loaded, which is too early for a test to turn the switch. */
    static: Record<string, number>;
    perTest: Record<string, Record<string, number>>;
  };
}

/** Result of a test for the changes, in its `meta`. */
export interface Mutants {
  reached: string[];
  noticed: string[];
  loaded: string[];
  /** True if the test ran unchanged only. */
  slow: boolean;
}

const space = globalThis as typeof globalThis & {
  __stryker__?: Switches;
  noticed?: Set<string>;
  /** Functions that renew the state of the loaded modules (see `renewed-memory.ts`). */
  renewals?: (() => void)[];
};
/** Tests replace the timers of the process by fake timers. */
const now = performance.now.bind(performance);
const { setTimeout, clearTimeout } = globalThis;
const switches = (space.__stryker__ ??= withDeadline());
/** Changes that a test has noticed, shared by all files of this process; they are not tried again. */
const noticed = (space.noticed ??= new Set());
/** A slower test runs unchanged only. */
const slowMs = 150;

export default class MutatingRunner extends TestRunner {
  async runTask(test: RunnerTestCase): Promise<void> {
    const written = TestRunner.getTestFn(test);
    const hooks = new Hooks(test);
    const run = async () => {
      for (const renew of space.renewals ?? []) renew();
      await hooks.enter();
      await written();
    };
    // Vitest has already run the hooks of this test; each run below runs them again.
    await hooks.leave();
    const before = new Set(noticed);
    // Each run adds a listener; all of them end with the test.
    setMaxListeners(0, test.context.signal);
    // A first run loads modules on demand, which is too early for a switch and takes time.
    switches.currentTestId = undefined;
    await run();
    await hooks.leave();
    switches.currentTestId = test.id;
    const began = now();
    await run();
    const tookMs = now() - began;
    await hooks.leave();
    const reached = { ...switches.mutantCoverage?.perTest[test.id] };
    // From here on, code that runs does not count as reached by this test.
    switches.currentTestId = 'changed';
    const isSlow = tookMs > slowMs;
    if (!isSlow) await this.#withEach(reached, run, () => hooks.leave(), 200 + tookMs * 20);
    // Vitest runs the remaining hooks after this test.
    await hooks.enter();
    // Hits while the modules of the next file are loaded belong to no test either.
    switches.currentTestId = undefined;
    const mutants: Mutants = {
      reached: Object.keys(reached),
      noticed: [...noticed].filter((id) => !before.has(id)),
      loaded: Object.keys(switches.mutantCoverage?.static ?? {}),
      slow: isSlow,
    };
    Object.assign(test.meta, { mutants });
  }

  async #withEach(
    reached: Record<string, number>,
    run: () => unknown,
    leave: () => Promise<void>,
    limitMs: number,
  ): Promise<void> {
    for (const [id, hits] of Object.entries(reached)) {
      if (noticed.has(id)) continue;
      switches.activeMutant = id;
      switches.hitCount = 0;
      switches.hitLimit = hits * 10 + 200;
      // Later than the timer, so that a busy computer does not look like a loop.
      switches.deadline = now() + limitMs * 5;
      if (!(await passes(run, limitMs))) noticed.add(id);
      switches.deadline = Infinity;
      switches.activeMutant = undefined;
      // Ignores errors in the clean-up after a changed run; the result is known already.
      await passes(leave, 1000);
    }
  }
}

/**
 * The `beforeEach` and `afterEach` hooks of a test. They run for each change, so that no change sees the state of
 * another.
 */
class Hooks {
  readonly #test: RunnerTestCase;
  /** Outermost first. */
  readonly #suites: readonly RunnerTestSuite[];
  #cleanUps: (() => unknown)[] = [];

  constructor(test: RunnerTestCase) {
    this.#test = test;
    const suites: RunnerTestSuite[] = [];
    for (let suite = test.suite; suite !== undefined; suite = suite.suite) suites.unshift(suite);
    this.#suites = [test.file, ...suites];
  }

  async enter(): Promise<void> {
    for (const suite of this.#suites) {
      for (const hook of TestRunner.getSuiteHooks(suite).beforeEach) {
        const cleanUp: unknown = await hook(this.#test.context, suite);
        if (typeof cleanUp === 'function') this.#cleanUps.push(cleanUp as () => unknown);
      }
    }
  }

  async leave(): Promise<void> {
    for (const suite of this.#suites.toReversed()) {
      for (const hook of TestRunner.getSuiteHooks(suite).afterEach.toReversed()) {
        await hook(this.#test.context, suite);
      }
    }
    for (const cleanUp of this.#cleanUps.splice(0).reverse()) await cleanUp();
  }
}

/** A timer can't end a synchronous endless loop, but each pass reads a switch, which throws after the deadline. */
function withDeadline(): Switches {
  let active: string | undefined;
  let asked = 0;
  return {
    deadline: Infinity,
    get activeMutant() {
      asked += 1;
      if (asked % 256 === 0 && now() > this.deadline) {
        throw new Error('The change makes a loop without an end.');
      }
      return active;
    },
    set activeMutant(id) {
      active = id;
    },
  };
}

async function passes(run: () => unknown, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The change takes too long.')), limitMs);
  });
  try {
    await Promise.race([run(), late]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
