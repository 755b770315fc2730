/**
 * Since when each server has its state, as far as Perch saw the state begin. Other sources are the running time that the
 * node tells, and the crash that the fleet notes.
 */
import { stateWord, type StateWord } from '../../bridge/fleet/marks.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { Clock } from '../base/ports.js';

interface Seen {
  readonly word: StateWord;
  /** Monotonic time at which Perch saw the state first. */
  readonly at: number;
  /** Begin of the state by the wall clock, ms since the epoch; null = before Perch looked. */
  readonly since: number | null;
}

/** A process that started later by more than this (ms) is a new process, whose start Perch did not see. */
const sameStartMs = 60_000;

/** Word for people who see the board: orders of this Perch and the kind of its connection are no concern of theirs. */
export function boardWord(server: Server, account: Account | undefined): StateWord {
  const word = stateWord({ ...server, pending: null }, account);
  if (word === 'not-live') return 'running';
  return word === 'unread' ? 'unknown' : word;
}

export class StateTimes {
  readonly #seen = new Map<string, Seen>();

  constructor(private readonly clock: Pick<Clock, 'now' | 'wall'>) {}

  note(server: Server, account: Account | undefined): void {
    const word = boardWord(server, account);
    const before = this.#seen.get(server.id);
    if (before?.word === word) return;
    const isNew = before !== undefined && before.word !== 'unknown' && before.word !== 'unreachable';
    const since = isNew ? this.clock.wall() : null;
    this.#seen.set(server.id, { word, at: this.clock.now(), since });
  }

  forget(serverId: string): void {
    this.#seen.delete(serverId);
  }

  forgetAccount(accountId: string): void {
    for (const id of this.#seen.keys()) if (id.startsWith(`${accountId}/`)) this.#seen.delete(id);
  }

  /** Wall-clock time, ms since the epoch; null = unknown. */
  since(server: Server): number | null {
    const seen = this.#seen.get(server.id);
    if (seen === undefined) return null;
    const known = seen.since ?? this.#crash(server, seen.word);
    const start = seen.word === 'running' ? this.#start(server, seen.at) : null;
    if (start === null || (known !== null && start - known < sameStartMs)) return known;
    // The same start from now on, although the next figures would move it by some ms.
    this.#seen.set(server.id, { ...seen, since: start });
    return start;
  }

  #crash({ crashedAt }: Server, word: StateWord): number | null {
    return word === 'crashed' && crashedAt !== null ? this.#wallOf(crashedAt) : null;
  }

  /** Figures from before the state came belong to the process before. */
  #start({ usage }: Server, seenAt: number): number | null {
    if (usage === null || usage.uptimeMs <= 0 || usage.at < seenAt) return null;
    return this.#wallOf(usage.at - usage.uptimeMs);
  }

  #wallOf(at: number): number {
    return this.clock.wall() - (this.clock.now() - at);
  }
}
