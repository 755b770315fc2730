import { describe, expect, it } from 'vitest';
import { powerBlock } from '../../../bridge/panel/permissions.js';
import { spoken, verbatim } from '../../../messages/messages.js';
import { anAccount, aServer } from '../../../tests/support/entities.js';
import { bulkMs, byPanel, isTyped, planBulk } from './bulk-plan.js';

const noAccount = (): undefined => undefined;

describe('planBulk', () => {
  it('separates possible from impossible servers, with reasons', () => {
    const servers = [
      aServer({ id: 'home/1', power: 'running' }),
      aServer({ id: 'home/2', power: 'offline' }),
      aServer({ id: 'home/3', power: 'running', permissions: ['control.start'] }),
      aServer({ id: 'home/4', power: null, condition: 'suspended' }),
    ];
    const plan = planBulk('stop', servers, powerBlock, noAccount);
    expect(plan.able.map(({ id }) => id)).toEqual(['home/1']);
    expect(plan.skipped.map(({ server, reason }) => [server.id, spoken(reason)])).toEqual([
      ['home/2', 'The server is offline.'],
      ['home/3', 'Your key lacks the permission control.stop.'],
      ['home/4', 'The server is suspended.'],
    ]);
  });

  it('backs up servers in any state of power, if their panel allows a backup', () => {
    const servers = [
      aServer({ id: 'home/1', power: 'running' }),
      aServer({ id: 'home/2', power: null }),
      aServer({ id: 'home/3', permissions: ['control.start'] }),
      aServer({ id: 'home/4', limits: { ...aServer().limits, backups: 0 } }),
    ];
    const plan = planBulk('back-up', servers, powerBlock, noAccount);
    expect([plan.able.map(({ id }) => id), plan.unread]).toEqual([['home/1', 'home/2'], 0]);
    expect(plan.skipped.map(({ reason }) => spoken(reason))).toEqual([
      'Your key lacks the permission backup.create.',
      'Your host allows no backups of this server.',
    ]);
  });

  it('restarts running servers, and skips offline ones', () => {
    const states = ['running', 'starting', 'offline', null] as const;
    const servers = states.map((power, index) => aServer({ id: `home/${index}`, power }));
    const plan = planBulk('restart', servers, powerBlock, noAccount);
    expect(plan.able.map(({ power }) => power)).toEqual(['running', 'starting', null]);
    expect(plan.unread).toBe(1);
    expect(plan.skipped.map(({ reason }) => spoken(reason))).toEqual(['The server is offline.']);
  });

  it.each([
    ['start', 'offline', 'Away. The node needs the panel to start a server.'],
    ['restart', 'running', 'Away. The node would stop the server and not start it again.'],
  ] as const)(
    'leaves out of a %s servers that the node could not start without its panel',
    (signal, power, why) => {
      const problem = { code: 'panel-unreachable', message: verbatim('Away.'), next: verbatim('') } as const;
      const away = anAccount({ id: 'home', state: { kind: 'failed', problem, retryAt: 0 } });
      const servers = [
        aServer({ id: 'home/1', accountId: 'home', power }),
        aServer({ id: 'work/1', accountId: 'work', power }),
      ];
      const plan = planBulk(signal, servers, powerBlock, (id) => (id === 'home' ? away : anAccount({ id })));
      expect(plan.able.map(({ id }) => id)).toEqual(['work/1']);
      expect(plan.skipped.map(({ reason }) => spoken(reason))).toEqual([why]);
    },
  );

  it('groups servers by panel, in the order of the list', () => {
    const servers = ['work/1', 'home/1', 'work/2'].map((id) =>
      aServer({ id, accountId: id.slice(0, 4), power: 'running' }),
    );
    const panels = byPanel(servers, ({ accountId }) => accountId);
    expect(panels.map(({ accountId, entries }) => [accountId, entries.map(({ id }) => id)])).toEqual([
      ['work', ['work/1', 'work/2']],
      ['home', ['home/1']],
    ]);
  });

  it.each([
    ['24', 24, true],
    [' 24 ', 24, true],
    ['1,200', 1200, true],
    ['', 24, false],
    ['2', 24, false],
    ['240', 24, false],
    ['all', 24, false],
  ])('reads %j as the number %i: %s', (text, count, is) => {
    expect(isTyped(text, count)).toBe(is);
  });

  it.each([
    [0, 2000, 0],
    [1, 2000, 0],
    [12, 2000, 22_000],
    [12, 0, 0],
  ])('%i servers with a pause of %i ms take %i ms', (count, pauseMs, ms) => {
    expect(bulkMs(count, pauseMs)).toBe(ms);
  });
});
