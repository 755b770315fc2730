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
  /** Counts how many known servers are in a new list. */
  kept(list: readonly PanelServer[]): Kept;
  /** True if an administrator wants all servers of the panel. */
  wantsAll(): boolean;
  /** Called with the complete list, as the panel had it after `askedAt` (monotonic time). */
  listed(list: readonly PanelServer[], askedAt: number): void;
  /** The next reading is at `retryAt` (monotonic time), whatever the problem. */
  failed(problem: Problem, retryAt: number): void;
}

const everyMs = 60_000;
/** Ms. The list costs one call, so even after a long outage Perch reads it at least every two minutes. */
const longestPauseMs = 100_000;
const pauses = { firstMs: 2000, longestMs: longestPauseMs };
/** Ms between readings while a server is being installed, restored or moved, to notice the end early. */
const oftenMs = 20_000;
/** Ms between readings after a suspicion, so that many failing servers cause only one reading. */
const suspicionEveryMs = 5000;

/**
 * Reads the server list of one account repeatedly, with growing pauses after failures.
 * Only the list decides whether the account works; the failure of a single server never does.
 */
export class AccountList {
  readonly #alarm: Alarm;
  readonly #backOff: BackOff;
  readonly #slow: SlowPauses;
  readonly #doubt = new ListDoubt();
  #user: PanelUser | null;
  #reading: Promise<Problem | null> | null = null;
  #readAt = -Infinity;
  #dueAt = Infinity;
  /** Readings in a row that failed although another call had succeeded. */
  #readsInVain = 0;
  /**
   * True if the last reading failed. Until the next scheduled reading, only the user, a network change or another
   * call's success starts one.
   */
  #isFailing = false;
  /** True if the panel's rate limit pauses the readings. */
  #isPaused = false;
  #isStopped = false;
  /** True if the user asked for another list, so the next list may lack known servers. */
  #isAnother = false;
  /** True until a reading begins to ask the panel again who the user is. */
  #asksUser = false;
  /** Counts the lists that the user asked for; answers for an earlier one are ignored. */
  #wish = 0;

  constructor(
    user: PanelUser | null,
    private readonly deps: AccountListDeps,
  ) {
    this.#user = user;
    this.#alarm = new Alarm(deps.clock);
    this.#backOff = new BackOff({ ...pauses, spread: upToHalfLess(deps.random) });
    this.#slow = new SlowPauses(deps.clock, deps.random);
  }

  /** Owner of the API key; null before the panel's answer. */
  get user(): PanelUser | null {
    return this.#user;
  }

  /** Reads the list now, one request at a time. Resolves with the problem or null. Never rejects. */
  read(): Promise<Problem | null> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  /** Like `read`, but resets the pauses first, because the causes of earlier failures may be gone. */
  readAgain(): Promise<Problem | null> {
    this.#startOver();
    return this.read();
  }

  /** Like `readAgain`, and asks again who the user is: a panel lets people change their names. */
  async readWithUser(): Promise<Problem | null> {
    this.#asksUser = true;
    await this.#reading;
    return this.readAgain();
  }

  /**
   * Another call of this account succeeded. If the list is failing, reads it again soon; less often while the list
   * still fails.
   */
  answered(): void {
    if (this.#isStopped || !this.#isFailing || this.#isPaused || this.#reading !== null) return;
    const now = this.deps.clock.now();
    const at = Math.max(now, this.#readAt + suspicionEveryMs * 2 ** Math.min(this.#readsInVain, 4));
    if (at >= this.#dueAt) return;
    this.#readsInVain += 1;
    if (at === now) void this.read();
    else this.#readLater(at - now);
  }

  /**
   * Reads a list of another kind because the user asked for it, after any running request. The new list may lack known
   * servers.
   */
  async readAnother(): Promise<void> {
    this.#wish += 1;
    await this.#reading;
    this.#isAnother = true;
    await this.readAgain();
  }

  /** The panel rejected the key in another call: reads the list to check whether the panel rejects every call. */
  refused(): void {
    if (!this.#isStopped && !this.#isFailing && this.#reading === null) void this.read();
  }

  /** Reads the list soon, at most every 5 s, and not while the list is failing. Nodes may trigger this at any rate. */
  readSoon(): void {
    if (this.#isStopped || this.#isFailing) return;
    const since = this.deps.clock.now() - this.#readAt;
    if (since >= suspicionEveryMs) void this.read();
    else this.#readLater(suspicionEveryMs - since);
  }

  stop(): void {
    this.#isStopped = true;
    this.#alarm.clear();
  }

  async #read(): Promise<Problem | null> {
    this.#readAt = this.deps.clock.now();
    const wish = this.#wish;
    try {
      const list = await this.#servers(await this.#currentUser());
      if (!this.#isStopped && wish === this.#wish) this.#listed(list);
      return null;
    } catch (error) {
      const problem = toProblem(error);
      if (!this.#isStopped) this.#failed(problem);
      return problem;
    }
  }

  async #currentUser(): Promise<PanelUser> {
    if (this.#user !== null && !this.#asksUser) return this.#user;
    // Before the request, because an answer to an earlier question may have the old name.
    this.#asksUser = false;
    try {
      this.#user = await this.deps.panel.account();
      return this.#user;
    } catch (error) {
      this.#asksUser = true;
      throw error;
    }
  }

  /**
   * Reads all servers of the panel if the user wants that, otherwise the user's own. The list of all servers is empty
   * for a user who is no longer an administrator (PROTOCOL 2.1); then the own servers are read.
   */
  async #servers({ isAdmin }: PanelUser): Promise<readonly PanelServer[]> {
    const { panel, wantsAll } = this.deps;
    const all = isAdmin && wantsAll() ? await panel.servers({ scope: 'admin-all' }) : [];
    return all.length > 0 ? all : panel.servers();
  }

  #listed(list: readonly PanelServer[]): void {
    const { accountId, kept, listed, log, random } = this.deps;
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
    const { accountId, clock, log } = this.deps;
    const wait = this.#waitAfter(problem);
    const { failures } = this.#backOff;
    log.warn('fleet.account-failed', { account: accountId, code: problem.code, failures });
    this.deps.failed(problem, clock.now() + wait);
    this.#readLater(wait);
  }

  #waitAfter({ code, retryAt }: Problem): number {
    const { clock, random } = this.deps;
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
    this.#dueAt = this.deps.clock.now() + ms;
    this.#alarm.set(ms, () => {
      // The panel's limit counts per minute, so a pause of many minutes may be wrong: one call checks.
      if (this.#isPaused) this.deps.panel.liftPause();
      void this.read();
    });
  }
}
