/** Which revisions stay. Pure. */
import type { Revision } from '../../bridge/schema/revisions.js';

/** A revision with the path of its file from the server's folder. */
export interface KeptRevision extends Revision {
  readonly path: string;
}

export const limits = {
  ofFile: 50,
  ofServer: 5000,
  ageMs: 90 * 86_400_000,
  /** Of the compressed contents of all panels together. */
  bytes: 200_000_000,
  /** Longest text: as long as the panel gives one (PROTOCOL 2.17.3). */
  textBytes: 4 * 1024 * 1024,
};

/**
 * The revisions of one server that stay, oldest first as before. A revision whose content `isHeld` stays until its
 * content is released: somebody may want it back long after the last change of the file.
 */
export function withinLimits(
  revisions: readonly KeptRevision[],
  now: number,
  isHeld: (version: string) => boolean,
): KeptRevision[] {
  const counts = new Map<string, number>();
  const kept: KeptRevision[] = [];
  for (const revision of revisions.toReversed()) {
    const count = (counts.get(revision.path) ?? 0) + 1;
    const isYoung = now - revision.at < limits.ageMs;
    const fits = isYoung && count <= limits.ofFile && kept.length < limits.ofServer;
    if (!fits && !isHeld(revision.version)) continue;
    counts.set(revision.path, count);
    kept.push(revision);
  }
  return kept.reverse();
}

/** A revision that may have to go because all contents together are too large. */
export interface Removable {
  readonly at: number;
  readonly isHeld: boolean;
  /** Name of its content, which other revisions may share. */
  readonly content: string;
  /** Size of the compressed content. */
  readonly bytes: number;
}

/** The candidates that go so that the contents of the others fit into `most` bytes: the oldest first, held ones last. */
export function excess<C extends Removable>(candidates: readonly C[], most: number): Set<C> {
  const uses = new Map<string, number>();
  let total = 0;
  for (const { content, bytes } of candidates) {
    const before = uses.get(content) ?? 0;
    if (before === 0) total += bytes;
    uses.set(content, before + 1);
  }
  const gone = new Set<C>();
  const order = candidates.toSorted(
    (one, other) => Number(one.isHeld) - Number(other.isHeld) || one.at - other.at,
  );
  for (const candidate of order) {
    if (total <= most) break;
    gone.add(candidate);
    const left = (uses.get(candidate.content) ?? 1) - 1;
    uses.set(candidate.content, left);
    if (left === 0) total -= candidate.bytes;
  }
  return gone;
}
