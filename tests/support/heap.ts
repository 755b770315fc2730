import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Growth in bytes of the heap and its buffers through `work`, after garbage collection. */
export function heapGrowth(work: () => void): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  // A collection in progress keeps objects made since its start; the next collection frees them.
  const collect = (): void => {
    gc();
    gc();
  };
  collect();
  const before = used();
  work();
  collect();
  return used() - before;
}

function used(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
