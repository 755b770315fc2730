import { describe, expect, it } from 'vitest';
import { someSettings } from '../../tests/support/entities.js';
import { forgetServersOf, memoryWithout, withoutAccount } from './settings-arrangement.js';

const wish = { does: 'stop' as const, minutes: 20 };
const choice = { protocol: null, host: null, port: 27_015, isOff: false };

const settings = someSettings({
  pins: ['home/1', 'away/1'],
  groups: [{ id: 'g', name: 'Mine', isCollapsed: false, serverIds: ['away/2', 'home/2'] }],
  leftOutOfIcon: { servers: ['home/1', 'away/1'], nodes: ['home/Node 1', 'away/Node 1'] },
  restartWarning: {
    minutes: 5 as const,
    message: null,
    commands: { 'home/1': 'alert {text}', 'away/1': 'broadcast {text}' },
  },
  quietBackups: { 'home/5': 'stop', 'away/5': 'as-is' },
  watchedFiles: {
    'home/6': { added: ['/a.yml'], taken: [] },
    'away/6': { added: [], taken: ['/eula.txt'] },
  },
  playerQueries: { isOn: true, offAccounts: ['home', 'away'] },
  queryChoices: { 'home/7': choice, 'away/7': choice },
  playerVerbs: { 'home/8': { kick: null }, 'away/8': { kick: null } },
  watchedPlayers: { 'home/9': ['Anna'], 'away/9': ['Anna'] },
  whenEmpty: { 'home/8': wish, 'away/8': wish },
  dismissedFixes: [
    { serverId: 'home/4', kind: 'port' },
    { serverId: 'away/4', kind: 'eula' },
  ],
});

describe('withoutAccount', () => {
  it('removes the servers of one account everywhere', () => {
    expect(withoutAccount(settings, 'home')).toEqual({
      pins: ['away/1'],
      groups: [{ id: 'g', name: 'Mine', isCollapsed: false, serverIds: ['away/2'] }],
      leftOutOfIcon: { servers: ['away/1'], nodes: ['away/Node 1'] },
      restartWarning: { minutes: 5, message: null, commands: { 'away/1': 'broadcast {text}' } },
      quietBackups: { 'away/5': 'as-is' },
      watchedFiles: { 'away/6': { added: [], taken: ['/eula.txt'] } },
      playerQueries: { isOn: true, offAccounts: ['away'] },
      queryChoices: { 'away/7': choice },
      playerVerbs: { 'away/8': { kick: null } },
      watchedPlayers: { 'away/9': ['Anna'] },
      whenEmpty: { 'away/8': wish },
      dismissedFixes: [{ serverId: 'away/4', kind: 'eula' }],
    });
  });

  it('removes their alert rules too', () => {
    const rule = (kind: 'panel' | 'server' | 'group', id: string) =>
      ({ scope: { kind, id }, switches: {}, isMuted: true, snoozedUntil: null }) as const;
    const one = (serverId: string) => ({ serverId, when: 'up', metAt: null }) as const;
    const { alerts } = someSettings();
    const kept = [rule('group', 'home'), rule('server', 'away/1')];
    const rules = [rule('panel', 'home'), rule('server', 'home/1'), ...kept];
    const given = someSettings({
      alerts: { ...alerts, rules, oneTimeAlerts: [one('home/1'), one('away/1')] },
    });
    expect(withoutAccount(given, 'home')).toEqual({
      alerts: { ...alerts, rules: kept, oneTimeAlerts: [one('away/1')] },
    });
  });

  it('removes their rules for backups too', () => {
    const rule = (kind: 'panel' | 'server' | 'group', id: string) =>
      ({ scope: { kind, id }, choices: { byHand: true } }) as const;
    const kept = [rule('group', 'home'), rule('server', 'away/1')];
    const all = { goodDays: 1 };
    const backupRules = { all, rules: [rule('panel', 'home'), rule('server', 'home/1'), ...kept] };
    expect(withoutAccount(someSettings({ backupRules }), 'home')).toEqual({
      backupRules: { all, rules: kept },
    });
  });

  it('changes nothing for an unused account, also with a similar id', () => {
    expect(withoutAccount(settings, 'hom')).toBeNull();
    expect(withoutAccount(someSettings(), 'home')).toBeNull();
  });
});

describe('memoryWithout', () => {
  const stoppedTogether = { at: 1, serverIds: ['home/3'] };
  const visits = [
    { serverId: 'home/1', at: 2 },
    { serverId: 'away/1', at: 1 },
  ];
  const memory = {
    visits,
    madeByRule: [],
    begunBackups: [],
    plannedBackups: [],
    fileBackups: [],
    answeredQueries: [],
    emptyServers: [],
  };

  it('removes the servers of one account from the visits and from the last bulk stop', () => {
    expect(memoryWithout({ ...memory, stoppedTogether }, 'home')).toEqual({
      visits: [{ serverId: 'away/1', at: 1 }],
      stoppedTogether: null,
      madeByRule: [],
      begunBackups: [],
      plannedBackups: [],
      fileBackups: [],
      answeredQueries: [],
      emptyServers: [],
    });
    expect(memoryWithout({ ...memory, visits: [], stoppedTogether }, 'home')).toEqual({
      visits: [],
      stoppedTogether: null,
      madeByRule: [],
      begunBackups: [],
      plannedBackups: [],
      fileBackups: [],
      answeredQueries: [],
      emptyServers: [],
    });
    expect(memoryWithout({ ...memory, stoppedTogether }, 'away')?.stoppedTogether).toEqual(stoppedTogether);
  });

  it('removes the backups of one account that a rule made', () => {
    const [its, others] = [
      { serverId: 'home/1', ids: ['b1'] },
      { serverId: 'away/1', ids: ['b2'] },
    ];
    const made = {
      visits: [],
      stoppedTogether: null,
      madeByRule: [its, others],
      begunBackups: [{ serverId: 'home/2', id: 'b1', name: '', at: 1 }],
      fileBackups: [{ serverId: 'home/3', id: 'f1', at: 1, before: [], name: null, transfer: null }],
      plannedBackups: [{ serverId: 'home/2', minute: 0, settledAt: 1, ranAt: null, last: null }],
      answeredQueries: [{ serverId: 'home/2', protocol: 'source' as const, host: 'a', port: 1 }],
      emptyServers: [{ serverId: 'home/2', times: 1 }],
    };
    const left = {
      madeByRule: [others],
      begunBackups: [],
      plannedBackups: [],
      fileBackups: [],
      answeredQueries: [],
      emptyServers: [],
    };
    expect(memoryWithout(made, 'home')).toMatchObject(left);
    expect(memoryWithout({ ...made, ...left }, 'home')).toBeNull();
  });

  it('changes nothing for an account that is in neither', () => {
    expect(memoryWithout({ ...memory, stoppedTogether }, 'hom')).toBeNull();
  });
});

describe('forgetServersOf', () => {
  it('never rejects', async () => {
    const update = () => Promise.reject(new Error('The disk is full.'));
    await expect(
      forgetServersOf({ settings: { update }, memory: { update } }, 'home'),
    ).resolves.toBeUndefined();
  });
});
