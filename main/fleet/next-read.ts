/** Which list of a server is read next, and when. Pure. */
export interface ReadCandidate {
  readonly id: string;
  /** True if the list was never read. */
  readonly isUnknown: boolean;
  /** Monotonic time from which the list should be read; null = as soon as possible. */
  readonly dueAt: number | null;
}

export interface NextRead {
  readonly id: string;
  /** Monotonic time; in the past or now = due. */
  readonly at: number;
}

/** Due reads first: unknown servers before known ones, then the server that waits longest. null without candidates. */
export function nextRead(candidates: readonly ReadCandidate[], now: number): NextRead | null {
  let next: ReadCandidate | null = null;
  for (const candidate of candidates) if (next === null || isBefore(candidate, next, now)) next = candidate;
  return next === null ? null : { id: next.id, at: next.dueAt ?? now };
}

function isBefore(one: ReadCandidate, other: ReadCandidate, now: number): boolean {
  const [due, otherDue] = [one.dueAt ?? -Infinity, other.dueAt ?? -Infinity];
  const bothDue = due <= now && otherDue <= now;
  return bothDue && one.isUnknown !== other.isUnknown ? one.isUnknown : due < otherDue;
}
