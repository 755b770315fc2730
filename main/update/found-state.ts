/** Meaning of a version in the feed for this computer. Pure. */
import type { UpdateState } from '../../bridge/schema/updates.js';
import type { UpdateWay } from '../../bridge/updates.js';
import { plainNotes } from './notes.js';
import type { Announced, UpdateSource } from './source.js';

/** Facts about this build. */
export interface Prepared {
  /** Loads the source at its first use. */
  readonly openSource: () => Promise<UpdateSource>;
  /** Who installs a version on this computer, and the command for it. */
  readonly routeTo: (version: string) => { readonly way: UpdateWay; readonly command: string | null };
  /** Address of the download page; null = none. */
  readonly page: string | null;
}

/** `skipped` = the version that the user does not want; null = none. */
export function foundState(
  { version, is, notes }: Announced,
  prepared: Prepared | null,
  skipped: string | null,
): UpdateState & { readonly kind: 'current' | 'available' } {
  if (is === 'same') return { kind: 'current', held: null };
  if (is !== 'newer') return { kind: 'current', held: { why: is, version } };
  const { way, command } = prepared?.routeTo(version) ?? { way: 'page', command: null };
  const offer = { version, notes: plainNotes(notes), way, command, isSkipped: skipped === version };
  return { kind: 'available', offer };
}
