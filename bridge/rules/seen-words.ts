/** Values that a condition saw, in words: value, source, age. */
import { say } from '../../messages/messages.js';
import type { PowerState } from '../schema/domain.js';
import type { SeenValue } from '../schema/rule-runs.js';
import { duration } from '../text/duration.js';
import { minuteTime } from '../text/time-of-day.js';

const states: readonly string[] = ['offline', 'starting', 'running', 'stopping'] satisfies PowerState[];
const isState = (value: string): value is PowerState => states.includes(value);

/** `93 %`, `running`, `3 players`; null = unknown. */
function valueWords({ of, value }: Pick<SeenValue, 'of' | 'value'>): string | null {
  if (value === null) return null;
  if (of === 'free') return say(value === true ? 'automation.seen-free' : 'automation.seen-busy');
  if (typeof value === 'boolean') return say(value ? 'automation.seen-nobody' : 'automation.seen-somebody');
  if (typeof value === 'string') return isState(value) ? say(`states.${value}`) : value;
  switch (of) {
    case 'players':
      return say('automation.seen-players', { count: value });
    case 'uptime':
      return duration(value * 3_600_000);
    case 'hours':
      return minuteTime(new Date(2026, 0, 5, 0, value).getTime());
    default:
      return say('automation.seen-percent', { figure: Math.round(value) });
  }
}

/** Sources whose values are of this moment, without an age. */
const ageless: readonly SeenValue['source'][] = ['clock', 'window', 'perch'];

/** `93 %, from the node, 4 s old`. */
export function seenWords(seen: Omit<SeenValue, 'on'>): string {
  const value = valueWords(seen);
  if (value === null || seen.source === null) return say('automation.seen-nothing');
  const source = say(`automation.from-${seen.source}`);
  if (ageless.includes(seen.source)) return `${value}, ${source}`;
  const age = say('automation.seen-age', { time: duration(seen.ageMs ?? 0) });
  const known = `${value}, ${source}, ${age}`;
  return seen.verdict === 'unknown' ? say('automation.seen-unsure', { known }) : known;
}
