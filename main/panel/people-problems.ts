import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';

/** The problem of a refusal that only calls about people get (PROTOCOL 2.23); null = another refusal. */
export function personRefusal({ code, detail }: PanelErrorEntry, place: string): Problem | null {
  switch (code) {
    case 'ServerSubuserExistsException':
      return newProblem('conflict', sentence('panel.person-there'));
    case 'UserIsServerOwnerException':
      return newProblem('conflict', sentence('panel.person-is-owner'));
    case 'HttpForbiddenException':
      return /assign permissions to a subuser/i.test(detail)
        ? newProblem('forbidden', sentence('panel.rights-not-own', { place }))
        : null;
    default:
      return null;
  }
}
