/** Why the memory that was bought is not what the node lets a server use. */
import type { Server } from '../../bridge/schema/domain.js';
import { say } from '../../messages/messages.js';
import { bytes, figureOf } from '../ui/text/format.js';

/** A panel's, as it shows them (PROTOCOL 2.1). Bytes. */
const megabyte = 1_048_576;

/** `4,096 MB bought, the node grants 3.8 GiB`; null where both are the same, or one is not known (PROTOCOL 4.5, trap 39). */
export function memoryNote({ limits, usage }: Pick<Server, 'limits' | 'usage'>): string | null {
  const bought = limits.memoryBytes;
  const granted = usage?.memoryLimitBytes ?? null;
  if (bought === null || granted === null || granted === bought) return null;
  return say('fleet.memory-granted', { bought: figureOf(bought / megabyte), granted: bytes(granted) });
}
