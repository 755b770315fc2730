import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';

/** The problem of a refusal that only calls about allocations get (PROTOCOL 2.21); null = another refusal. */
export function networkRefusal({ code, detail }: PanelErrorEntry, place: string): Problem | null {
  switch (code) {
    case 'AutoAllocationNotEnabledException':
      return byHost('allocation-off', place);
    case 'NoAutoAllocationSpaceAvailableException':
      return byHost('allocation-none-free', place);
    case 'DisplayException':
      return displayed(detail, place);
    default:
      return null;
  }
}

function displayed(detail: string, place: string): Problem | null {
  if (/additional allocations.*limit has been reached/i.test(detail))
    return byHost('allocation-limit', place);
  if (/no allocation limit is set/i.test(detail)) return byHost('allocation-kept', place);
  return /delete the primary allocation/i.test(detail)
    ? newProblem('conflict', sentence('panel.allocation-default', { place }))
    : null;
}

function byHost(
  id: 'allocation-off' | 'allocation-none-free' | 'allocation-limit' | 'allocation-kept',
  place: string,
): Problem {
  return newProblem('conflict', sentence(`panel.${id}`, { place }), sentence('panel.ask-host'));
}
