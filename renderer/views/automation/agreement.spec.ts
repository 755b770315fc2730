import { describe, expect, it } from 'vitest';
import type { RuleStep } from '../../../bridge/schema/rule-parts.js';
import type { Rule } from '../../../bridge/schema/rules.js';
import { aServer } from '../../../tests/support/entities.js';
import { aRule } from '../../../tests/support/rule-examples.js';
import { agreementWords } from './agreement.js';

const minute = 60_000;
const server = aServer();
const fleet = { server: (id: string) => (id === server.id ? server : undefined), beside: new Map() };
const words = (fields: Partial<Rule>): string =>
  agreementWords(aRule({ target: { kind: 'server', serverId: server.id }, ...fields }), fleet, {
    groups: [],
  });

const warn: RuleStep = { kind: 'warn', on: null, text: 'Soon' };
const restart: RuleStep = { kind: 'power', on: null, signal: 'restart' };
const delay = (ms: number): RuleStep => ({ kind: 'delay', ms });
const at = (hour: number, past = 0): Rule['trigger'] => ({
  kind: 'time',
  days: [0, 1, 2, 3, 4, 5, 6],
  minute: hour * 60 + past,
});

describe('the consent of a person', () => {
  it('says the condition of the rule', () => {
    const condition = { kind: 'figure', on: null, of: 'players', atLeast: null, atMost: 0 } as const;
    expect(words({ condition })).toMatch(/ in .+ on one server\. Only if nobody is on the server\.$/);
    expect(words({ condition: null })).not.toContain('Only if');
  });

  it('says when a delayed order leaves, by the clock if the rule begins by the clock', () => {
    const steps = [warn, delay(10 * minute), restart];
    expect(words({ trigger: at(3, 50), steps })).toContain(
      'Every day at 03:50, Perch does this without asking again (Survival): ' +
        'Tell the players of the server: “Soon”; Restart the server (at 04:00). ',
    );
    expect(words({ trigger: at(23, 55), steps })).toContain('Restart the server (at 00:05)');
    expect(words({ trigger: { kind: 'node-back' }, steps })).toContain('Restart the server (after 10 min)');
    const odd = [warn, delay(1500), restart];
    expect(words({ trigger: at(4), steps: odd })).toContain('Restart the server (after 1 s)');
  });

  it('says no time after a wait, nor where the ways of an "if" take different times', () => {
    const wait: RuleStep = {
      kind: 'wait',
      sign: { kind: 'players', on: null },
      limitMs: minute,
      late: 'go-on',
    };
    expect(words({ trigger: at(4), steps: [delay(minute), wait, restart] })).toContain(
      ': Restart the server. ',
    );
    const fork = (other: readonly RuleStep[]): RuleStep => ({
      kind: 'if',
      condition: { kind: 'unseen' },
      then: [delay(minute), warn],
      else: other,
    });
    const [same, different] = [[delay(minute)], []].map((other) =>
      words({ trigger: at(4), steps: [fork(other), restart] }),
    );
    expect(same).toContain('“Soon” (at 04:01); Restart the server (at 04:01)');
    expect(different).toContain('“Soon” (at 04:01); Restart the server. ');
  });

  it('says an order once that stands there twice at the same time', () => {
    const fork: RuleStep = { kind: 'if', condition: { kind: 'unseen' }, then: [restart], else: [restart] };
    expect(words({ steps: [fork] }).match(/Restart the server/g)).toHaveLength(1);
  });
});
