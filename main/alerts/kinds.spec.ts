/** Each alert kind that is on by default, from the store to the message: shown once, and its end. */
import { describe, expect, it } from 'vitest';
import { anAlertsRig } from '../../tests/support/alerts-rig.js';
import { anAccount, aServer, playersOnline } from '../../tests/support/entities.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { someResources } from '../../tests/support/fleet-fakes.js';
import type { Account, Server } from '../../bridge/schema/domain.js';
import type { ProblemCode } from '../../bridge/errors.js';

type Rig = ReturnType<typeof anAlertsRig>;

const minute = 60_000;

function account(rig: Rig, state: Account['state']): void {
  rig.store.apply([{ kind: 'account-upserted', account: anAccount({ state }) }]);
}

function failing(rig: Rig, code: ProblemCode): void {
  account(rig, { kind: 'failed', problem: aProblem(code), retryAt: 0 });
}

async function measure(rig: Rig, serverId: string, fields: Partial<NonNullable<Server['usage']>>) {
  for (let time = 0; time < 70; time++) {
    const usage = { ...someResources().usage, ...fields, at: rig.clock.now() };
    rig.store.apply([{ kind: 'usage', serverId, usage }]);
    await rig.clock.advance(10_000);
  }
}

describe('by default', () => {
  it.each<[string, (rig: Rig) => Promise<void>, (rig: Rig) => Promise<void> | void, string[]]>([
    [
      'a panel that is away for five minutes',
      async (rig) => {
        failing(rig, 'panel-unreachable');
        await rig.clock.advance(5 * minute);
      },
      (rig) => account(rig, { kind: 'ready' }),
      [
        'panel.example.com does not answer | Perch keeps trying.',
        'panel.example.com answers again | After 5 min.',
      ],
    ],
    [
      'a backup that failed, not one that completed',
      async (rig) => {
        const serverId = rig.add({ id: 'home/1', name: 'S1' });
        const fact = { kind: 'backup', sha1: null, bytes: 0 } as const;
        rig.facts.emit({ serverId, fact: { ...fact, isSuccessful: true, backupId: 'b1' } });
        rig.facts.emit({ serverId, fact: { ...fact, isSuccessful: false, backupId: 'b2' } });
        await rig.clock.advance(minute);
      },
      () => undefined,
      ['Backup of S1 failed | panel.example.com: The panel may say why.'],
    ],
    [
      'schedules of two servers that are overdue, once, and their end',
      async (rig) => {
        for (const serverId of [
          rig.add({ id: 'home/1', name: 'S1', uuid: '1' }),
          rig.add({ id: 'home/2', name: 'S2', uuid: '2' }),
        ]) {
          const troubles = [{ id: 1, name: 'Nightly', why: 'overdue' as const }];
          rig.facts.emit({ serverId, fact: { kind: 'schedules', troubles } });
          await rig.clock.advance(minute);
        }
      },
      (rig) => {
        for (const serverId of ['home/1', 'home/2'])
          rig.facts.emit({ serverId, fact: { kind: 'schedules', troubles: [] } });
      },
      [
        'A schedule of S1 is overdue | panel.example.com: The time of “Nightly” has passed, and the panel has not begun: its own cron probably does not run. Ask your host. Until then, run the schedule by hand.',
        'Schedules of S1 run again | panel.example.com: After 2 min.',
      ],
    ],
    [
      'a good backup that is missing, once, and its arrival',
      async (rig) => {
        rig.add({ id: 'home/1', name: 'S1' });
        rig.patch('home/1', { lastBackup: null, backupOverdue: true });
        await rig.clock.advance(minute);
        rig.patch('home/1', { backupOverdue: true });
        await rig.clock.advance(2 * minute);
      },
      (rig) => {
        const lastBackup = { id: 'b', at: rig.clock.wall(), bytes: 1, everyMs: null };
        rig.patch('home/1', { lastBackup, backupOverdue: false });
      },
      [
        'Backup of S1 is overdue | panel.example.com: There is no good backup.',
        'S1 has a new good backup | panel.example.com: After 3 min.',
      ],
    ],
    [
      'a watched player who comes, while other players who come make no alert',
      async (rig) => {
        const serverId = rig.add({ id: 'home/1', name: 'S1' });
        rig.patch(serverId, { players: playersOnline(0) });
        rig.patch(serverId, { players: playersOnline(1) });
        rig.facts.emit({ serverId, fact: { kind: 'player-joined', player: 'Anna' } });
        await rig.clock.advance(minute);
      },
      () => undefined,
      ['Anna is on S1 | panel.example.com: You watch for Anna.'],
    ],
    [
      'a key that is refused',
      async (rig) => {
        failing(rig, 'unauthorized');
        await rig.clock.advance(5 * minute);
      },
      (rig) => account(rig, { kind: 'ready' }),
      [
        'panel.example.com refuses the API key | It may have been deleted on the panel. Enter a new key in the settings.',
        'panel.example.com answers again | After 5 min.',
      ],
    ],
    [
      'a server that does not come up',
      async (rig) => {
        rig.add({ id: 'home/1', name: 'S1', power: 'offline' });
        rig.patch('home/1', { power: 'starting', pending: { signal: 'start', since: rig.clock.now() } });
        await rig.clock.advance(12 * minute);
      },
      (rig) => rig.up('home/1'),
      [
        'S1 is still starting | panel.example.com: It is not up after 10 minutes. Its console may say why.',
        'S1 is back | panel.example.com: After 2 min.',
      ],
    ],
    [
      'a disk that is nearly full',
      async (rig) => {
        rig.add({ id: 'home/1', name: 'S1', limits: { ...aServer().limits, diskBytes: 100 } });
        await measure(rig, 'home/1', { diskBytes: 97 });
      },
      (rig) => measure(rig, 'home/1', { diskBytes: 20 }),
      [
        'The disk of S1 is nearly full | panel.example.com: 97 % is used. The node stops servers with a full disk.',
        expect.stringMatching(
          /^S1 has free disk space again \| panel\.example\.com: After 1\d min/,
        ) as string,
      ],
    ],
  ])('%s is reported, and its end', async (_name, begin, end, words) => {
    const rig = anAlertsRig();
    await begin(rig);
    expect(rig.words()).toEqual(words.slice(0, 1));
    await end(rig);
    await rig.clock.advance(5 * minute);
    expect(rig.words()).toEqual(words);
  });

  it.each(['cpu', 'memory'] as const)('%s at its limit is not reported', async (of) => {
    const rig = anAlertsRig();
    rig.add({ id: 'home/1', limits: { ...aServer().limits, cpuPercent: 100, memoryBytes: 100 } });
    await measure(rig, 'home/1', of === 'cpu' ? { cpuPercent: 100 } : { memoryBytes: 100 });
    expect(rig.words()).toEqual([]);
  });

  it('two hundred servers of an unreachable node make one alert, and so does their return', async () => {
    const rig = anAlertsRig();
    const ids = Array.from({ length: 200 }, () => rig.add());
    for (const id of ids) rig.patch(id, { link: { kind: 'live' } });
    await rig.clock.advance(minute);
    const link = { kind: 'refused', problem: aProblem('node-unreachable'), retryAt: 0 } as const;
    for (const id of ids) rig.patch(id, { link, problem: aProblem('node-unreachable') });
    await rig.clock.advance(3 * minute);
    expect(rig.words()).toEqual([
      'Node Node 1 does not answer | 200 servers are affected. Perch keeps trying.',
    ]);
    for (const id of ids) rig.patch(id, { link: { kind: 'live' }, problem: null });
    await rig.clock.advance(minute);
    expect(rig.titles().slice(1)).toEqual(['Node Node 1 answers again']);
  });

  it('a node that answers again while its panel does not is reported at once', async () => {
    const rig = anAlertsRig();
    const id = rig.add();
    rig.patch(id, { link: { kind: 'live' } });
    await rig.clock.advance(minute);
    const link = { kind: 'reconnecting', problem: aProblem('node-unreachable'), retryAt: 0 } as const;
    rig.patch(id, { link, problem: aProblem('node-unreachable') });
    await rig.clock.advance(2 * minute);
    failing(rig, 'panel-unreachable');
    await rig.clock.advance(minute);
    rig.patch(id, { link: { kind: 'live' }, problem: null });
    await rig.clock.advance(1000);
    expect(rig.titles()).toEqual(['Node Node 1 does not answer', 'Node Node 1 answers again']);
  });
});
