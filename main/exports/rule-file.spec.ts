import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { spoken } from '../../messages/messages.js';
import type { Rule } from '../../bridge/schema/rules.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { readRuleFile, ruleFileText, type RulePlaces } from './rule-file.js';

const address = 'https://panel.example.com';
const computer = (id: string, groupId: string, servers: readonly string[]): RulePlaces => ({
  records: [
    { id: 'other', panelUrl: 'https://other.example.com' },
    { id, panelUrl: address },
  ],
  groups: [{ id: groupId, name: 'Network', isCollapsed: false, serverIds: [] }],
  hasServer: (server) => servers.includes(server),
});
const one = computer('home', 'g1', []);
const other = computer('work', 'g9', ['work/db', 'work/proxy', 'work/game']);

const rule: Rule = aRule({
  target: { kind: 'group', groupId: 'g1' },
  trigger: {
    kind: 'holds',
    forMs: 60_000,
    condition: { kind: 'not', part: { kind: 'state', on: 'home/db', is: ['running'] } },
  },
  condition: { kind: 'all', parts: [{ kind: 'ran-before', on: 'home/game' }, { kind: 'unseen' }] },
  steps: [
    { kind: 'power', on: 'home/db', signal: 'start' },
    {
      kind: 'wait',
      sign: { kind: 'state', on: 'home/db', state: 'running' },
      limitMs: 60_000,
      late: 'end',
    },
    {
      kind: 'if',
      condition: { kind: 'state', on: 'home/proxy', is: ['offline'] },
      then: [{ kind: 'command', on: 'home/proxy', command: 'list' }],
      else: [{ kind: 'power', on: null, signal: 'restart' }],
    },
  ],
});

function refusalOf(text: string): string {
  try {
    readRuleFile(text, other);
  } catch (error) {
    if (error instanceof PerchError) return spoken(error.problem.message);
  }
  return 'no refusal';
}

describe('a file of rules', () => {
  it('names the same servers and groups on another computer, and no rule of it is agreed to', () => {
    const { rules, leftOut } = readRuleFile(ruleFileText([rule], one), other);
    const there = JSON.parse(
      JSON.stringify(rule).replaceAll('home/', 'work/').replace('"g1"', '"g9"'),
    ) as Rule;
    expect(rules).toEqual([{ rule: { ...there, id: 'new', agreedAt: null }, missing: 0 }]);
    expect(leftOut).toBe(0);
  });

  it('names no panel and no group that its rules do not use', () => {
    const secret = { id: 'g2', name: 'Secret project', isCollapsed: false, serverIds: [] };
    const text = ruleFileText([rule], { ...one, groups: [...one.groups, secret] });
    expect(text).toContain(address);
    expect(text).toContain('"Network"');
    expect(text).not.toContain('other.example.com');
    expect(text).not.toContain('Secret project');
  });

  it('counts servers and groups that this computer does not have', () => {
    const text = ruleFileText([rule], one);
    const [found] = readRuleFile(text, { records: [], groups: [], hasServer: () => false }).rules;
    // Three servers and the group.
    expect(found?.missing).toBe(4);
  });

  it('reaches no server and no group of this computer by its id here, only by panel and name', () => {
    const foreign = { ...rule, id: 'r1', agreedAt: 5 };
    const text = JSON.stringify({ perch: 'rules', version: 1, panels: [], groups: {}, rules: [foreign] });
    const here = computer('home', 'g1', ['home/db', 'home/proxy', 'home/game']);
    const [found] = readRuleFile(text, here).rules;
    expect(found?.missing).toBe(4);
    expect(found?.rule).toMatchObject({ id: 'new', agreedAt: null });
    const ids = [...JSON.stringify(found?.rule).matchAll(/"(?:on|groupId)":"([^"]+)"/g)].map(([, id]) => id);
    expect(ids).toContain('missing/g1');
    expect(ids.filter((id) => !id?.startsWith('missing/'))).toEqual([]);
  });

  it('holds no id of an account', () => {
    expect(ruleFileText([rule], one)).not.toContain('home');
  });

  it('leaves out damaged rules and keeps the others', () => {
    const file = JSON.parse(ruleFileText([rule, rule], one)) as { rules: unknown[] };
    const text = JSON.stringify({ ...file, rules: [{ ...rule, steps: [] }, ...file.rules, 5] });
    expect(readRuleFile(text, other)).toMatchObject({ rules: [{ missing: 0 }, { missing: 0 }], leftOut: 2 });
  });

  it('is refused with its reason, also if anybody made it', () => {
    expect(refusalOf('{')).toBe('This file is damaged.');
    expect(refusalOf('{"perch":"settings","version":1}')).toBe('This file does not contain rules of Perch.');
    expect(refusalOf('{"perch":"rules","version":2}')).toBe('This file is from a newer version of Perch.');
    expect(refusalOf('{"perch":"rules","version":1,"panels":5}')).toBe('This file is damaged.');
    const hostile = { ...rule, steps: [{ kind: 'power', on: 'p0/__proto__', signal: 'start' }] };
    const text = JSON.stringify({
      perch: 'rules',
      version: 1,
      panels: [],
      groups: {},
      rules: [{ ...hostile, target: { kind: 'group', groupId: 'constructor' } }],
    });
    expect(readRuleFile(text, other).rules[0]?.missing).toBe(4);
  });
});
