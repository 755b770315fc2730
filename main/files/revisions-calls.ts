import type { CallTable } from '../base/calls.js';
import type { RevisionsArchive } from './revisions-archive.js';
import type { StartChangesReads } from './start-changes.js';

export function revisionCalls(
  archive: Pick<RevisionsArchive, 'bytes'>,
  changes: Pick<StartChangesReads, 'read'>,
) {
  return {
    'revisions.text': async ({ id, ...file }) => {
      const bytes = await archive.bytes(file, id);
      return { text: bytes.includes(0) ? null : new TextDecoder().decode(bytes) };
    },
    'changes.sinceGoodStart': ({ serverId }) => changes.read(serverId),
  } satisfies CallTable;
}
