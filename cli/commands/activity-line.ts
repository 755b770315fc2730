import type { RemoteActivity } from '../../bridge/schema/remote-account-verbs.js';
import { momentOfDay } from '../../bridge/text/time-of-day.js';
import { painter } from '../colours.js';
import type { Terminal } from '../terminal.js';

/** An action with its time, its person, and the person's address. */
export function activityLine(
  { at, text, by, ip }: Pick<RemoteActivity, 'at' | 'text' | 'by' | 'ip'>,
  { hasColours }: Pick<Terminal, 'hasColours'>,
): string {
  const paint = painter(hasColours);
  const who = [by, ip].filter((one) => one !== null).join(', ');
  const line = `${paint(momentOfDay(at, Date.now()), 'dim')}  ${text}`;
  return who === '' ? line : `${line}  ${paint(who, 'dim')}`;
}
