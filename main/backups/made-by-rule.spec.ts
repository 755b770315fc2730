import { describe, expect, it } from 'vitest';
import { mostKept } from '../../bridge/settings/settings-limits.js';
import { aBackup } from '../../tests/support/fake-backups.js';
import { madeByRuleFor, onlyExisting, withMade } from './made-by-rule.js';

const server = 'home/1';
const known = [
  { serverId: server, ids: ['b1', 'b2'] },
  { serverId: 'home/2', ids: ['b3'] },
];

describe('the memory of backups that a rule made', () => {
  it('gets new backups, and forgets the oldest of too many', () => {
    expect(withMade(known, server, 'b4').find(({ serverId }) => serverId === server)?.ids).toEqual([
      'b1',
      'b2',
      'b4',
    ]);
    const many = Array.from({ length: mostKept.madeByRule }, (_, at) => `b${at}`);
    const [full] = withMade([{ serverId: server, ids: many }], server, 'new');
    expect([full?.ids.length, full?.ids[0], full?.ids.at(-1)]).toEqual([mostKept.madeByRule, 'b1', 'new']);
    const servers = Array.from({ length: mostKept.madeByRuleServers }, (_, at) => ({
      serverId: `home/${at}`,
      ids: ['b'],
    }));
    const all = withMade(servers, 'away/1', 'b');
    expect([all.length, all[0]?.serverId, all.at(-1)?.serverId]).toEqual([
      mostKept.madeByRuleServers,
      'home/1',
      'away/1',
    ]);
  });

  it('forgets those that the server no longer has', () => {
    expect(onlyExisting(known, server, [aBackup('b2'), aBackup('x')])).toEqual([
      { serverId: 'home/2', ids: ['b3'] },
      { serverId: server, ids: ['b2'] },
    ]);
    expect(onlyExisting(known, server, [])).toEqual([{ serverId: 'home/2', ids: ['b3'] }]);
    expect(onlyExisting(known, server, [aBackup('b1'), aBackup('b2')])).toBeNull();
    expect(onlyExisting(known, 'home/3', [])).toBeNull();
  });

  it('lists the backups of one server', () => {
    expect(madeByRuleFor(known, server)).toEqual(['b1', 'b2']);
    expect(madeByRuleFor(known, 'home/3')).toEqual([]);
  });
});
