/** Which list of backups is read next to know the newest good backup, and when. Pure. */
import type { Account, Server } from '../../bridge/schema/domain.js';
import { conditionBlock, isGranted } from '../../bridge/panel/permissions.js';

export interface ReadCandidate {
  readonly id: string;
  /** True if the newest good backup was never read, in no run of Perch. */
  readonly isUnknown: boolean;
  /** Monotonic time from which the list should be read; null = as soon as possible. */
  readonly dueAt: number | null;
}

export interface NextRead {
  readonly id: string;
  /** Monotonic time; in the past or now = due. */
  readonly at: number;
}

/** Whether a read can tell anything: the panel would answer, and the server may have backups (PROTOCOL 2.16). */
export function canRead(server: Server, account: Account | undefined): boolean {
  const { limits, condition, permissions } = server;
  return (
    account?.state.kind === 'ready' &&
    (limits.backups ?? 0) > 0 &&
    conditionBlock(condition) === null &&
    permissions !== null &&
    isGranted(permissions, 'backup.read')
  );
}

/** Due reads first: unknown servers before known ones, then the one that waits longest. null without candidates. */
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
