import type { Memory } from '../../../bridge/schema/memory.js';
import type { MemoryFile } from '../../disk/memory.js';

/** Shows a message once in all runs of Perch. */
export function showOnce(
  memory: Pick<MemoryFile, 'current' | 'update'>,
  what: Memory['shownOnce'][number],
  tell: () => void,
): void {
  if (memory.current.shownOnce.includes(what)) return;
  tell();
  // If storing fails, the message may appear again.
  memory
    .update(({ shownOnce }) => (shownOnce.includes(what) ? null : { shownOnce: [...shownOnce, what] }))
    .catch(() => undefined);
}
