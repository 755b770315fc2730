import { describe, expect, it } from 'vitest';
import type { Link, Server } from '../../../bridge/schema/domain.js';
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
  it('has no reasons if all servers are live', () => {
    expect(liveSummary([server(links.live), server(links.live)], [home])).toEqual({
      live: 2,
      all: 2,
      reasons: [],
    });
  });

  it('counts connecting, lost, refused and blocked servers', () => {
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
        '2 more are connecting, a few at a time, to stay within the panels’ limits.',
        '1 server can’t be live; open it for the reason.',
        '1 connection was lost; Perch is restoring it.',
        '1 server is suspended, being installed or moved.',
      ],
    });
  });

  it('gives the reasons for the other servers', () => {
    const others = [server(links.live), server(links.none), server(links.none)];
    const reasons = (heldBack: { by: 'setting' | 'panel'; places: number; callsPerMinute: number | null }) =>
      liveSummary(others, [{ ...home, heldBack }]).reasons;
    expect(reasons({ by: 'setting', places: 1, callsPerMinute: 128 })).toEqual([
      'The limit below keeps the others from being live.',
    ]);
    expect(reasons({ by: 'panel', places: 2, callsPerMinute: 128 })).toEqual([
      '1 more is connecting.',
      '“panel.example.com” allows 128 requests a minute. Perch uses half of them, enough for 2 live servers, and leaves you the rest.',
    ]);
    expect(reasons({ by: 'panel', places: 504, callsPerMinute: null }).join(' ')).toContain(
      'is not known yet',
    );
  });
});
