import { PerchError, type Problem } from '../../bridge/errors.js';
import { inEnglish } from '../../messages/messages.js';

/** The problem with which a call is refused, and its message in English. Throws if the call is not refused. */
export async function refused(run: Promise<unknown>): Promise<Problem & { readonly said: string }> {
  const error: unknown = await run.then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof PerchError)) throw new Error(`no problem but ${String(error)}`);
  return { ...error.problem, said: inEnglish(error.problem.message) };
}
