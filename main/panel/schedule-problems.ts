import { newProblem, type Problem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import type { PanelErrorEntry } from './answers.js';
import type { PanelCall } from './call.js';

/** The problem of a refusal that only calls about schedules get (PROTOCOL 2.20); null = another refusal. */
export function scheduleRefusal(
  { code, detail }: PanelErrorEntry,
  call: PanelCall,
  place: string,
): Problem | null {
  switch (code) {
    case 'ServiceLimitExceededException':
      return call.subject === 'schedule' ? tooManyTasks(detail, place) : null;
    case 'DisplayException':
      if (/no tasks are registered/i.test(detail)) {
        return newProblem('conflict', sentence('panel.no-tasks', { place }));
      }
      // Panels refuse the fields of a schedule with this class for their times only.
      return call.fields.includes('minute') || /\bcron\b/i.test(detail)
        ? newProblem('invalid', sentence('panel.bad-cron', { place }))
        : null;
    case 'HttpForbiddenException':
      if (/backup limit is set to 0/i.test(detail)) {
        return newProblem(
          'conflict',
          sentence('panel.no-backup-task', { place }),
          sentence('panel.ask-host'),
        );
      }
      return call.method === 'DELETE' && call.path.includes('/tasks/') ? keptTask(call, place) : null;
    default:
      return null;
  }
}

/** The two panels ask for different permissions, and name neither (PROTOCOL 2.20.12). */
function keptTask({ what }: PanelCall, place: string): Problem {
  return newProblem(
    'forbidden',
    sentence('panel.forbidden', { place, what }),
    sentence('panel.task-kept-next'),
  );
}

function tooManyTasks(detail: string, place: string): Problem {
  const limit = Number(/more than (\d{1,6}) tasks/.exec(detail)?.[1] ?? 10);
  return newProblem('conflict', sentence('panel.task-limit', { place, limit }));
}

/**
 * True for a node that answered the first task of a run by hand with 502, as it does for a command to a stopped server
 * (PROTOCOL 2.20.15). Of a node that is silent the panel says 504.
 */
export function isRefusedRun(status: number, detail: string, call: PanelCall): boolean {
  return call.subject === 'schedule' && status === 502 && /\(code: 502\)/.test(detail);
}
