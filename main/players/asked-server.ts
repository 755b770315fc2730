/** The questions to one server: the place to ask, the last answer, and the time of the next question. Pure. */
import { isFull } from '../../bridge/fleet/full.js';
import type { QueryFailureKind } from '../../bridge/panel/query-protocols.js';
import type { PlayersOnline, Reach } from '../../bridge/schema/players.js';
import { BackOff } from '../base/back-off.js';
import type { QueryAnswer } from '../query/query-answer.js';
import { barePlace, isSamePlace, type AskedPlace, type Candidate } from './asked-place.js';
import { PlayersByName } from './players-by-name.js';

/** Ms between two questions to a server in sight of the user, and to any other server. */
export const paceInSightMs = 15_000;
export const paceMs = 60_000;
/** Pauses after a round without an answer. */
const silence = { firstMs: 60_000, longestMs: 600_000 };
/** Longest pause in sight of the user. */
const longestInSightMs = 60_000;
/** Ms that a game may need from its start to its first answer; also ms without an answer until it counts as silent. */
const settledMs = 180_000;
/** Questions in a row without an answer that make a server silent. */
const silentFrom = 3;
/** An answer counts for this many questions; then the number of players is unknown. */
const answerCountsFor = 3;
/** One of this many questions tries a place before the answering place again, because that place may be better. */
const earlierEvery = 10;

export class AskedServer {
  readonly byName = new PlayersByName();
  isAsking = false;
  /** Monotonic times. */
  askedAt: number | null = null;
  answeredAt: number | null = null;
  /** The place that answered last, in this run or an earlier run. */
  found: AskedPlace | null;
  asked: AskedPlace | null = null;
  answer: QueryAnswer | null = null;
  problem: QueryFailureKind | null = null;
  /** The place without an answer that `problem` is about. */
  failedAt: AskedPlace | null = null;
  #answerPaceMs = paceMs;
  /** Number of questions since the last answer, and number of unanswered questions. */
  #asked = 0;
  #unanswered = 0;
  /** Time of the first unanswered question; null = none. */
  unansweredSince: number | null = null;
  /** Number of questions in a row that Perch could not ask. */
  #blocked = 0;
  /** True if Perch could not ask at any of the places, so that nothing is known about the game. */
  isBlocked = false;
  #notBefore: number;
  #isUrgent = false;
  /** Answers of the present place until Perch tries an earlier place. */
  #untilTrial = earlierEvery;
  #trials = 0;
  /** True if the question goes to a place before the answering place, so silence means nothing. */
  #isTrial = false;
  readonly #pauses = new BackOff(silence);

  /** `runningSince` = when Perch first saw the process; `firstAt` = when the first question is due. */
  constructor(
    private readonly runningSince: number,
    firstAt: number,
    found: AskedPlace | null,
  ) {
    this.#notBefore = firstAt;
    this.found = found;
  }

