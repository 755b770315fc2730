/** Reports uncaught failures of this window to main, for the log. */
import type { CallInput } from '../../bridge/schema/contract.js';
import { PerchError } from '../../bridge/errors.js';
import type { PerchClient } from '../api.js';

export type FailureKind = CallInput<'window.failed'>['kind'];

/** Limits of the contract (characters). */
const longest = { message: 2000, stack: 8000 };

type Failure = CallInput<'window.failed'>;

export class FailureReporter {
  #isTelling = false;
  /** Failure of the time in which another is on its way. */
  #next: Failure | null = null;

  /** `view` returns the name of the current view. */
  constructor(
    private readonly client: PerchClient,
    private readonly view: () => string,
  ) {}

  /** Reports uncaught errors and rejections until the returned function is called. */
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
   * Reports a failure. While another report is on its way, the first failure waits and others are dropped, so that a
   * window failing in a loop does not flood main.
   * `view` = the part of the window that failed.
   */
  report(kind: FailureKind, error: unknown, view = this.view()): void {
    if (this.#isTelling && this.#next !== null) return;
    const failure = { kind, view, ...describeFailure(error) };
    if (this.#isTelling) this.#next = failure;
    else void this.#tell(failure);
  }

  async #tell(first: Failure): Promise<void> {
    this.#isTelling = true;
    for (let failure: Failure | null = first; failure !== null; failure = this.#next) {
      this.#next = null;
      // Without main there is nobody to report to, so a failed report is ignored.
      await this.client.call('window.failed', failure).catch(() => undefined);
    }
    this.#isTelling = false;
  }
}

/** Message and stack of any thrown value. Its fields may have any type too. */
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
