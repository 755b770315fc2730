import { expect, it } from 'vitest';
import type { Rule } from '../../../../bridge/schema/rules.js';
import { anAccount, aServer, someSettings } from '../../../../tests/support/entities.js';
import { leftOut, plansOf, rulesOf } from './week-facts.js';

const choices = { plan: { minute: 210, quietly: true } };
const settings = someSettings({
  backupRules: { all: choices, rules: [] },
  groups: [{ id: 'g1', name: 'Survival', isCollapsed: false, serverIds: ['home/1', 'home/2'] }],
});

it('plans have the time of day of their rule, once for a server of several accounts', () => {
  const servers = new Map(
    ['home/1', 'away/1', 'home/2'].map((id) => {
      const [accountId = '', uuid = ''] = id.split('/');
      return [id, aServer({ id, accountId, uuid })];
    }),
  );
  const fleet = {
    server: (id: string) => servers.get(id),
    account: () => ({ panelUrl: 'https://panel.example.com' }),
  };
  const plan = (serverId: string) => ({ serverId, quietly: true, nextAt: 5, last: null });
  const plans = ['home/1', 'away/1', 'home/2', 'home/gone'].map(plan);
  expect(plansOf(plans, fleet, settings)).toEqual([
    { serverId: 'home/1', minute: 210, nextAt: 5 },
    { serverId: 'home/2', minute: 210, nextAt: 5 },
  ]);
});

it('own rules have their servers, and none while they are switched off by themselves', () => {
  const rule = (target: Rule['target']): Rule => ({
    id: 'r1',
    name: 'Weekend',
    isOn: true,
    mode: 'single',
    atMost: { times: 5, withinMs: 3_600_000 },
    target,
    trigger: { kind: 'time', days: [5], minute: 960 },
    condition: null,
    steps: [{ kind: 'end' }],
    agreedAt: 1,
  });
  const views = [
    { rule: rule({ kind: 'server', serverId: 'home/9' }), origin: 'own' as const, offBy: null },
    { rule: rule({ kind: 'group', groupId: 'g1' }), origin: 'own' as const, offBy: null },
    { rule: rule({ kind: 'group', groupId: 'gone' }), origin: 'own' as const, offBy: null },
    { rule: rule({ kind: 'event' }), origin: 'own' as const, offBy: null },
    {
      rule: rule({ kind: 'server', serverId: 'home/1' }),
      origin: 'own' as const,
      offBy: 'failures' as const,
    },
    { rule: rule({ kind: 'server', serverId: 'home/1' }), origin: 'backup-plan' as const, offBy: null },
  ];
  expect(rulesOf(views, settings.groups).map(({ serverIds }) => serverIds)).toEqual([
    ['home/9'],
    ['home/1', 'home/2'],
    [],
    [],
  ]);
});

it('a server of two accounts counts as read when one account has read it, and as hidden when no key may read it', () => {
  const accounts = ['home', 'away'].map((id) => anAccount({ id, panelUrl: 'https://panel.example.com' }));
  const rows = (uuid: string, home: string[], away: string[]) =>
    [home, away].map((permissions, at) => {
      const accountId = at === 0 ? 'home' : 'away';
      return aServer({ id: `${accountId}/${uuid}`, accountId, uuid, isOwner: false, permissions });
    });
  const may = ['schedule.read'];
  const servers = [
    ...rows('read', may, may),
    ...rows('unread', [], may),
    ...rows('hidden', [], []),
    ...rows('closed', may, may).map((server) => ({ ...server, condition: 'suspended' as const })),
  ];
  expect(leftOut(servers, new Set(['away/read']), accounts)).toEqual({ unread: 1, hidden: 1 });
});
