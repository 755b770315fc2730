import { describe, expect, it } from 'vitest';
import type { Usage } from '../../bridge/schema/domain.js';
import { verbatim } from '../../messages/messages.js';
import { anAccount, aServer } from '../../tests/support/entities.js';
import { serverAddress, serverLook } from './server-look.js';

const usage: Usage = {
  at: 100_000,
  cpuPercent: 12.4,
  memoryBytes: 641_728_512,
  memoryLimitBytes: null,
  diskBytes: 0,
  networkRxBytes: 0,
  networkTxBytes: 0,
  uptimeMs: 0,
};

describe('serverLook', () => {
  it('treats figures of a live server as fresh for ten seconds, polled ones longer', () => {
    const live = aServer({ power: 'running', usage, link: { kind: 'live' } });
    expect(serverLook(live, undefined, 109_000).age).toBeNull();
    expect(serverLook(live, undefined, 140_000).age).toBe('40 s ago');
    const polled = aServer({ power: 'running', usage });
    expect(serverLook(polled, undefined, 140_000).age).toBeNull();
    expect(serverLook(polled, undefined, 220_000).age).toBe('2 min ago');
  });

  it('treats figures as fresh for a poll round of their account', () => {
    const polled = aServer({ power: 'running', usage: { ...usage, at: 0 } });
    const many = anAccount({ roundMs: 240_000 });
    expect(serverLook(polled, many, 350_000).age).toBeNull();
    expect(serverLook(polled, many, 361_000).age).toBe('6 min ago');
    expect(serverLook({ ...polled, link: { kind: 'live' } }, many, 61_000).age).toBe('1 min ago');
  });

  it('has no figures without a process', () => {
    expect(serverLook(aServer({ power: 'offline', usage }), undefined, 0).measured).toBe(false);
    expect(serverLook(aServer({ power: 'running', usage: null }), undefined, 0).measured).toBe(false);
  });

  it("shows the state before a panel's pause with its age", () => {
    const old = aServer({ power: 'running', usage, lastSeenAt: 100_000 });
    expect(serverLook(old, undefined, 160_000)).toMatchObject({
      mark: 'running',
      word: 'running 1 min ago',
      isOfLastRun: true,
      age: '1 min ago',
    });
  });

  it('shows the state of an earlier run with its age, never as current', () => {
    const lastRun = { at: 0, state: 'running' as const, usage };
    const past = aServer({ power: null, lastRun });
    expect(serverLook(past, undefined, 720_000)).toMatchObject({
      mark: 'unread',
      word: 'running 12 min ago',
      isOfLastRun: true,
      measured: false,
      usage,
      age: '12 min ago',
    });
    const stopped = { ...past, lastRun: { ...lastRun, state: 'offline' as const } };
    expect(serverLook(stopped, undefined, 720_000)).toMatchObject({
      word: 'offline 12 min ago',
      usage: null,
    });
    const unseen = { ...past, lastRun: { ...lastRun, state: null } };
    expect(serverLook(unseen, undefined, 720_000).word).toBe('loading');
    const failed = anAccount({
      state: {
        kind: 'failed',
        problem: { code: 'panel-unreachable', message: verbatim(''), next: verbatim('') },
        retryAt: 0,
      },
    });
    for (const [condition, word] of [
      ['suspended', 'suspended 12 min ago'],
      ['installing', 'installing 12 min ago'],
      ['transferring', 'moving 12 min ago'],
      ['normal', 'unreachable'],
    ] as const) {
      const closed = { ...unseen, condition };
      expect(serverLook(closed, failed, 720_000)).toMatchObject({ mark: 'unknown', word, isOfLastRun: true });
    }
    const live = { ...past, power: 'running' as const, lastRun: null };
    expect(serverLook(live, undefined, 720_000)).toMatchObject({ word: 'running', isOfLastRun: false });
  });

  it('names the current activity', () => {
    const stopping = aServer({ power: 'running', pending: { signal: 'stop', since: 0 } });
    expect(serverLook(stopping, undefined, 0)).toMatchObject({ mark: 'busy', word: 'stopping…' });
    const crashed = aServer({ crashedAt: 0 });
    expect(serverLook(crashed, undefined, 125_000)).toMatchObject({
      mark: 'crashed',
      word: 'crashed 2 min ago',
      short: 'crashed',
      ended: true,
    });
    expect(serverLook({ ...crashed, power: 'starting' }, undefined, 125_000)).toMatchObject({
      word: 'crashed, starting again',
      short: 'starting again',
    });
    const unseen = { what: 'offline' as const, from: 0, to: 0 };
    const gone = aServer({ crashedAt: 0, crash: { exitCode: null, outOfMemory: false, unseen } });
    expect(serverLook(gone, undefined, 125_000)).toMatchObject({
      mark: 'offline',
      word: 'went offline 2 min ago',
      short: 'offline',
      ended: true,
    });
    expect(serverLook({ ...gone, power: 'starting' }, undefined, 125_000)).toMatchObject({
      word: 'starting…',
      ended: false,
    });
    expect(serverLook(aServer(), undefined, 0)).toMatchObject({ word: 'offline', ended: false });
  });
});

describe('serverAddress', () => {
  const allocation = { ip: '203.0.113.10', alias: null, port: 25565, notes: null, isDefault: true };
  it.each([
    [[allocation], '203.0.113.10:25565'],
    [[{ ...allocation, alias: 'play.example.com' }], 'play.example.com:25565'],
    [[{ ...allocation, ip: '2001:db8::1' }], '[2001:db8::1]:25565'],
    [[], null],
  ])('of %j is %s', (allocations, address) => {
    expect(serverAddress({ allocations })).toBe(address);
  });
});
