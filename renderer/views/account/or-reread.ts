import { toProblem } from '../../../bridge/errors.js';

/** The call itself; if its answer was lost, what it may have changed is read again. */
export async function orReread<T>(call: Promise<T>, reread: () => void): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (toProblem(error).maybeDone === true) reread();
    throw error;
  }
}
