import type { CallTable } from '../base/calls.js';
import type { Copies } from './copies.js';
import type { CopyContents } from './copy-contents.js';

/** Calls about copies; those that need the desktop are in main/shell. */
export function copyCalls(
  copies: Pick<Copies, 'fetch' | 'remove' | 'setFolder'>,
  contents: Pick<CopyContents, 'text'>,
) {
  return {
    'copies.fetch': ({ serverId, backup }) => copies.fetch(serverId, backup),
    'copies.delete': ({ serverId, backup }) => copies.remove(serverId, backup),
    'copies.read': ({ serverId, backup, path }) => contents.text(serverId, backup, path),
    'copies.forgetFolder': () => copies.setFolder(null),
  } satisfies CallTable;
}
