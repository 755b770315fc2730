/** Tells main of what went wrong in this window and nobody caught, for the log. */
import type { CallInput } from '../../bridge/schema/contract.js';
import { PerchError } from '../../bridge/errors.js';
import type { PerchClient } from '../api.js';

export type FailureKind = CallInput<'window.failed'>['kind'];

/** As long as the contract lets them be. */
const longest = { message: 2000, stack: 8000 };

export class FailureReporter {
  readonly #client: PerchClient;
  readonly #view: () => string;
  #isTelling = false;

  /** `view` names what the window shows. */
  constructor(client: PerchClient, view: () => string) {
    this.#client = client;
    this.#view = view;
  }

  /** Hears errors and rejections that nobody caught, until the returned function is called. */
  listen(target: Window): () => void {
    const onError = ({ error, message }: ErrorEvent): void => this.report('error', error ?? message);
    const onRejection = ({ reason }: PromiseRejectionEvent): void => this.report('rejection', reason);
    target.addEventListener('error', onError);
    target.addEventListener('unhandledrejection', onRejection);
    return () => {
      target.removeEventListener('error', onError);
      target.removeEventListener('unhandledrejection', onRejection);
    };
  }

  /**
   * One at a time: a window that fails in a loop must not keep main busy with telling so. `view` where a certain part
   * of the window failed.
   */
  report(kind: FailureKind, error: unknown, view = this.#view()): void {
    if (this.#isTelling) return;
    this.#isTelling = true;
    const told = this.#client.call('window.failed', { kind, view, ...describeFailure(error) });
    const done = (): void => void (this.#isTelling = false);
    // Where main does not listen, nobody is left to tell.
    told.then(done, done);
  }
}

/** What is thrown can be anything, and an error's own fields as well. */
export function describeFailure(error: unknown): { message: string; stack: string } {
  const message = error instanceof Error ? `${textOf(error.name)}: ${messageOf(error)}` : textOf(error);
  const stack = error instanceof Error ? textOf(error.stack ?? '') : '';
  return { message: message.slice(0, longest.message), stack: stack.slice(0, longest.stack) };
}

function messageOf(error: Error): string {
  return error instanceof PerchError ? `${error.problem.code}: ${error.message}` : textOf(error.message);
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return typeof error;
  }
}
