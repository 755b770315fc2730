import { expect, it } from 'vitest';
import { derivedId } from '../../bridge/rules/rule-origin.js';
import { aServer } from '../../tests/support/entities.js';
import { aCause, aRule } from '../../tests/support/rule-examples.js';
import { notHeld } from './held-state.js';
import { newRuleState, type Lane, type RuleState } from './rule-state.js';
import { newRun } from './run-state.js';
import { serverIsBusy } from './server-busy.js';

const here = aServer({ id: 'home/1', pending: null });
const there = aServer({ id: 'work/1', pending: null });
const idle: Lane = { run: null, queue: [], starts: [], counted: [], held: notHeld, declined: null };

function ruleOn(serverId: string, ruleId: string, lane: Partial<Lane> = {}): RuleState {
  const fields = {
    id: ruleId,
    ruleId,
    serverId,
    cause: aCause('c'),
    isDry: false,
    agreedAt: 1,
    at: 0,
    seen: [],
  };
  const state = newRuleState(aRule({ id: ruleId }), { wall: 0 });
  return { ...state, lanes: { [serverId]: { ...idle, run: newRun(fields), ...lane } } };
}

const busy = (fields: Partial<Parameters<typeof serverIsBusy>[1]> = {}, twins = [here, there]) =>
  serverIsBusy(twins, { exceptRule: 'r1', others: [], states: [], stateOf: () => undefined, ...fields });

it('a server is free while only the asking rule acts', () => {
  expect(busy()).toBe(false);
  expect(busy({ states: [ruleOn('home/1', 'r1'), ruleOn('home/2', 'r2')], others: ['home/2'] })).toBe(false);
});

it.each<[string, boolean]>([
  ['a pending signal', busy({}, [here, { ...there, pending: 'stop' } as never])],
  ['a quiet backup or an announced restart', busy({ others: ['work/1'] })],
  ['a run of another rule', busy({ states: [ruleOn('work/1', 'r2')] })],
])('%s makes it busy, also in another account', (_what, isBusy) => {
  expect(isBusy).toBe(true);
});

it('a signal that a wish of another account sent makes it busy until the process ends', () => {
  const wish = derivedId('when-empty', 'work/1');
  const sent = ruleOn('work/1', wish, { run: null, held: { ...notHeld, firedAt: 5 } });
  const stateOf = (id: string) => (id === wish ? sent : undefined);
  expect(busy({ stateOf })).toBe(true);
  expect(busy({ stateOf, exceptRule: wish })).toBe(false);
});