  dueAt(isInSight: boolean): number {
    const { askedAt } = this;
    if (askedAt === null) return this.#isUrgent ? -Infinity : this.#notBefore;
    // Never more than one question in this time, whoever wants an answer.
    if (this.#isUrgent) return askedAt + paceInSightMs;
    if (!isInSight) return Math.max(this.#notBefore, askedAt + paceMs);
    return Math.max(Math.min(this.#notBefore, askedAt + longestInSightMs), askedAt + paceInSightMs);
  }

  /** The user wants an answer: asks as soon as possible. */
  hurry(): void {
    this.#isUrgent = true;
  }

  /** In sight for the first time: the first question does not wait for its turn in the minute. */
  come(now: number, withinMs: number): void {
    if (this.askedAt === null) this.#notBefore = Math.min(this.#notBefore, now + withinMs);
  }

  /** The place to ask now, marked as asked; null without any. */
  begin(candidates: readonly Candidate[], now: number): Candidate | null {
    const known = candidates.find((one) => isSamePlace(one, this.found));
    const others = candidates.filter((one) => one !== known);
    const turns = known === undefined ? others : [known, ...others];
    // Only a place that answered before is asked, until that place is silent.
    const turn = known !== undefined && this.#asked < silentFrom ? 0 : this.#asked % turns.length;
    const earlier = known === undefined || turn > 0 ? [] : candidates.slice(0, candidates.indexOf(known));
    const trial = this.#trialOf(earlier);
    this.#isTrial = trial !== null;
    const place = trial ?? turns[turn] ?? null;
    if (place === null) return null;
    this.isAsking = true;
    this.#isUrgent = false;
    this.askedAt = now;
    this.asked = place;
    return place;
  }

  answered(place: AskedPlace, answer: QueryAnswer, now: number, usedPaceMs: number): void {
    this.#untilTrial = isSamePlace(place, this.found) ? this.#untilTrial - 1 : earlierEvery;
    this.found = barePlace(place);
    this.answer = answer;
    this.answeredAt = now;
    this.#answerPaceMs = usedPaceMs;
    this.startAgain(-Infinity);
    this.byName.take(answer, now);
  }

  failed(kind: QueryFailureKind, places: number, now: number): void {
    if (this.#isTrial) return;
    this.problem = kind;
    this.failedAt = this.asked;
    this.#asked += 1;
    this.#blocked = isUnasked(kind) ? this.#blocked + 1 : 0;
    this.isBlocked = this.#blocked >= Math.max(places, 1);
    if (isSilence(kind)) {
      this.#unanswered += 1;
      this.unansweredSince ??= this.askedAt;
    }
    const isRound = this.#asked >= Math.max(places, silentFrom);
    if (isRound && this.#isSettled(now)) this.#notBefore = now + this.#pauses.next();
  }

  /** Forgets earlier silence, which says nothing about the game. The next question is due at `firstAt`. */
  startAgain(firstAt: number): void {
    this.problem = null;
    this.failedAt = null;
    this.#asked = 0;
    this.#unanswered = 0;
    this.unansweredSince = null;
    this.#blocked = 0;
    this.isBlocked = false;
    this.#notBefore = firstAt;
    this.#pauses.reset();
  }

  /** Forgets an answer that is too old to count. Returns true if it forgot an answer. */
  expire(now: number, usedPaceMs: number): boolean {
    if (this.answer === null || now < this.expiresAt(usedPaceMs)) return false;
    this.answer = null;
    this.byName.clear();
    return true;
  }

  /**
   * When the answer no longer counts; Infinity without an answer. A new pace does not shorten the life of an answer.
   */
  expiresAt(usedPaceMs: number): number {
    if (this.answer === null || this.answeredAt === null) return Infinity;
    return this.answeredAt + answerCountsFor * Math.max(this.#answerPaceMs, usedPaceMs);
  }

  /** Whether the game is silent. Only a game that answered before, or that surely can answer, counts as silent. */
  isSilent(candidates: readonly Candidate[], now: number): boolean {
    if (this.#unanswered < silentFrom || !this.#isSettled(now) || this.isBlocked) return false;
    if (now - (this.unansweredSince ?? now) < settledMs) return false;
    if (this.found !== null) return true;
    return this.#asked >= candidates.length && candidates.some(({ isCertain }) => isCertain);
  }

  /** Whether the game answered after this time, and has answered every question since. */
  hasAnsweredSince(time: number): boolean {
    return this.#unanswered === 0 && this.answeredAt !== null && this.answeredAt >= time;
  }

  get online(): PlayersOnline | null {
    const { answer, answeredAt } = this;
    if (answer === null || answeredAt === null || answer.players === null) return null;
    return { count: answer.players, slots: answer.slots, source: 'query', seenAt: answeredAt };
  }

  /** `suspect` matters for silent servers only. */
  reach(candidates: readonly Candidate[], now: number, suspect: () => Suspect): Reach | null {
    if (this.isSilent(candidates, now)) {
      const since = this.unansweredSince ?? now;
      return { kind: 'silent', since, hasAnswered: this.found !== null, suspect: suspect() };
    }
    if (this.answer === null) return null;
    const { pingMs, version, title, hasPassword } = this.answer;
    return { kind: 'answers', pingMs, version, title, hasPassword, isFull: isFull(this.online) };
  }

  #trialOf(earlier: readonly Candidate[]): Candidate | null {
    if (earlier.length === 0 || this.#asked > 0 || this.#untilTrial > 0) return null;
    this.#untilTrial = earlierEvery;
    return earlier[this.#trials++ % earlier.length] ?? null;
  }

  #isSettled(now: number): boolean {
    return now - this.runningSince >= settledMs;
  }
}

export type Suspect = Extract<Reach, { kind: 'silent' }>['suspect'];

/** Perch could not ask. */
function isUnasked(kind: QueryFailureKind): boolean {
  return kind === 'no-udp' || kind === 'closed';
}

/** No answer came. An unknown name or an answer of another kind says nothing about the game. */
function isSilence(kind: QueryFailureKind): boolean {
  return kind === 'silent' || kind === 'refused';
}
