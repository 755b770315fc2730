import { describe, expect, it } from 'vitest';
import type { Link, Server } from '../../../bridge/domain.js';
import { liveSummary } from './live-summary.js';

const links = {
  none: { kind: 'none' },
  connecting: { kind: 'connecting' },
  live: { kind: 'live' },
} as const satisfies Record<string, Link>;
const problem = { code: 'forbidden', message: { id: 'common.try-again', values: {} }, next: null } as never;

function server(link: Link, condition: Server['condition'] = 'normal') {
  return { link, condition, accountId: 'home' };
}

const home = { id: 'home', label: 'panel.example.com' };

describe('liveSummary', () => {
  it('has nothing to explain where all are live', () => {
    expect(liveSummary([server(links.live), server(links.live)], [home])).toEqual({
      live: 2,
      all: 2,
      reasons: [],
    });
  });

  it('counts those that are being connected, cut off, refused and blocked', () => {
    const servers = [
      server(links.live),
      server(links.none),
      server(links.connecting),
      server({ kind: 'refused', problem, retryAt: 0 }),
      server({ kind: 'reconnecting', retryAt: 0, problem: null }),
      server(links.none, 'suspended'),
    ];
    expect(liveSummary(servers, [home])).toEqual({
      live: 1,
      all: 6,
      reasons: [
        '2 more are being connected, a few at a time, to stay within the limits of the panels.',
        '1 server can’t be live; it says why itself.',
        '1 connection is interrupted and is being restored.',
        '1 server is suspended, being installed or moved.',
      ].map((reason) => reason.replace('’', "'")),
    });
  });

  it('says what holds the others back', () => {
    const others = [server(links.live), server(links.none), server(links.none)];
    const reasons = (heldBack: { by: 'setting' | 'panel'; places: number; callsPerMinute: number | null }) =>
      liveSummary(others, [{ ...home, heldBack }]).reasons;
    expect(reasons({ by: 'setting', places: 1, callsPerMinute: 128 })).toEqual([
      'The limit below keeps the others from being live.',
    ]);
    expect(reasons({ by: 'panel', places: 2, callsPerMinute: 128 })).toEqual([
      '1 more is being connected.',
      '“panel.example.com” allows 128 requests a minute. Half of them are enough for 2 live servers; the other half is left for you.',
    ]);
    expect(reasons({ by: 'panel', places: 504, callsPerMinute: null }).join(' ')).toContain('has not said');
  });
});
