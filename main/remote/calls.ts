import type { CallTable } from '../base/calls.js';
import type { Consent } from './consent.js';

/** Calls about the consent that `perch mcp` programs ask for. */
export function consentCalls(consent: Pick<Consent, 'answer' | 'withdraw'>) {
  return {
    'consent.answer': ({ id, answer }) => consent.answer(id, answer),
    'consent.withdraw': ({ id }) => consent.withdraw(id),
  } satisfies CallTable;
}
