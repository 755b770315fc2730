import type { CallTable } from '../base/calls.js';
import type { Consent } from './consent.js';

/** The person's answers to programs that want to act through `perch mcp`. */
export function consentCalls(consent: Pick<Consent, 'answer' | 'withdraw'>) {
  return {
    'consent.answer': ({ id, answer }) => consent.answer(id, answer),
    'consent.withdraw': ({ id }) => consent.withdraw(id),
  } satisfies CallTable;
}
