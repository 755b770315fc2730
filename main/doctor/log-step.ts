import { sentence } from '../../messages/messages.js';
import { isEventName, type LoggedCode } from './facts.js';
import type { DoctorPorts } from './ports.js';
import { newFault, newFinding, newStep, type DoctorStep } from './step.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const mostShown = 8;
/** Line as `base/log.ts` writes it: time, level, event name, fields. The fields are not read. */
const line = /^(\d{4}-\d\d-\d\dT\S+) (warn|error) ([a-z][a-z.-]*)(?: |$)/;

interface Logged {
  readonly at: number;
  readonly level: string;
  readonly event: string;
}

/** Step that lists recent warnings and errors by event name. */
export function logStep({ logTail, clock }: DoctorPorts): DoctorStep {
  return newStep('log', 10_000, async () => {
    const text = await logTail();
    if (text === null) return newFault('warning', sentence('diagnostics.no-log'));
    const now = clock.wall();
    const recent = loggedIn(text).filter(({ at }) => now - at < dayMs);
    const errors = recent.filter(({ level }) => level === 'error');
    const last: LoggedCode[] = recent
      .slice(-mostShown)
      .map(({ event, at }) => ({ event, hoursAgo: Math.max(0, Math.floor((now - at) / hourMs)) }));
    const facts = { errors: errors.length, warnings: recent.length - errors.length, last };
    const [newest] = errors.slice(-1);
    if (newest === undefined)
      return newFinding('good', sentence('diagnostics.log-good', { count: recent.length }), facts);
    return {
      result: 'warning',
      detail: sentence('diagnostics.log-errors', { count: errors.length, event: newest.event }),
      next: sentence('diagnostics.see-log'),
      facts,
    };
  });
}

function loggedIn(text: string): Logged[] {
  return text.split('\n').flatMap((row) => {
    const [, time = '', level = '', event = ''] = line.exec(row) ?? [];
    const at = Date.parse(time);
    return Number.isNaN(at) || !isEventName(event) ? [] : [{ at, level, event }];
  });
}
