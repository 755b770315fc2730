import { describe, expect, it } from 'vitest';
import type { PowerState } from '../../../bridge/schema/domain.js';
import type { UnseenEnd } from '../../../bridge/schema/process-end.js';
import { unseenEnd } from './unseen-end.js';

const minute = 60_000;
const hour = 60 * minute;
const at = 10 * hour;
/** Time when Perch sees the server again. */
const seenAt = at + 30_000;

describe('unseenEnd', () => {
  const offline: UnseenEnd = { what: 'offline', from: at, to: seenAt };
  const restarted = (to: number): UnseenEnd => ({ what: 'restarted', from: at, to });

  it.each<[string, [PowerState, number | null], [PowerState, number | null], UnseenEnd | null]>([
    ['an end', ['running', hour], ['offline', null], offline],
    ['an end of a process whose age nobody knows', ['running', null], ['offline', 0], offline],
    ['a start after an end', ['running', hour], ['starting', 0], restarted(seenAt)],
    [
      'a younger process, which began at the latest so long ago',
      ['running', hour],
      ['running', 12_000],
      restarted(seenAt - 12_000),
    ],
    ['a process as old as the gap', ['running', hour], ['running', 30_000], restarted(at)],
    ['the same process', ['running', hour], ['running', hour + 30_000], null],
    ['the same answer again', ['running', hour], ['running', hour], null],
    ['a process whose age is not known now', ['running', hour], ['running', 0], null],
    ['a process whose age was not known before', ['running', null], ['running', 12_000], null],
    ['a node whose clock was set back', ['running', 10 * hour], ['running', 8 * hour], null],
    ['a node whose clock was put right by some seconds', ['running', hour], ['running', hour - 3000], null],
    ['a stop that is under way', ['running', hour], ['stopping', hour], null],
    ['a stop that was seen', ['stopping', hour], ['offline', null], null],
    ['a start that came to nothing', ['starting', 0], ['offline', null], null],
    ['a start', ['offline', null], ['running', 5000], null],
    ['nothing at all', ['offline', null], ['offline', null], null],
  ])('%s', (_name, [power, uptimeMs], [next, age], end) => {
    const after = { power: next, at: seenAt, uptimeMs: age };
    expect(unseenEnd({ power, at, uptimeMs }, after, seenAt)).toEqual(end);
  });
});
