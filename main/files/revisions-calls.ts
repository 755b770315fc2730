import type { CallTable } from '../base/calls.js';
import type { RevisionsArchive } from './revisions-archive.js';
import type { StartChangesReads } from './start-changes.js';
import { openedText } from './text-format.js';

export function revisionCalls(
  archive: Pick<RevisionsArchive, 'bytes'>,
  changes: Pick<StartChangesReads, 'read'>,
) {
  return {
    'revisions.text': async ({ id, ...file }) => openedText(await archive.bytes(file, id)),
    'changes.sinceGoodStart': ({ serverId }) => changes.read(serverId),
  } satisfies CallTable;
}
