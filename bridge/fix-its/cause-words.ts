/** The sentence that names a known cause. Windows import this file, so it does without zod. */
import { sentence, type Sentence } from '../../messages/messages.js';
import type { FixKind } from '../schema/fix-its.js';
import { isNamedFix } from './fix-kinds.js';

/** `about` = the thing that the line names; a named cause always has it. */
export function causeSentence({
  kind,
  about = '?',
}: {
  kind: FixKind;
  about?: string | undefined;
}): Sentence {
  return isNamedFix(kind) ? sentence(`fixes.${kind}`, { about }) : sentence(`fixes.${kind}`);
}
