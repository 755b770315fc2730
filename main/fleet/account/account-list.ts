import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PanelApi, PanelServer, PanelUser } from '../../panel/api.js';
import type { Clock, Log, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { BackOff, jittered, upToHalfLess } from '../../base/back-off.js';
import { SlowPauses } from '../../base/slow-pauses.js';
import { ListDoubt, type Kept } from './list-doubt.js';
import { looksFinal } from './panel-wide.js';
import { isPassing } from '../plan/watch-plan.js';

export interface AccountListDeps {
  clock: Clock;
  random: Random;
  log: Log;
  panel: PanelApi;
  accountId: string;
  /** How much of what is known this list still holds. */
  kept(list: readonly PanelServer[]): Kept;
  /** Whether an administrator wants every server of the panel. */
  wantsAll(): boolean;
  /** The whole list, as the panel had it at some time after `askedAt`. */
  listed(list: readonly PanelServer[], askedAt: number): void;
  /** It is read again at `retryAt`, whatever the problem. */
  failed(problem: Problem, retryAt: number): void;
}

const everyMs = 60_000;
/** One call is cheap, and however long the panel was away, it is noticed within two minutes that it is back. */
const longestPauseMs = 100_000;
const pauses = { firstMs: 2000, longestMs: longestPauseMs };
/** While a server is being installed, restored or moved, its end should not be noticed a minute late. */
const oftenMs = 20_000;
/** The first poll or socket that finds the panel gone asks for the list, not each of them. */
const suspicionEveryMs = 5000;

/**
 * Reads the list of one account's servers again and again, less and less often while that fails. It alone decides
 * whether the account is well: trouble with a single server never counts.
 */
export class AccountList {
  readonly #deps: AccountListDeps;
  readonly #alarm: Alarm;
  readonly #backOff: BackOff;
  readonly #slow: SlowPauses;
  readonly #doubt = new ListDoubt();
  #user: PanelUser | null;
  #reading: Promise<Problem | null> | null = null;
  #readAt = -Infinity;
  #dueAt = Infinity;
  /** Because something else had succeeded, and the list failed all the same. */
  #readsInVain = 0;
  /** The last read has failed: until the next one is due, only the person or a change of network asks again. */
  #isFailing = false;
  /** By the panel's limiter. */
  #isPaused = false;
  #isStopped = false;
  /** The next list is not the one that was known. */
  #isAnother = false;
  /** Which list is wanted: an answer to the wish before is not taken. */
  #wish = 0;

  constructor(user: PanelUser | null, deps: AccountListDeps) {
    this.#user = user;
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
    this.#backOff = new BackOff({ ...pauses, spread: upToHalfLess(deps.random) });
    this.#slow = new SlowPauses(deps.clock, deps.random);
  }

  /** Whose key it is; null before the panel has told. */
  get user(): PanelUser | null {
    return this.#user;
  }

  /** Asks now, with one request at a time; answers what went wrong. Never rejects. */
  read(): Promise<Problem | null> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** The same, with earlier failures forgotten: what they were about may have changed. */
  readAnew(): Promise<Problem | null> {
    this.#startOver();
    return this.read();
  }

  /**
   * Another call of this account has succeeded. While the list fails, that may be news, so it is read; less and less
   * often where the list goes on failing all the same.
   */
  answered(): void {
    if (this.#isStopped || !this.#isFailing || this.#isPaused || this.#reading !== null) return;
    const now = this.#deps.clock.now();
    const at = Math.max(now, this.#readAt + suspicionEveryMs * 2 ** Math.min(this.#readsInVain, 4));
    if (at >= this.#dueAt) return;
    this.#readsInVain += 1;
    if (at === now) void this.read();
    else this.#readLater(at - now);
  }

  /** The person wants another list, after the answer that may be on its way; it is believed whatever it lacks. */
  async readAnother(): Promise<void> {
    this.#wish += 1;
    await this.#reading;
    this.#isAnother = true;
    await this.readAnew();
  }

  /** The panel has refused the key in another call: the list finds out at once whether it does so altogether. */
  refused(): void {
    if (!this.#isStopped && !this.#isFailing && this.#reading === null) void this.read();
  }

  /** Nodes may ask for this as often as they like: it is read at most every 5 s, and not while the account waits. */
  readSoon(): void {
    if (this.#isStopped || this.#isFailing) return;
    const since = this.#deps.clock.now() - this.#readAt;
    if (since >= suspicionEveryMs) void this.read();
    else this.#readLater(suspicionEveryMs - since);
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.clear();
  }

  async #read(): Promise<Problem | null> {
    const { clock, panel } = this.#deps;
    this.#readAt = clock.now();
    const wish = this.#wish;
    try {
      this.#user ??= await panel.account();
      const list = await this.#servers(this.#user);
      if (!this.#isStopped && wish === this.#wish) this.#listed(list);
      return null;
    } catch (error) {
      const problem = toProblem(error);
      if (!this.#isStopped) this.#failed(problem);
      return problem;
    }
  }

  /** The list of all is empty for whom the panel counts no longer among its administrators (PROTOCOL 2.1). */
  async #servers({ isAdmin }: PanelUser): Promise<readonly PanelServer[]> {
    const { panel, wantsAll } = this.#deps;
    const all = isAdmin && wantsAll() ? await panel.servers({ scope: 'admin-all' }) : [];
    return all.length > 0 ? all : panel.servers();
  }

  #listed(list: readonly PanelServer[]): void {
    const { accountId, kept, listed, log, random } = this.#deps;
    const doubtful = kept(list);
    const again = this.#isAnother ? null : this.#doubt.readAgainIn(doubtful);
    this.#isAnother = false;
    if (again !== null) {
      log.warn('fleet.list-doubted', { account: accountId, ...doubtful });
      return this.#readLater(again);
    }
    this.#startOver();
    this.#isFailing = false;
    this.#isPaused = false;
    listed(list, this.#readAt);
    const isBusy = list.some(({ condition }) => isPassing(condition));
    this.#readLater(jittered(isBusy ? oftenMs : everyMs, random));
  }

  #failed(problem: Problem): void {
    this.#isFailing = true;
    this.#isPaused = problem.code === 'rate-limited';
    const { accountId, clock, log } = this.#deps;
    const wait = this.#waitAfter(problem);
    const { failures } = this.#backOff;
    log.warn('fleet.account-failed', { account: accountId, code: problem.code, failures });
    this.#deps.failed(problem, clock.now() + wait);
    this.#readLater(wait);
  }

  #waitAfter({ code, retryAt }: Problem): number {
    const { clock, random } = this.#deps;
    const pause = this.#backOff.next();
    if (looksFinal(code)) return this.#slow.next();
    if (retryAt === undefined) return pause;
    return Math.min(Math.max(1000, retryAt - clock.now()), jittered(longestPauseMs, random));
  }

  #startOver(): void {
    this.#backOff.reset();
    this.#slow.reset();
    this.#readsInVain = 0;
  }

  #readLater(ms: number): void {
    this.#dueAt = this.#deps.clock.now() + ms;
    this.#alarm.set(ms, () => {
      // A pause of many minutes is no word of the panel's limiter, which counts one: a single call finds out.
      if (this.#isPaused) this.#deps.panel.liftPause();
      void this.read();
    });
  }
}
