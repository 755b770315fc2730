import { describe, expect, it } from 'vitest';
import { fromSnapshot } from '../../bridge/fleet/changes.js';
import type { Server, Usage } from '../../bridge/schema/domain.js';
import type { StatusBoard } from '../../bridge/schema/status-board.js';
import { newProblem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { boardContent, boardEmbed } from './board-text.js';
import { StateTimes } from './state-times.js';

const board: StatusBoard = { servers: { kind: 'all' }, showsPlayers: true, showsAddresses: true };

function aUsage(fields: Pick<Usage, 'at' | 'uptimeMs'>): Usage {
  const nothing = { cpuPercent: 0, memoryBytes: 0, memoryLimitBytes: null, diskBytes: 0 };
  return { ...nothing, networkRxBytes: 0, networkTxBytes: 0, ...fields };
}

function contentOf(servers: Server[], account = anAccount()) {
  const fleet = fromSnapshot({ accounts: [account], servers });
  return boardContent({ board, fleet, groups: [], since: () => null });
}

describe('the text of a board', () => {
  it('shows hostile names unchanged, on one line, and mentions nobody', () => {
    const name = '@everyone <@1> [free](http://evil.example) **loud**\n# big\u202e\u0007';
    const { body } = contentOf([aServer({ name, allocations: [] })]);
    expect(body.split('\n')).toHaveLength(1);
    expect(body).not.toMatch(/@everyone|<@|(?<!\\)\[free/u);
    for (const sign of ['\u202e', '\u0007']) expect(body).not.toContain(sign);
    expect(body).toContain('free');
  });

  it('fits into one embed for any number of servers, and says how many are left out', () => {
    const servers = Array.from({ length: 1000 }, (_, at) =>
      aServer({ id: `home/${at}`, name: `${'*'.repeat(60)}${at}`, power: 'running' }),
    );
    const embed = boardEmbed(contentOf(servers), 1_700_000_000_000);
    const lines = embed.description.split('\n').filter((line) => line.startsWith('🟢'));
    expect(embed.description.length).toBeLessThanOrEqual(4096);
    expect(embed.description).toContain(`and ${1000 - lines.length} more servers`);
    expect(embed.description).toContain('Last change: <t:1700000000:R>');
  });

  it('says "unreachable" while the panel does not answer, and nothing of the orders of Perch', () => {
    const problem = newProblem('offline', verbatim('x'), verbatim('y'));
    const away = anAccount({ state: { kind: 'failed', problem, retryAt: 0 } });
    expect(contentOf([aServer({ power: 'running' })], away).body).toContain('unreachable');
    const pending = { signal: 'stop', since: 0, doubt: 'lost' } as const;
    expect(contentOf([aServer({ power: 'running', pending })]).body).toContain('running');
  });

  it('is red as soon as a server crashed', () => {
    const fine = aServer({ id: 'home/2', power: 'running' });
    expect(contentOf([fine]).color).not.toBe(contentOf([fine, aServer({ crashedAt: 5 })]).color);
    expect(contentOf([aServer({ crashedAt: 5 })]).body).toContain('🔴');
  });

  it('without servers says so', () => {
    expect(contentOf([]).body).toBe('No servers');
  });
});

describe('since when', () => {
  it('is unknown for a state that was there before Perch', () => {
    const times = new StateTimes(new FakeClock());
    const server = aServer({ power: 'offline' });
    times.note(server, anAccount());
    expect(times.since(server)).toBeNull();
  });

  it('comes from the running time of the node, and stays the same while that varies', () => {
    const clock = new FakeClock();
    const times = new StateTimes(clock);
    const running = (uptimeMs: number): Server =>
      aServer({ power: 'running', usage: aUsage({ at: clock.now(), uptimeMs }) });
    times.note(running(0), anAccount());
    const start = clock.wall() - 3_600_000;
    expect(times.since(running(3_600_000))).toBe(start);
    expect(times.since(running(3_600_700))).toBe(start);
    // Another process that Perch did not see start.
    expect(times.since(running(5000))).toBe(clock.wall() - 5000);
  });

  it('is the moment at which Perch saw the change, also while old figures are known', () => {
    const clock = new FakeClock();
    const times = new StateTimes(clock);
    const usage = aUsage({ at: clock.now(), uptimeMs: 3_600_000 });
    times.note(aServer({ power: 'running', usage }), anAccount());
    clock.sleep(10_000);
    times.note(aServer({ power: 'offline', usage }), anAccount());
    const stopped = clock.wall();
    clock.sleep(10_000);
    expect(times.since(aServer({ power: 'offline', usage }))).toBe(stopped);
    times.note(aServer({ power: 'running', usage }), anAccount());
    expect(times.since(aServer({ power: 'running', usage }))).toBe(clock.wall());
  });

  it('is unknown after the server could not be seen', () => {
    const times = new StateTimes(new FakeClock());
    const problem = newProblem('offline', verbatim('x'), verbatim('y'));
    times.note(aServer(), anAccount());
    times.note(aServer(), anAccount({ state: { kind: 'failed', problem, retryAt: 0 } }));
    times.note(aServer(), anAccount());
    expect(times.since(aServer())).toBeNull();
  });
});
