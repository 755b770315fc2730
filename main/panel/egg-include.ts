/**
 * Decides whether the server list includes eggs (`include=egg`), because forks and filters in front of a panel may
 * refuse that.
 */
import type { Log } from '../base/ports.js';
import { RefusedCall } from './call.js';

/** `or-without` = try with eggs; repeat without eggs if the failure may come from them. */
export type Eggs = 'with' | 'or-without' | 'without';

/** Statuses for a refused query. A 403 that is not the panel's own comes from a filter. */
const refusals = [400, 406, 422];
/** A panel error may be temporary, so only the second one turns eggs off. */
const mostFailures = 2;

/** True if the panel reports an internal error without a reason. */
export function isPanelFailure(error: unknown): error is RefusedCall {
  return error instanceof RefusedCall && error.problem.code === 'panel-error';
}

/**
 * Remembers whether a client's panel accepts `include=egg`. Without eggs Perch may miss the game of a server, but no
 * server.
 */
export class EggInclude {
  #failures = 0;

  constructor(private readonly log: Log) {}

  /** Calls `send` once, or a second time without eggs. If all calls fail, rejects with the error of the last one. */
  async ask<T>(eggs: Eggs, send: (withEgg: boolean) => Promise<T>): Promise<T> {
    if (eggs === 'without' || this.#failures >= mostFailures) return send(false);
    try {
      return await send(true);
    } catch (error) {
      if (eggs === 'with' || !(isRefusal(error) || isPanelFailure(error))) throw error;
      return this.#askWithout(error, send);
    }
  }

  async #askWithout<T>(error: RefusedCall, send: (withEgg: boolean) => Promise<T>): Promise<T> {
    try {
      const answer = await send(false);
      this.#count(isRefusal(error) ? mostFailures : 1);
      return answer;
    } catch (again) {
      // The request without eggs was not refused, so the panel's new failure has another cause than the eggs.
      if (isRefusal(error) && isPanelFailure(again)) this.#count(mostFailures);
      throw again;
    }
  }

  #count(failures: number): void {
    this.#failures += failures;
    if (this.#failures >= mostFailures) this.log.warn('panel.list-without-eggs');
  }
}

function isRefusal(error: unknown): error is RefusedCall {
  if (!(error instanceof RefusedCall)) return false;
  const { status, problem } = error;
  if (status === 403) return problem.code === 'panel-unreachable';
  // An account without the second factor that its panel requires also gets a 400 (PROTOCOL 3.2).
  return refusals.includes(status) && problem.code !== 'forbidden';
}
