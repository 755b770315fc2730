import { describe, expect, it } from 'vitest';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer, someMemory, someSettings } from '../../tests/support/entities.js';
import { anEvent } from '../../tests/support/history-events.js';
import { attentionReasons, needsAttention, unseenTrouble } from './attention.js';
import type { Problem } from '../errors.js';

const now = 1_700_000_000_000;
const hour = 3_600_000;

describe('needsAttention', () => {
  const account = anAccount();
  const facts = { isNear: false, isUnseen: false, settings: someSettings() };
  const problem: Problem = { code: 'timeout', message: verbatim('No answer.'), next: verbatim('Wait.') };
  const fixIt = { kind: 'eula' as const, at: 1, lines: [] };
  it.each([
    ['has crashed', aServer({ crashedAt: 1 }), true],
    ['has ended unseen', aServer({ crashedAt: 1, crash: unseen() }), true],
    ['starts again after a crash', aServer({ crashedAt: 1, power: 'starting' }), true],
    ['is kept from running', aServer({ fixIt }), true],
    ['could not be installed', aServer({ condition: 'install-failed' }), true],
    ['is down since a restart of ours', aServer({ restartFailedAt: 1 }), true],
    ['misses a good backup', aServer({ power: 'running', backupOverdue: true }), true],
    ['runs', aServer({ power: 'running', backupOverdue: false }), false],
    ['is offline', aServer(), false],
    ['is suspended', aServer({ condition: 'suspended' }), false],
    ['is loading', aServer({ power: null }), false],
    ['does not answer', aServer({ power: null, problem }), true],
  ])('decides for a server that %s', (_, server, expected) => {
    expect(needsAttention(server, account, facts)).toBe(expected);
  });

  it('leaves out servers that the user does not want to see', () => {
    const server = aServer({ fixIt });
    const dismissedFixes = [{ serverId: server.id, kind: 'eula' as const }];
    const settings = someSettings({ dismissedFixes });
    expect(needsAttention(server, account, { ...facts, settings })).toBe(false);
  });

  it('counts servers hidden by a failing panel, but not during a requested pause', () => {
    const failing = (code: 'timeout' | 'rate-limited') =>
      anAccount({ state: { kind: 'failed', problem: { ...problem, code }, retryAt: 0 } });
    const server = aServer({ power: 'running' });
    expect(needsAttention(server, failing('timeout'), facts)).toBe(true);
    expect(needsAttention(server, failing('rate-limited'), facts)).toBe(false);
  });

  it('counts a server near a limit, and a server with an unseen event', () => {
    const server = aServer({ power: 'running' });
    expect(needsAttention(server, account, { ...facts, isNear: true })).toBe(true);
    expect(needsAttention(server, account, { ...facts, isUnseen: true })).toBe(true);
  });

  it('gives the reasons, worst first, each once', () => {
    const kinds = (server: Parameters<typeof attentionReasons>[0], fields = {}) =>
      attentionReasons(server, account, { ...facts, ...fields }).map(({ kind }) => kind);
    expect(kinds(aServer({ power: 'running' }))).toEqual([]);
    expect(kinds(aServer({ crashedAt: 1, fixIt }), { isUnseen: true })).toEqual(['fix', 'ended']);
    expect(kinds(aServer({ condition: 'install-failed' }))).toEqual(['failed']);
    expect(kinds(aServer({ power: null, problem }))).toEqual(['silent']);
    expect(kinds(aServer({ power: 'running' }), { isNear: true, isUnseen: true })).toEqual([
      'near',
      'unseen',
    ]);
  });

  function unseen() {
    return { exitCode: null, outOfMemory: false, unseen: { what: 'offline' as const, from: 0, to: 1 } };
  }
});

describe('unseenTrouble', () => {
  const crash = (serverId: string, at: number) => anEvent({ id: `${serverId}${at}`, serverId, at });
  const found = (events: ReturnType<typeof crash>[], fields = {}): string[] => [
    ...unseenTrouble(events, someMemory(fields), now),
  ];

  it('keeps a crash until the user has looked, although the server runs again', () => {
    const events = [crash('a', now - 2), crash('b', now - 3)];
    expect(found(events)).toEqual(['a', 'b']);
    expect(found(events, { visits: [{ serverId: 'a', at: now - 1 }] })).toEqual(['b']);
    expect(found(events, { visits: [{ serverId: 'a', at: now - 2.5 }] })).toEqual(['a', 'b']);
    expect(found(events, { eventsSeenAt: now - 2.5 })).toEqual(['a']);
  });

  it('forgets old events', () => {
    const [fresh, old] = [crash('a', now - 23 * hour), crash('b', now - 25 * hour)];
    expect(found([fresh, old])).toEqual(['a']);
    expect(found([old, fresh])).toEqual(['a']);
  });

  it('ignores events that are no trouble', () => {
    const stopped = { kind: 'stopped' as const, by: { kind: 'unknown' as const }, isKill: false };
    expect(found([anEvent({ serverId: 'a', at: now, what: stopped })])).toEqual([]);
  });
});
