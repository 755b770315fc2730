import { describe, expect, it } from 'vitest';
import { nothingKept } from '../../tests/support/some-backups.js';
import type { AlertScope } from '../schema/alerts.js';
import type { BackupChoices, BackupRule, BackupRules } from '../schema/backup-rules.js';
import {
  backupChoicesOf,
  backupPolicyOf,
  backupRulesWithout,
  changedBackupRules,
  mayDeleteMore,
  sharedPolicyOf,
  withBackupChoices,
} from './backup-rules.js';

const place = { serverId: 'home/1', groupIds: ['g1', 'g2'], accountId: 'home' };
const rule = (kind: AlertScope['kind'], id: string, choices: BackupChoices): BackupRule => ({
  scope: { kind, id },
  choices,
});
const rules = (all: BackupChoices, ...own: BackupRule[]): BackupRules => ({ all, rules: own });
const last = (count: number) => ({ ...nothingKept, last: count });
const four = { minute: 240, quietly: true };

describe('the rule in force for a server', () => {
  it('is empty at first', () => {
    expect(backupPolicyOf(rules({}), place)).toEqual({
      keep: null,
      byHand: false,
      copies: null,
      fetch: 'none',
      goodDays: 0,
      plan: null,
    });
  });

  it('is empty for fields that a choice leaves open', () => {
    const open = { keep: undefined, byHand: undefined, goodDays: undefined };
    const now = rules(open, rule('server', 'home/1', open));
    expect(backupPolicyOf(now, place)).toEqual(backupPolicyOf(rules({}), place));
  });

  it('is each field of the narrowest scope that says it', () => {
    const now = rules(
      { keep: last(1), goodDays: 9, plan: four, byHand: true },
      rule('panel', 'home', { keep: last(2), copies: last(8), fetch: 'daily' }),
      rule('group', 'g1', { keep: last(3), plan: null }),
      rule('server', 'home/1', { keep: null }),
      rule('server', 'home/2', { keep: last(5), byHand: false }),
    );
    expect(backupPolicyOf(now, place)).toEqual({
      keep: null,
      byHand: true,
      copies: last(8),
      fetch: 'daily',
      goodDays: 9,
      plan: null,
    });
    expect(backupPolicyOf(now, { ...place, serverId: 'home/3' }).keep).toEqual(last(3));
    expect(backupPolicyOf(now, { ...place, serverId: 'home/3', groupIds: [] }).keep).toEqual(last(2));
  });

  it('is the more cautious of two groups', () => {
    const fetched = rule('group', 'g1', { fetch: 'daily' });
    const more = rules({}, fetched, rule('group', 'g2', { fetch: 'each' }));
    expect(backupPolicyOf(more, place).fetch).toBe('each');
    const first = { keep: { ...nothingKept, last: 5, weekly: 1 }, byHand: true, goodDays: 0, plan: null };
    const second = { keep: { ...nothingKept, last: 2, daily: 7 }, byHand: false, goodDays: 3, plan: four };
    expect(
      backupPolicyOf(rules({}, rule('group', 'g1', first), rule('group', 'g2', second)), place),
    ).toMatchObject({
      keep: { last: 5, daily: 7, weekly: 1, monthly: 0 },
      byHand: false,
      goodDays: 3,
      plan: four,
    });
    const everything = rule('group', 'g2', { keep: null });
    expect(backupPolicyOf(rules({}, rule('group', 'g1', first), everything), place).keep).toBeNull();
    const zeros = rule('group', 'g2', { keep: nothingKept });
    expect(backupPolicyOf(rules({}, rule('group', 'g1', first), zeros), place).keep).toBeNull();
  });
});

it('the most cautious of the rules through several accounts protects a server', () => {
  const other = { serverId: 'work/1', groupIds: [], accountId: 'work' };
  const now = rules({ keep: last(2), byHand: true }, rule('server', 'work/1', { keep: null, byHand: false }));
  expect(sharedPolicyOf(now, [place])).toMatchObject({ keep: last(2), byHand: true });
  expect(sharedPolicyOf(now, [place, other])).toMatchObject({ keep: null, byHand: false });
  expect(sharedPolicyOf(now, [])).toEqual(backupPolicyOf(rules({}), place));
});

describe('edits', () => {
  const server: AlertScope = { kind: 'server', id: 'home/1' };

  it('replace the choices of a scope, and drop a rule without choices', () => {
    const one = withBackupChoices(rules({}), server, { keep: last(1) });
    const two = withBackupChoices(one, server, { keep: null });
    expect(two).toEqual(rules({}, { scope: server, choices: { keep: null } }));
    expect(backupChoicesOf(two, server)).toEqual({ keep: null });
    expect(backupChoicesOf(two, { kind: 'panel', id: 'home/1' })).toEqual({});
    expect(withBackupChoices(two, server, { keep: undefined })).toEqual(rules({}));
    const all = withBackupChoices(two, null, { goodDays: 2 });
    expect([backupChoicesOf(all, null), all.rules]).toEqual([{ goodDays: 2 }, two.rules]);
  });

  it('forget rules whose scope is gone, and those of deleted groups with the next change', () => {
    const [one, group] = [rule('server', 'home/1', { byHand: true }), rule('group', 'g1', { byHand: true })];
    const now = rules({ goodDays: 1 }, one, group);
    expect(backupRulesWithout(now, ({ kind }) => kind === 'server')).toEqual(rules({ goodDays: 1 }, group));
    expect(backupRulesWithout(now, () => false)).toBeNull();
    const kept = { id: 'g1', name: 'Lobbies', isCollapsed: false, serverIds: [] };
    const changed = (groups: (typeof kept)[]) =>
      changedBackupRules({ backupRules: now, groups }, null, { goodDays: 2 });
    expect(changed([kept])).toEqual(rules({ goodDays: 2 }, one, group));
    expect(changed([])).toEqual(rules({ goodDays: 2 }, one));
  });
});

describe('a change may delete more', () => {
  const server: AlertScope = { kind: 'server', id: 'home/1' };
  const wide = rules({ keep: last(2), byHand: true });
  it.each<[string, boolean, BackupRules, BackupChoices, BackupChoices]>([
    ['if it sets numbers', true, rules({}), {}, { keep: last(9) }],
    [
      'if it lowers one',
      true,
      rules({}),
      { keep: { ...last(3), daily: 2 } },
      { keep: { ...last(4), daily: 1 } },
    ],
    ['if it sets numbers for copies', true, rules({}), { keep: last(1) }, { keep: last(1), copies: last(1) }],
    ['if it takes what a person made', true, rules({}), {}, { byHand: true }],
    ['if it inherits numbers again', true, wide, { keep: null, byHand: false }, { byHand: false }],
    ['if it inherits that again', true, wide, { keep: null, byHand: false }, { keep: null }],
    ['not if it raises one', false, rules({}), { keep: last(3) }, { keep: { ...last(3), daily: 1 } }],
    [
      'not if it keeps everything',
      false,
      wide,
      { keep: last(1), byHand: true },
      { keep: null, byHand: false },
    ],
    ['not by zeros', false, rules({}), {}, { keep: nothingKept }],
    ['not by a plan', false, wide, { keep: last(1) }, { keep: last(1), plan: four, goodDays: 1 }],
    ['not if nothing else has numbers', false, rules({}), { keep: last(2) }, {}],
  ])('%s', (_what, expected, others, before, next) => {
    const now = withBackupChoices(others, server, before);
    expect(mayDeleteMore(now, server, next)).toBe(expected);
  });
});
