/**
 * One known cause: texts of games, runtimes and nodes that name why a server does not run. Texts are in lower case.
 * `{}` captures the thing that the message names, `…` skips any text (`cause-text.ts`).
 */
import type { FixKind } from '../schema/fix-its.js';

export interface Cause {
  readonly kind: FixKind;
  readonly texts: readonly string[];
  /** True if servers also print the text and run on, so it counts only after the process has ended. */
  readonly isSurvivable?: true;
}

/** A server with such a line does not come up. */
export const ends = (kind: FixKind, ...texts: string[]): Cause => ({ kind, texts });
/** A server may come up, or run, in spite of such a line. */
export const mayEnd = (kind: FixKind, ...texts: string[]): Cause => ({ kind, texts, isSurvivable: true });
