import { describe, expect, it } from 'vitest';
import { aServer } from '../../../../tests/support/entities.js';
import { silentChecks, type SilentFacts } from './silent-checks.js';

const now = 10_000_000;
const hour = 3_600_000;
const usage = {
  at: now,
  cpuPercent: 5,
  memoryBytes: 1,
  memoryLimitBytes: null,
  diskBytes: 1,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: hour,
};
const server = aServer({
  usage,
  allocations: [{ ip: '203.0.113.1', alias: 'play.example.com', port: 25_565, notes: null, isDefault: true }],
});
const reach = { kind: 'silent', since: now - 300_000, hasAnswered: true, suspect: null } as const;
const query = {
  place: { protocol: 'minecraft-status', host: 'play.example.com', port: 25_565 },
  choice: null,
  answeredAt: null,
  problem: 'silent',
} as const;

/** Verdict and text of the causes that contain the word. */
function checks(fields: Partial<SilentFacts>): string[] {
  return silentChecks({ server, reach, query, settings: null, now, ...fields }).map(
    ({ verdict, text }) => `${verdict}: ${text}`,
  );
}

describe('silentChecks', () => {
  it('excludes no cause without facts', () => {
    expect(checks({})).toEqual([
      'open: Wrong address: compare play.example.com:25565 with the port in the game’s settings.',
      'open: Still loading: the game has run for 1 h. Look at its console.',
      'open: Closed port: the game has to listen at play.example.com:25565, and the host’s firewall has to let players through.',
      'open: The node or its network: Perch knows no other server there to compare with.',
      'open: Your own network: it may block the ports of games. Ask a player on another network to try.',
    ]);
  });

  it.each<[string, Partial<SilentFacts>, string[]]>([
    [
      'another server of the node answers',
      { reach: { ...reach, suspect: 'server' } },
      [
        'out: The node: another of its servers answers.',
        'out: Your own network: other servers answer this computer.',
      ],
    ],
    [
      'only servers of other nodes answer',
      { reach: { ...reach, suspect: 'node' } },
      ['likely: The node or its network: none', 'out: Your own network: other servers answer'],
    ],
    [
      'no server answers',
      { reach: { ...reach, suspect: 'network' } },
      ['likely: Your own network: no server answers this computer any more.'],
    ],
    [
      'the host refuses the question',
      { query: { ...query, problem: 'refused' } },
      [
        'likely: Closed port: the host refused the question, so nothing listens at play.example.com:25565.',
        'out: Your own network: the question arrived, because the host refused it.',
      ],
    ],
    [
      'the game has answered since its start',
      { query: { ...query, answeredAt: now - hour + 1 } },
      ['out: Still loading: the game has answered since its start.'],
    ],
    [
      'the game answered before its start alone',
      { query: { ...query, answeredAt: now - hour - 1 } },
      ['open: Still loading: the game has run for 1 h.'],
    ],
    [
      'the time of the start is unknown',
      { server: { ...server, usage: null } },
      ['open: Still loading: look at'],
    ],
    [
      'the settings have the port that players type',
      { settings: { port: 25_565, isStatusOff: false } },
      ['out: Wrong port: server.properties has 25565, as in the address'],
    ],
    [
      'the settings have another port',
      { settings: { port: 25_570, isStatusOff: false } },
      ['likely: Wrong port: server.properties has 25570, but players type play.example.com:25565.'],
    ],
    [
      'the settings switch answers off',
      { settings: { port: null, isStatusOff: true } },
      ['likely: Answers are off', 'open: Wrong address: compare'],
    ],
    [
      'the user chose the address',
      {
        query: { ...query, choice: { protocol: null, host: 'play.example.com', port: null, isOff: false } },
        settings: { port: 25_565, isStatusOff: false },
      },
      ['open: Wrong address: you chose play.example.com:25565 under “How the game is asked…”.'],
    ],
  ])('says what follows if %s', (_why, fields, expected) => {
    const all = checks(fields);
    for (const text of expected) expect(all).toContainEqual(expect.stringContaining(text));
    const order = all.map((text) => ['likely', 'open', 'out'].indexOf(text.split(':')[0] ?? ''));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('does not blame one node if no server answers at all', () => {
    expect(checks({ reach: { ...reach, suspect: 'network' } }).join()).not.toContain('node');
  });

  it('shows a host on one line', () => {
    const place = { protocol: 'source' as const, host: `a\u202e\n${'b'.repeat(300)}`, port: 1 };
    for (const text of checks({ query: { ...query, place } })) expect(text).not.toMatch(/[\n\u202e]/);
  });
});
