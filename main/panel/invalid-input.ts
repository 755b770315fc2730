import type { Problem } from '../../bridge/errors.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';
import { quoted } from './plain-text.js';

/** What wrong input means, by field; the reference names no field (D7), so the text is asked as a hint. */
export function invalid(errors: PanelErrorEntry[], call: PanelCall, place: string): Problem {
  const fields: Record<string, string> = {};
  for (const error of errors.slice(0, 20)) {
    const field = error.field?.slice(0, 100) ?? likelyField(error.detail, call);
    const words = quoted(error.detail).slice(1, -1);
    fields[field] = Object.hasOwn(fields, field) ? `${fields[field]} ${words}` : words;
  }
  return {
    code: 'invalid',
    message: `${place} could not ${call.what}: ${quoted(errors[0]?.detail ?? '')}`,
    next: 'Change the entry and try again.',
    fields,
  };
}

function likelyField(detail: string, call: PanelCall): string {
  const words = ` ${detail.slice(0, 500).toLowerCase().replace(/_/g, ' ')} `;
  const named = call.fields.find((field) => words.includes(` ${field.replace(/_/g, ' ')} `));
  return named ?? call.fields.at(-1) ?? 'input';
}

/** A 400 in the panel's own format: input that passed the rules and is refused all the same (PROTOCOL D8, D9, 2.9). */
export function badRequest(error: PanelErrorEntry, call: PanelCall, place: string): Problem {
  // The only one of them about the request as a whole: something on the way has damaged it.
  const isDamaged = /\bJSON data\b.*\bmalformed\b/i.test(error.detail);
  if (call.fields.length > 0 && !isDamaged) {
    return { ...invalid([error], call, place), next: 'If it has to be changed, ask the host of the panel.' };
  }
  return {
    code: 'protocol',
    message: `${place} did not understand the request to ${call.what}: ${quoted(error.detail)}`,
    next: 'Try again; if it happens again, look into the log.',
  };
}
