import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Bytes by which the heap, with its buffers, has grown after `work`, without what nobody refers to any more. */
export function heapGrowth(work: () => void): number {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  // A collection that was under way keeps what was made since it began; the next one lets go of it.
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
