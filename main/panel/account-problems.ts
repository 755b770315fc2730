import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';

/** The problem of a refusal that only changes of the account get (PROTOCOL 2.24); null = another refusal. */
export function accountRefusal(
  { code, detail }: PanelErrorEntry,
  call: PanelCall,
  place: string,
): Problem | null {
  if (code === 'InvalidPasswordProvidedException') {
    const message = sentence('panel.wrong-password', { place });
    const field = call.fields.includes('current_password') ? 'current_password' : 'password';
    return { ...newProblem('invalid', message), fields: { [field]: message } };
  }
  if (code === 'DisplayException' && call.subject === 'key' && /limit for number of API keys/i.test(detail)) {
    return newProblem('conflict', sentence('panel.key-limit', { place }));
  }
  return null;
}
