import { describe, expect, it } from 'vitest';
import { sentence, verbatim } from '../../messages/messages.js';
import { anAccount } from '../../tests/support/entities.js';
import type { Problem } from '../errors.js';
import type { Account, Condition, PowerSignal, PowerState } from '../schema/domain.js';
import {
  awayBlock,
  awayQuestion,
  bulkBlock,
  conditionBlock,
  isGranted,
  isPanelAway,
  isUnread,
  powerBlock,
  textWritePermission,
  powerPermission,
  warnBlock,
  type PowerFacts,
} from './permissions.js';

describe('isGranted', () => {
  it.each<[string, readonly string[] | null, string, boolean]>([
    ['what is named', ['control.start'], 'control.start', true],
    ['nothing else', ['control.start'], 'control.stop', false],
    ['everything of a server by a star', ['*'], 'control.stop', true],
    ['nothing of an administrator by a star', ['*'], 'admin.websocket.errors', false],
    [
      'what an administrator is given by name',
      ['*', 'admin.websocket.errors'],
      'admin.websocket.errors',
      true,
    ],
    ['everything while nothing is known', null, 'control.stop', true],
  ])('grants %s', (_, grants, permission, granted) => {
    expect(isGranted(grants, permission)).toBe(granted);
  });
});

const signals: readonly PowerSignal[] = ['start', 'stop', 'restart', 'kill'];

/** Signals that these facts allow. */
function open(facts: Partial<PowerFacts>): PowerSignal[] {
  const usual: PowerFacts = { power: null, condition: 'normal', permissions: ['*'] };
  return signals.filter((signal) => powerBlock(signal, { ...usual, ...facts }) === null);
}

it.each([
  [null, 'file.create'],
  [['*'], 'file.create'],
  [['file.create', 'file.update'], 'file.create'],
  [['file.update'], 'file.update'],
  [['file.read'], 'file.create'],
])('with %j a text is written by %s', (grants, permission) => {
  expect(textWritePermission(grants)).toBe(permission);
});

describe('powerBlock', () => {
  it.each<[PowerState | null, PowerSignal[]]>([
    ['offline', ['start', 'restart']],
    ['starting', ['stop', 'restart', 'kill']],
    ['running', ['stop', 'restart', 'kill']],
    ['stopping', ['kill']],
    [null, ['start', 'stop', 'restart', 'kill']],
  ])('allows the useful signals for a server that is %s: %j', (power, expected) => {
    expect(open({ power })).toEqual(expected);
  });

  it.each<[string[] | null, PowerSignal[]]>([
    [['control.start'], ['start']],
    [['control.stop'], ['stop', 'kill']],
    [['control.restart'], ['restart']],
    [['control.kill'], ['kill']],
    [['control.console'], []],
    [null, ['start', 'stop', 'restart', 'kill']],
  ])('allows the permitted signals for %j: %j', (permissions, expected) => {
    expect(open({ permissions })).toEqual(expected);
  });

  it('allows only kill while a signal is pending', () => {
    expect(open({ power: 'running', pending: { signal: 'stop' } })).toEqual(['kill']);
    expect(open({ power: 'running', pending: { signal: 'stop', doubt: 'unanswered' } })).toEqual(['kill']);
    expect(open({ power: 'running', pending: null })).toEqual(['stop', 'restart', 'kill']);
  });

  it('allows other signals after a lost answer, which may take long', () => {
    expect(open({ power: 'running', pending: { signal: 'stop', doubt: 'lost' } })).toEqual([
      'stop',
      'restart',
      'kill',
    ]);
  });

  it.each<Condition>([
    'installing',
    'install-failed',
    'reinstall-blocked',
    'suspended',
    'restoring',
    'transferring',
    'maintenance',
  ])('allows no signal while the condition is %s, with the same reason for every action', (condition) => {
    expect(open({ condition, power: 'running' })).toEqual([]);
    expect(conditionBlock(condition)).not.toBeNull();
    const facts: PowerFacts = { condition, power: 'running', permissions: [], pending: null };
    expect(powerBlock('stop', facts)).toEqual(conditionBlock(condition));
  });
});

it('powerPermission requires the permission to stop for a kill', () => {
  expect(signals.map(powerPermission)).toEqual([
    'control.start',
    'control.stop',
    'control.restart',
    'control.stop',
  ]);
});

it('bulkBlock for a restart takes running servers only', () => {
  expect(bulkBlock('restart', { power: 'offline' })).not.toBeNull();
  for (const power of ['running', 'starting', 'stopping', null] as const) {
    expect(bulkBlock('restart', { power })).toBeNull();
  }
  for (const signal of ['start', 'stop', 'kill'] as const) {
    expect(bulkBlock(signal, { power: 'offline' })).toBeNull();
  }
});

describe('a panel that is away', () => {
  const failed = (code: Problem['code']): Pick<Account, 'state'> => ({
    state: { kind: 'failed', retryAt: 0, problem: { code, message: why, next: verbatim('Wait.') } },
  });
  const why = verbatim('No answer.');

  it.each(['panel-unreachable', 'panel-error', 'not-a-panel'] as const)(
    '(%s) needs a question before a start',
    (code) => {
      const account = failed(code);
      expect(isPanelAway(account)).toBe(true);
      for (const signal of ['start', 'restart'] as const) {
        expect(awayBlock(signal, account)).toEqual(sentence(`blocks.panel-away-${signal}`, { why }));
        expect(awayQuestion(signal, account)).toEqual(sentence(`power.panel-away-${signal}`, { why }));
      }
      for (const signal of ['stop', 'kill'] as const)
        expect([awayBlock(signal, account), awayQuestion(signal, account)]).toEqual([null, null]);
    },
  );

  it('is neither a panel that refuses the key, nor a panel that answers, nor an unknown panel', () => {
    for (const account of [failed('unauthorized'), anAccount(), undefined]) {
      expect(isPanelAway(account)).toBe(false);
      expect([awayBlock('start', account), awayQuestion('start', account)]).toEqual([null, null]);
    }
  });
});

it('a state is unread while it is unknown or old', () => {
  expect(isUnread({ power: null, lastSeenAt: null })).toBe(true);
  expect(isUnread({ power: 'running', lastSeenAt: 5 })).toBe(true);
  expect(isUnread({ power: 'running', lastSeenAt: null })).toBe(false);
});

it('warnBlock wants a running server that may be restarted and spoken to', () => {
  const facts: PowerFacts = { power: 'running', condition: 'normal', permissions: ['*'] };
  expect(warnBlock(facts)).toBeNull();
  expect(warnBlock({ ...facts, power: 'offline' })).toEqual(sentence('blocks.is-offline'));
  expect(warnBlock({ ...facts, condition: 'suspended' })).toEqual(conditionBlock('suspended'));
  expect(warnBlock({ ...facts, permissions: ['control.restart'] })).not.toBeNull();
  expect(warnBlock({ ...facts, permissions: ['control.restart', 'control.console'] })).toBeNull();
});
