import { toProblem, type Problem } from '../../../bridge/errors.js';
import type { PanelApi, PanelServer, PanelUser } from '../../panel/api.js';
import type { Clock, Log, Random } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import { BackOff, jittered, upToHalfLess } from '../../base/back-off.js';
import { waitsForThePerson } from './panel-wide.js';
import { isPassing } from '../plan/watch-plan.js';

export interface AccountListDeps {
  clock: Clock;
  random: Random;
  log: Log;
  panel: PanelApi;
  accountId: string;
  /** The whole list, as the panel has it now. */
  listed(list: readonly PanelServer[]): void;
  /** `retryAt` null = Perch does not ask again by itself. */
  failed(problem: Problem, retryAt: number | null): void;
}

const everyMs = 60_000;
const pauses = { firstMs: 2000, longestMs: 5 * 60_000 };
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
  #user: PanelUser | null;
  #reading: Promise<Problem | null> | null = null;
  #readAt = -Infinity;
  /** The last read has failed: until the next one is due, only the person or a change of network asks again. */
  #isFailing = false;
  #isStopped = false;

  constructor(user: PanelUser | null, deps: AccountListDeps) {
    this.#user = user;
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock);
    this.#backOff = new BackOff({ ...pauses, spread: upToHalfLess(deps.random) });
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
    this.#backOff.reset();
    return this.read();
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
    try {
      this.#user ??= await panel.account();
      const list = await panel.servers();
      if (!this.#isStopped) this.#listed(list);
      return null;
    } catch (error) {
      const problem = toProblem(error);
      if (!this.#isStopped) this.#failed(problem);
      return problem;
    }
  }

  #listed(list: readonly PanelServer[]): void {
    this.#backOff.reset();
    this.#isFailing = false;
    this.#deps.listed(list);
    const isBusy = list.some(({ condition }) => isPassing(condition));
    this.#readLater(jittered(isBusy ? oftenMs : everyMs, this.#deps.random));
  }

  #failed(problem: Problem): void {
    this.#isFailing = true;
    const { accountId, clock, log } = this.#deps;
    const wait = this.#waitAfter(problem);
    const { failures } = this.#backOff;
    log.warn('fleet.account-failed', { account: accountId, code: problem.code, failures });
    this.#deps.failed(problem, wait === null ? null : clock.now() + wait);
    if (wait === null) this.#alarm.clear();
    else this.#readLater(wait);
  }

  #waitAfter(problem: Problem): number | null {
    const pause = this.#backOff.next();
    if (waitsForThePerson(problem)) return null;
    if (problem.retryAt === undefined) return pause;
    return Math.max(1000, problem.retryAt - this.#deps.clock.now());
  }

  #readLater(ms: number): void {
    this.#alarm.set(ms, () => void this.read());
  }
}
