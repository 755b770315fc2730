/** Whether the list of servers asks for their eggs: a fork of a panel, or a filter in front of it, may refuse that. */
import type { Log } from '../base/ports.js';
import { RefusedCall } from './call.js';

/** `or-without` = once more without them, where it fails and they may be why. */
export type Eggs = 'with' | 'or-without' | 'without';

/** What refuses a call for what it asks; a 403 that is no panel's own is one of a filter's. */
const refusals = [400, 406, 422];
/** An error of the panel may be of that moment alone; the second time it is not. */
const mostFailures = 2;

/** The panel says that it failed, and nothing of why. */
export function isPanelFailure(error: unknown): error is RefusedCall {
  return error instanceof RefusedCall && error.problem.code === 'panel-error';
}

/** What one client has learnt of it. It costs names of eggs, by which games are known, and never a server. */
export class EggInclude {
  #failures = 0;
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  /** `send` makes one request. Rejects with how the last one failed. */
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
      // It has come further: what fails now is not that it was asked for eggs.
      if (isRefusal(error) && isPanelFailure(again)) this.#count(mostFailures);
      throw again;
    }
  }

  #count(failures: number): void {
    this.#failures += failures;
    if (this.#failures >= mostFailures) this.#log.warn('panel.list-without-eggs');
  }
}

function isRefusal(error: unknown): error is RefusedCall {
  if (!(error instanceof RefusedCall)) return false;
  const { status, problem } = error;
  if (status === 403) return problem.code === 'panel-unreachable';
  // Without a second factor that its panel wants, an account gets a 400 as well (PROTOCOL 3.2).
  return refusals.includes(status) && problem.code !== 'forbidden';
}
