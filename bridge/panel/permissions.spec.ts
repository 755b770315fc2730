import { describe, expect, it } from 'vitest';
import type { Condition, PowerSignal, PowerState } from '../schema/domain.js';
import {
  bulkBlock,
  conditionBlock,
  isGranted,
  powerBlock,
  powerPermission,
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
