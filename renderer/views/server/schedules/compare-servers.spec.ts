import { expect, it } from 'vitest';
import type { Comparison } from '../../../../bridge/schedules/compare-schedules.js';
import { keptOf, keptSchedule } from '../../../../bridge/schedules/kept-schedule.js';
import { anAccount, aServer } from '../../../../tests/support/entities.js';
import { aSchedule } from '../../../../tests/support/some-schedules.js';
import { comparedServers, Comparisons } from './compare-servers.js';

const same: Comparison = { kind: 'same', isWhole: true };

it('has a server that two accounts see once, by the account whose list was read, and never the own one', () => {
  const accounts = [anAccount({ id: 'home' }), anAccount({ id: 'work' })];
  const servers = ['home/1', 'home/2', 'work/1', 'work/2'].map((id) =>
    aServer({ id, accountId: id.slice(0, 4), name: id }),
  );
  const from = { id: 'home/1', accountId: 'home' };
  const compared = comparedServers(servers, { from, accounts, comparisons: new Map([['work/2', same]]) });
  expect(compared.map(({ server, verdict }) => [server.id, verdict])).toEqual([['work/2', 'same']]);
});

it('counts a list of more schedules than Perch keeps as unknown', () => {
  const from = { id: 'home/1', accountId: 'home' };
  const facts = {
    from,
    accounts: [anAccount()],
    comparisons: new Map([['home/2', { kind: 'unkept' } as const]]),
  };
  const [row] = comparedServers([aServer({ id: 'home/2', accountId: 'home' })], facts);
  expect(row).toMatchObject({ verdict: 'unknown', comparison: { kind: 'unkept' } });
});

it('compares a list again only if the list or the schedule has changed', () => {
  const comparing = new Comparisons();
  const wanted = keptSchedule(aSchedule());
  const list = keptOf([aSchedule({ isActive: false })]);
  const before = comparing.of(wanted, new Map([['home/2', list]])).get('home/2');
  const after = comparing.of(
    wanted,
    new Map([
      ['home/2', list],
      ['home/3', keptOf([])],
    ]),
  );
  expect(after.get('home/2')).toBe(before);
  expect(after.get('home/3')).toEqual({ kind: 'missing' });
  const other = keptSchedule(aSchedule({ isActive: false }));
  expect(comparing.of(other, new Map([['home/2', list]])).get('home/2')).toEqual(same);
});
