import { describe, expect, it } from 'vitest';
import type { Rule } from '../../bridge/schema/rules.js';
import { settle } from '../../tests/support/fake-clock.js';
import { aRule } from '../../tests/support/rule-examples.js';
import { Emitter } from '../base/emitter.js';
import { QuietCallOff } from './quiet-call-off.js';
import type { RuleState } from './rule-state.js';

function setUp() {
  const changes = new Emitter<undefined>();
  const book = {
    current: [aRule()] as readonly Rule[],
    listen: (listener: () => void) => changes.listen(listener),
  };
  const called: string[] = [];
  const ends: (() => void)[] = [];
  const over = () => new Promise<null>((resolve) => ends.push(() => resolve(null)));
  let offBy: RuleState['offBy'] = null;
  const quiet = { over, callOff: (serverId: string) => void called.push(serverId) };
  const callOff = new QuietCallOff({ book, quiet, state: () => ({ offBy }) });
  const end = callOff.start();
  const becomes = (rules: readonly Rule[], why: RuleState['offBy'] = null): void => {
    [book.current, offBy] = [rules, why];
    changes.emit(undefined);
  };
  return { callOff, called, ends, becomes, end };
}

describe('a quiet backup of a rule', () => {
  it.each<[string, readonly Rule[]]>([
    ['switched off', [aRule({ isOn: false })]],
    ['changed', [aRule({ agreedAt: null })]],
    ['agreed to again', [aRule({ agreedAt: 99 })]],
    ['removed', []],
  ])('is called off when the rule is %s', (_, rules) => {
    const { callOff, called, becomes } = setUp();
    callOff.begun('home/1', aRule());
    becomes([aRule({ name: 'Another name' })]);
    expect(called).toEqual([]);
    becomes(rules);
    expect(called).toEqual(['home/1']);
  });

  it('continues if a step or failed runs switched the rule off', () => {
    const { callOff, called, becomes } = setUp();
    callOff.begun('home/1', aRule());
    becomes([aRule({ isOn: false })], 'step');
    becomes([aRule({ isOn: false })], 'failures');
    expect(called).toEqual([]);
  });

  it('is called off at once if the rule went off while it began', () => {
    const { callOff, called, becomes } = setUp();
    becomes([aRule({ isOn: false })]);
    callOff.begun('home/1', aRule());
    expect(called).toEqual(['home/1']);
  });

  it('that is over is no matter of the rule any more: a later one may be the person’s own', async () => {
    const { callOff, called, ends, becomes, end } = setUp();
    callOff.begun('home/1', aRule());
    ends[0]?.();
    await settle();
    becomes([]);
    expect(called).toEqual([]);
    callOff.begun('home/2', aRule());
    end();
    called.length = 0;
    becomes([aRule()]);
    becomes([]);
    expect(called).toEqual([]);
  });
});
