/**
 * What a panel refused, at the fields of a form: each sentence stands at its field, and the banner of the form has a
 * problem only if the form shows no field for the problem.
 */
import type { Problem } from '../../../bridge/errors.js';
import { spoken } from '../../../messages/messages.js';

export interface FormProblem<Name extends string> {
  /** Sentence for each refused field. */
  readonly at: Readonly<Partial<Record<Name, string>>>;
  /** Problem for the banner; null = the fields have all messages. */
  readonly rest: Problem | null;
}

/** `names` = names of the panel's fields that the form shows; `allowed_ips` has `allowed_ips.0` as well. */
export function formProblem<Name extends string>(
  problem: Problem | null,
  names: readonly Name[],
): FormProblem<Name> {
  const refused = Object.entries(problem?.fields ?? {});
  const at: Partial<Record<Name, string>> = {};
  let isSaid = refused.length > 0;
  for (const [field, text] of refused) {
    const name = names.find((one) => field === one || field.startsWith(`${one}.`));
    if (name === undefined) isSaid = false;
    else at[name] ??= spoken(text);
  }
  return { at, rest: isSaid ? null : problem };
}
