/** Waits of specs are generous, because a busy computer is no failure: the usual limit of `vi.waitFor` is one second. */
import { vi } from 'vitest';

const timeout = 15_000;

const kept = vi as typeof vi & { ownWaitFor?: typeof vi.waitFor };
// Specs that share a worker share `vi`, and each of them reads this file.
const own = (kept.ownWaitFor ??= vi.waitFor);
vi.waitFor = (callback, options = {}) =>
  own(callback, typeof options === 'number' ? options : { timeout, ...options });
