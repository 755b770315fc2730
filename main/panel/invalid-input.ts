import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence, verbatim } from '../../messages/messages.js';
import { redactText } from '../base/redact.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';
import { strangeRefusal } from './foreign-answers.js';
import { saidIn } from './plain-text.js';

/**
 * The problem of invalid input, with a text for each field. The reference names no field (D7), so the text serves as a
 * hint.
 */
export function invalidFields(errors: PanelErrorEntry[], call: PanelCall, place: string): Problem {
  const fields = new Map<string, string>();
  for (const error of errors.slice(0, 20)) {
    const field = namedField(error, call) ?? likelyField(error.detail, call);
    fields.set(field, `${fields.get(field) ?? ''} ${saidIn(error.detail)}`.trim());
  }
  const said = saidIn(errors[0]?.detail ?? '');
  const untold = sentence('panel.invalid-untold', { place, what: call.what });
  const message = said === '' ? untold : sentence('panel.invalid', { place, what: call.what, said });
  return {
    ...newProblem('invalid', message, sentence('panel.invalid-next')),
    fields: Object.fromEntries(
      [...fields].map(([field, why]) => [field, why === '' ? untold : verbatim(why)]),
    ),
  };
}

/** The field that the panel names; null for none, and for a name that may be a secret. */
function namedField({ field }: PanelErrorEntry, { answersSecret }: PanelCall): string | null {
  if (field === null || (answersSecret === true && !/^[a-z_.\d]*$/.test(field))) return null;
  return redactText(field.slice(0, 100));
}

function likelyField(detail: string, call: PanelCall): string {
  const words = ` ${detail.slice(0, 500).toLowerCase().replace(/_/g, ' ')} `;
  const named = call.fields.find((field) => words.includes(` ${field.replace(/_/g, ' ')} `));
  return named ?? call.fields.at(-1) ?? 'input';
}

/** The problem of a 400 in the panel's own format: the input is well-formed but refused (PROTOCOL D8, D9, 2.9). */
export function refusedInput(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  // The only 400 about the whole request: the JSON was damaged on the way.
  const isDamaged = /\bJSON data\b.*\bmalformed\b/i.test(error.detail);
  if (call.fields.length > 0 && !isDamaged) {
    return { ...invalidFields([error], call, place), next: sentence('panel.invalid-host-next') };
  }
  const said = saidIn(error.detail);
  if (said === '') return strangeRefusal(400, call, place);
  return newProblem(
    'protocol',
    sentence('panel.not-understood', { place, what: call.what, said }),
    sentence('panel.try-or-log'),
  );
}
