/** Note about a memory limit of the node that differs from the panel's limit. */
import type { Server } from '../../bridge/schema/domain.js';
import { say } from '../../messages/messages.js';
import { bytes, figureOf } from '../ui/text/format.js';

/** Bytes per megabyte in panels (PROTOCOL 2.1). */
const megabyte = 1_048_576;

/** `4,096 MB bought, the node grants 3.8 GiB`; null if both are equal or unknown (PROTOCOL 4.5, trap 39). */
export function memoryNote({ limits, usage }: Pick<Server, 'limits' | 'usage'>): string | null {
  const bought = limits.memoryBytes;
  const granted = usage?.memoryLimitBytes ?? null;
  if (bought === null || granted === null || granted === bought) return null;
  return say('fleet.memory-granted', { bought: figureOf(bought / megabyte), granted: bytes(granted) });
}
