import { expect, test } from 'vitest';
import { nextRun } from './cron.js';

const from = Date.parse('2026-11-28T14:48:57Z');

function next(pattern: string, timeZone = 'UTC', at = from): string | null {
  const [minute = '', hour = '', dayOfMonth = '', month = '', dayOfWeek = ''] = pattern.split(' ');
  const found = nextRun({ minute, hour, dayOfMonth, month, dayOfWeek }, timeZone, at);
  return found === null ? null : new Date(found).toISOString().slice(0, 16);
}

// Expectations are the panel's reader's (PROTOCOL 2.20.4).
test.each([
  ['*/5 * * * *', '2026-11-28T14:50'],
  ['0 4 * * 1', '2026-11-30T04:00'],
  ['0 0 1 1 *', '2027-01-01T00:00'],
  ['5-10/2 * * * *', '2026-11-28T15:05'],
  ['0 0 * * MON,WED', '2026-11-30T00:00'],
  ['0 0 * jan-mar *', '2027-01-01T00:00'],
  ['0 0 * * 7', '2026-11-29T00:00'],
  ['0 0 * * 0', '2026-11-29T00:00'],
  // Either the 1st or a Monday.
  ['0 0 1 * 1', '2026-11-30T00:00'],
  ['0 0 1 * ?', '2026-12-01T00:00'],
  ['0 0 L * *', '2026-11-30T00:00'],
  ['0 0 15W * *', '2026-12-15T00:00'],
  ['0 0 * * 1#2', '2026-12-14T00:00'],
  ['0 0 * * 5L', '2026-12-25T00:00'],
])('%s comes next at %s', (pattern, wanted) => {
  // The last Friday of November is over.
  expect(next(pattern)).toBe(wanted);
});

test.each([
  '99 4 * * *',
  '0 24 * * *',
  '0 x * * *',
  '5/15 * * * *',
  '*/0 * * * *',
  '0 0 0 * *',
  '0 0 31 2 *',
  '0 0 * * 5-1',
  '0,, * * * *',
  '1.5 * * * *',
])('%s is refused', (pattern) => {
  expect(next(pattern)).toBeNull();
});

test('a field cannot smuggle another field in', () => {
  const cron = { minute: '0 0', hour: '4', dayOfMonth: '*', month: '*', dayOfWeek: '*' };
  expect(nextRun(cron, 'UTC', from)).toBeNull();
});

test('the hour is that of the zone, in summer and in winter', () => {
  expect(next('0 4 * * *', 'Europe/Berlin', Date.parse('2026-03-28T12:00:00Z'))).toBe('2026-03-29T02:00');
  expect(next('0 4 * * *', 'Europe/Berlin', Date.parse('2026-10-24T12:00:00Z'))).toBe('2026-10-25T03:00');
  expect(next('0 4 * * *', 'America/St_Johns')).toBe('2026-11-29T07:30');
});
