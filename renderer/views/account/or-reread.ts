import { toProblem } from '../../../bridge/errors.js';

/** Settles as the call does. If the answer of the call was lost, `reread` shows whether the panel made the change. */
export async function orReread<T>(call: Promise<T>, reread: () => void): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (toProblem(error).maybeDone === true) reread();
    throw error;
  }
}
