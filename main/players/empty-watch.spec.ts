import { describe, expect, it } from 'vitest';
import { ruleSchema } from '../../bridge/schema/rules.js';
import type { EmptyWish } from '../../bridge/schema/when-empty.js';
import { aProblem } from '../../tests/support/a-problem.js';
import { aServer, playersOnline } from '../../tests/support/entities.js';
import { aCause } from '../../tests/support/rule-examples.js';
import { notHeld } from '../rules/held-state.js';
import { newRun, type Run } from '../rules/run-state.js';
import { blockOf, emptyRule } from './empty-rule.js';
import { emptyWatch, type EmptyFacts } from './empty-watch.js';

const minute = 60_000;
const hour = 60 * minute;
const stop: EmptyWish = { does: 'stop', minutes: 20 };
const again: EmptyWish = { does: 'restart', minutes: 20, everyHours: 24 };
const once: EmptyWish = { does: 'restart', minutes: 1, everyHours: null };
const held = { ...notHeld, since: hour, lookedAt: hour };
const nobody = aServer({ power: 'running', players: playersOnline(0, { source: 'query' }) });

const shown = (fields: Partial<EmptyFacts> = {}) =>
  emptyWatch({
    server: nobody,
    wish: stop,
    lane: { run: null, held },
    block: null,
    problem: null,
    isProven: true,
    isBusy: false,
    ranSince: 0,
    ...fields,
  });

describe('a wish that counts', () => {
  it('acts the wished minutes after the first zero', () => {
    expect(shown()).toMatchObject({ phase: 'counts', why: null, at: hour + 20 * minute });
  });

  it('of restarts again and again waits until the process has run long enough, and warns then', () => {
    expect(shown({ wish: again, ranSince: -30 * hour }).at).toBe(hour + 20 * minute);
    expect(shown({ wish: again, ranSince: -hour }).at).toBe(23 * hour + minute);
    expect(shown({ wish: again, ranSince: null })).toMatchObject({ phase: 'waits', why: 'unknown' });
  });
});

it.each<[string, Partial<EmptyFacts>]>([
  ['blocked', { block: aProblem('forbidden') }],
  ['not-running', { server: { ...nobody, power: 'offline' } }],
  ['unknown', { server: { ...nobody, power: null } }],
  ['players', { server: { ...nobody, players: playersOnline(2) }, lane: undefined }],
  ['unproven', { isProven: false }],
  ['unknown', { lane: { run: null, held: notHeld } }],
  ['busy', { isBusy: true }],
])('a wish waits: %s', (why, fields) => {
  expect(shown(fields)).toMatchObject({ phase: 'waits', why, at: null });
});

it('a fulfilled wish stays fulfilled until the process ends', () => {
  const fired = { ...held, firedAt: 2 * hour };
  expect(shown({ lane: { run: null, held: fired } }).phase).toBe('sent');
  const gone = { ...nobody, power: 'offline' } as const;
  expect(shown({ lane: { run: null, held: fired }, server: gone }).why).toBe('not-running');
});

it('a run shows when Perch acts, and then that Perch asks the game', () => {
  const at = { at: 0, endedAt: null, outcome: 'waiting' as const, problem: null, seen: [] };
  const begun = newRun({
    id: 'r',
    ruleId: 'when-empty:home/1',
    serverId: 'home/1',
    cause: aCause('holds:1'),
    isDry: false,
    agreedAt: 1,
    at: 0,
    seen: [],
  });
  const fired = { ...held, firedAt: 2 * hour };
  const delay = {
    ...begun,
    phase: 'paused',
    until: 9,
    steps: [{ place: '2', kind: 'delay', ...at }],
  } as const;
  expect(shown({ lane: { run: delay, held: fired } })).toMatchObject({ phase: 'warned', at: 9 });
  const wait: Run = { ...delay, steps: [{ place: '3', kind: 'wait', ...at }] };
  expect(shown({ lane: { run: wait, held: fired } })).toMatchObject({ phase: 'asks', at: 2 * hour + minute });
});

describe('the rule of a wish', () => {
  it.each([stop, again, once])('is a rule that the engine takes: %j', (wish) => {
    expect(ruleSchema.safeParse(emptyRule('home/1', wish, true)).success).toBe(true);
  });

  it('is another agreement for another wish, and the same for the same', () => {
    const agreed = (wish: EmptyWish) => emptyRule('home/1', wish, true).agreedAt;
    expect(agreed({ ...stop })).toBe(agreed(stop));
    expect(agreed({ ...stop, minutes: 21 })).not.toBe(agreed(stop));
    expect(agreed(again)).not.toBe(agreed({ ...again, everyHours: 12 }));
  });

  it('switches itself off after a single restart alone', () => {
    const last = (wish: EmptyWish) => emptyRule('home/1', wish, true).steps.at(-1)?.kind;
    expect([once, again, stop].map(last)).toEqual(['switch-off', 'power', 'power']);
  });
});

it('a server that may not be stopped names the missing permission or the state', () => {
  expect(blockOf(aServer(), 'stop')).toBeNull();
  expect(blockOf(aServer({ permissions: ['control.stop'] }), 'restart')).toMatchObject({
    code: 'forbidden',
    permission: 'control.restart',
  });
  for (const condition of ['suspended', 'installing', 'transferring', 'restoring'] as const)
    expect(blockOf(aServer({ condition }), 'stop')).toMatchObject({ code: 'conflict', condition });
});
