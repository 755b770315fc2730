/** Keeps the JavaScript heap of main small: Perch waits in the tray most of its life, and V8 sizes heaps for pages. */
import { url as debuggerUrl } from 'node:inspector';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Alarm } from '../../base/alarm.js';
import type { Clock } from '../../base/ports.js';

/** Pauses in ms: the code of the start or of the last window is done; its lists and sessions are read as well. */
const pauses = [3000, 12_000];

/** V8 collects old objects early instead of letting the heap grow, and young ones in 2 MiB instead of 16. */
const forSize = '--optimize-for-size';
/** The part of `forSize` for the young generation comes too late for main, whose heap exists already. */
const noGrowth = '--semi-space-growth-factor=1';

/**
 * Collects all garbage of main and gives its pages back to the system, together with the bytecode of functions that no
 * longer run. Without this call V8 waits for memory pressure. From then on the heap stays small; at the start, when
 * almost every new object lives on, small heaps would only cost time. The new context has the function `gc`, because
 * it is created while the flag is set.
 *
 * Does nothing while a debugger is attached, because it would lose the promises that the debugger waits for.
 */
export function collectGarbage(): void {
  if (debuggerUrl() !== undefined) return;
  setFlagsFromString(forSize);
  setFlagsFromString(noGrowth);
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  if (typeof collect === 'function') Reflect.apply(collect, null, [{ type: 'major', flavor: 'last-resort' }]);
}

export class SpareHeap {
  readonly #alarm: Alarm;

  constructor(private readonly deps: { readonly clock: Clock; readonly collect: () => void }) {
    this.#alarm = new Alarm(deps.clock);
  }

  /** After the start and after the last window. */
  rest(): void {
    this.#next(pauses);
  }

  stop(): void {
    this.#alarm.clear();
  }

  #next([ms, ...rest]: readonly number[]): void {
    if (ms === undefined) return;
    this.#alarm.set(ms, () => {
      this.deps.collect();
      this.#next(rest);
    });
  }
}
