/** The questions to the panel about the players of one server: the last answer, and the time of the next question. Pure. */
import type { PanelCountState, PlayersOnline } from '../../bridge/schema/players.js';
import type { Problem } from '../../bridge/errors.js';
import { BackOff } from '../base/back-off.js';
import type { CounterRefusal } from '../panel/api.js';
import { countOf, playersOf } from '../query/query-answer.js';
import { PlayersByName } from './players-by-name.js';
import type { Sight } from './servers-in-sight.js';

/** The panel answers this many questions of a server in this time, over all users (PROTOCOL 8.5.2), plus 5 s of delay. */
const mostQuestions = 2;
const periodMs = 65_000;
/** Ms between two counts for a server in sight of the user, and for any other server. */
const paceInSightMs = periodMs;
const paceMs = 180_000;
/** A number of the panel counts for this time. */
const countsForMs = 300_000;
/** Pauses while the game does not answer the panel, because each question keeps the panel busy for up to ten seconds. */
const silence = { firstMs: periodMs, longestMs: 1_800_000 };
/** Pause after an answer that only the host can change. */
const settledMs = 1_800_000;

export type CountQuestion = 'count' | 'names';

export class CountedServer {
  readonly byName = new PlayersByName();
  isAsking = false;
  map: string | null = null;
  online: PlayersOnline | null = null;
  /** Outcome of the last question for the number; null = none. */
  state: PanelCountState | null = null;
  /** Last time at which the user saw the server. */
  seenAt = -Infinity;
  /** Changes when the answers of a question under way no longer count. */
  run = 0;
  #sentAt: readonly number[] = [];
  #countAt = -Infinity;
  #namesAt = -Infinity;
  /** No question before this time, whoever wants an answer. */
  #refusedUntil = -Infinity;
  /** No question of a kind before these times, unless the user asks. */
  #countNotBefore = -Infinity;
  #namesNotBefore = -Infinity;
  readonly #pauses = new BackOff(silence);

  /** The next question and its time. Names are asked only while the user sees them and somebody is on. */
  next(sight: Sight, mayName: boolean): { readonly question: CountQuestion; readonly at: number } {
    const count = Math.max(this.#countNotBefore, this.#countAt + (sight === 'none' ? paceMs : paceInSightMs));
    const hasNames = mayName && sight === 'players' && (this.online?.count ?? 0) > 0;
    const names = hasNames ? Math.max(this.#namesNotBefore, this.#namesAt + paceInSightMs) : Infinity;
    const free = Math.max(this.#refusedUntil, this.#freeAt);
    return { question: names < count ? 'names' : 'count', at: Math.max(Math.min(names, count), free) };
  }

  /** The user wants an answer as soon as the panel allows a question. */
  hurry(): void {
    this.#countAt = -Infinity;
    this.#namesAt = -Infinity;
    this.#countNotBefore = -Infinity;
    this.#namesNotBefore = -Infinity;
  }

  /** The question was dropped before Perch sent the question. */
  dropped(until: number): void {
    this.#refusedUntil = Math.max(this.#refusedUntil, until);
  }

  sent(question: CountQuestion, now: number): void {
    this.#sentAt = [...this.#sentAt, now].slice(-mostQuestions);
    if (question === 'count') this.#countAt = now;
    else this.#namesAt = now;
  }

  counted(
    said: { readonly players: number; readonly slots: number; readonly map: string },
    now: number,
  ): void {
    const count = countOf(said.players);
    if (count === null) return this.refused('count', 'silent', now);
    this.#pauses.reset();
    this.state = 'answers';
    this.online = { count, slots: countOf(said.slots), source: 'panel', seenAt: now };
    this.map = said.map || null;
    if (count === 0) this.byName.take({ names: [], players: 0 }, now);
  }

  named(names: readonly string[], now: number): void {
    const said = playersOf(names.map((name) => ({ name })));
    this.byName.take({ names: said, players: this.online?.count ?? null }, now);
  }

  /** The panel sent no number, or no names. */
  refused(question: CountQuestion, why: CounterRefusal, now: number): void {
    if (question === 'names') return this.#unnamed(why === 'no-names' ? now : now + settledMs);
    this.state = stateOf(why);
    if (why === 'no-query' || why === 'no-address') this.#countNotBefore = now + settledMs;
    else if (why !== 'offline') this.#countNotBefore = now + this.#pauses.next();
  }

  failed(question: CountQuestion, { code, retryAt, ofServer }: Problem, now: number): void {
    if (code === 'rate-limited' && ofServer === true) {
      this.#refusedUntil = Math.max(now, retryAt ?? now + periodMs);
      return;
    }
    if (question === 'names') return this.#unnamed(now + settledMs);
    this.state = code === 'forbidden' ? 'forbidden' : null;
    this.#countNotBefore = now + (code === 'forbidden' ? settledMs : this.#pauses.next());
  }

  /** Forgets an answer that is too old to count. Returns true if it forgot an answer. */
  expire(now: number): boolean {
    if (now < this.expiresAt) return false;
    this.#forget();
    return true;
  }

  get expiresAt(): number {
    return this.online === null ? Infinity : this.online.seenAt + countsForMs;
  }

  /** The server stopped, or the panel is no longer wanted. Returns true if that changed anything to show. */
  end(): boolean {
    const had = this.online !== null || this.state !== null;
    this.run += 1;
    this.#forget();
    this.state = null;
    this.#countNotBefore = -Infinity;
    this.#namesNotBefore = -Infinity;
    this.#pauses.reset();
    return had;
  }

  #unnamed(until: number): void {
    this.#namesNotBefore = until;
    this.byName.clear();
  }

  #forget(): void {
    this.online = null;
    this.map = null;
    this.byName.clear();
  }

  get #freeAt(): number {
    const first = this.#sentAt.at(-mostQuestions);
    return first === undefined ? -Infinity : first + periodMs;
  }
}

/** null for an answer without meaning for the user. */
function stateOf(why: CounterRefusal): PanelCountState | null {
  switch (why) {
    case 'silent':
    case 'no-query':
    case 'no-address':
      return why;
    case 'offline':
    case 'absent':
    case 'no-names':
      return null;
  }
}
