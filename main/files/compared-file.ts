/** The server's file in a comparison; bytes are null for a large file, undefined for a missing one. */
import type { HandlerOutput } from '../../bridge/schema/contract.js';
import type { SeenContent } from '../../bridge/schema/edited-files.js';
import type { CopyContent } from './edited-disk.js';
import type { FileContents } from './file-contents.js';
import { openedText, versionOf } from './text-format.js';

type Compared = HandlerOutput<'ownEditor.compare'>;

export function seenContent(
  theirs: Uint8Array | null | undefined,
  there: Awaited<ReturnType<FileContents['facts']>>,
): SeenContent | null {
  if (theirs === undefined) return { kind: 'gone' };
  if (theirs !== null) return { kind: 'content', version: versionOf(theirs) };
  return there === null ? null : { kind: 'too-large', ...there };
}

export function shownTheirs(theirs: Uint8Array | null | undefined): Compared['theirs'] {
  return theirs === undefined ? { kind: 'gone' } : shownText(theirs ?? 'too-large');
}

export function shownText(content: CopyContent): Compared['mine'] {
  return content === 'too-large' ? { kind: 'refused', why: content } : openedText(content);
}
