import { describe, expect, it } from 'vitest';
import type { Link } from '../../bridge/schema/domain.js';
import type { Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { aServer } from '../../tests/support/entities.js';
import { consoleBanner, crashInShort, crashWords, readsInstallation } from './banner.js';

const live: Link = { kind: 'live' };
const problem: Problem = {
  code: 'forbidden',
  message: verbatim('No access.'),
  next: verbatim('Ask the owner.'),
};
/** The wall clock is an hour ahead of main's time. */
class Time {
  readonly #aheadMs = 3_600_000;

  constructor(readonly at: number) {}

  wallOf(moment: number): number {
    return moment + this.#aheadMs;
  }
}
const at = (now: number): Time => new Time(now);
const running = aServer({ power: 'running' });

describe('consoleBanner', () => {
  it('is empty above a live console of a running server', () => {
    expect(consoleBanner(running, live, null, at(0))).toBeNull();
    expect(consoleBanner(running, { kind: 'connecting' }, null, at(0))).toBeNull();
  });

  it('is empty above a live console, whatever permission the panel reports', () => {
    const odd = aServer({ power: 'running', permissions: ['admin.websocket', 'control.console'] });
    expect(consoleBanner(odd, live, null, at(0))).toBeNull();
    expect(consoleBanner(odd, { kind: 'none' }, null, at(0))?.message).toContain('can’t read this console');
  });

  it('offers to allow an unencrypted node instead of a retry', () => {
    const refused: Problem = { ...problem, code: 'node-unencrypted' };
    const link: Link = { kind: 'reconnecting', retryAt: 60_000, problem: refused };
    expect(consoleBanner(running, link, null, at(0))).toMatchObject({
      next: 'Ask the owner.',
      action: 'allow-unencrypted',
    });
  });

  it('offers to start an offline server, but not while a signal is pending', () => {
    const offline = aServer({ power: 'offline' });
    expect(consoleBanner(offline, live, null, at(0))).toMatchObject({ tone: 'info', action: 'start' });
    const starting = aServer({ power: 'offline', pending: { signal: 'start', since: 0 } });
    expect(consoleBanner(starting, live, null, at(0))).toBeNull();
  });

  it('reports a full disk of an offline server, not of a running one', () => {
    const usage = {
      at: 1,
      cpuPercent: 0,
      memoryBytes: 0,
      memoryLimitBytes: null,
      diskBytes: 40 * 1_048_576,
      networkRxBytes: 0,
      networkTxBytes: 0,
      uptimeMs: 0,
    };
    const limits = { memoryBytes: null, diskBytes: 20 * 1_048_576, cpuPercent: null };
    const full = aServer({ power: 'offline', usage, limits });
    expect(consoleBanner(full, live, null, at(0))).toMatchObject({
      tone: 'error',
      message: 'The server’s disk is full: 40 MiB of 20 MiB used.',
      action: 'start',
    });
    expect(consoleBanner({ ...full, crashedAt: 1 }, live, null, at(0))?.message).toContain('full');
    expect(consoleBanner({ ...full, power: 'running' }, live, null, at(0))).toBeNull();
  });

  it('omits facts of the notice above, and adds facts that only the console knows', () => {
    const told = { isTold: true };
    const offline = aServer({ power: 'offline' });
    expect(consoleBanner(offline, live, null, at(0), told)).toBeNull();
    expect(consoleBanner({ ...offline, crashedAt: 1 }, live, null, at(0), told)).toBeNull();
    const lost: Link = { kind: 'reconnecting', retryAt: 8000, problem: null };
    expect(consoleBanner(running, lost, null, at(0), told)).toBeNull();
    const unencrypted: Problem = { ...problem, code: 'node-unencrypted' };
    expect(consoleBanner(running, { ...lost, problem: unencrypted }, null, at(0), told)?.action).toBe(
      'allow-unencrypted',
    );
    expect(consoleBanner(running, live, problem, at(0), told)?.message).toBe('No access.');
    const reader = aServer({ power: 'running', permissions: ['websocket.connect'] });
    expect(consoleBanner(reader, live, null, at(0), told)?.next).toContain('control.console');
  });

  it('does not call an unreadable console readable', () => {
    const blind = aServer({ power: 'running', permissions: ['control.start'] });
    const banner = consoleBanner(blind, { kind: 'none' }, null, at(0));
    expect(banner?.message).toBe('Your key can’t read this console.');
    expect(banner?.next).toContain('websocket.connect');
    const reader = aServer({ power: 'running', permissions: ['websocket.connect'] });
    expect(consoleBanner(reader, live, null, at(0))?.message).toContain('You can read');
  });

  it('distinguishes a crash from an ordinary stop', () => {
    const crashed = aServer({ power: 'offline', crashedAt: 1, crash: { exitCode: 137, outOfMemory: true } });
    expect(consoleBanner(crashed, live, null, at(0))).toMatchObject({
      tone: 'error',
      message: 'The server crashed.',
      next: 'It ran out of memory (exit code 137).',
    });
  });

  it('does not call a possible stop a crash', () => {
    const moment = new Date(2026, 0, 2, 20, 14, 5).getTime();
    const unseen = { what: 'offline' as const, from: moment, to: moment + 27_400 };
    const gone = aServer({ crashedAt: 1, crash: { exitCode: null, outOfMemory: false, unseen } });
    expect(consoleBanner(gone, live, null, at(0))).toEqual({
      tone: 'warn',
      message: 'The server is offline.',
      next: 'It went offline between 21:14:05 and 21:14:33. It crashed, or somebody stopped it outside Perch.',
      action: 'start',
    });
    expect(crashInShort({ exitCode: null, outOfMemory: false, unseen })).toBe('from outside Perch');
  });

  it('counts down to the next attempt', () => {
    const link: Link = { kind: 'reconnecting', retryAt: 8_000, problem: null };
    expect(consoleBanner(running, link, null, at(0))?.next).toBe('Connecting again in 8 s.');
    expect(consoleBanner(running, link, null, at(9_000))?.next).toBe('Connecting again…');
    expect(consoleBanner(running, { ...link, problem }, null, at(0))?.message).toBe('No access.');
  });

  it('gives the reason of a refusal, with a retry button', () => {
    expect(consoleBanner(running, { kind: 'refused', problem, retryAt: 0 }, null, at(0))).toEqual({
      tone: 'error',
      message: 'No access.',
      next: 'Ask the owner.',
      action: 'retry',
    });
  });

  it('gives the time of the next attempt after a refusal', () => {
    const link: Link = { kind: 'refused', problem, retryAt: 60_000 };
    expect(consoleBanner(running, link, null, at(0))?.next).toBe('Ask the owner. Next attempt in 1 min.');
    expect(consoleBanner(running, link, null, at(60_000))?.next).toBe('Ask the owner.');
  });

  it('puts a block of the whole server before the connection', () => {
    const suspended = aServer({ condition: 'suspended', power: 'offline' });
    expect(consoleBanner(suspended, { kind: 'refused', problem, retryAt: 0 }, null, at(0))).toMatchObject({
      tone: 'warn',
      message: 'The server is suspended.',
      action: null,
    });
  });

  it('names who sees the output of an installation', () => {
    const installing = aServer({ condition: 'installing' });
    expect(consoleBanner(installing, live, null, at(0), { readsInstall: true })?.next).toContain(
      'shown below',
    );
    expect(consoleBanner(installing, live, null, at(0), { readsInstall: false })?.next).toContain(
      'administrators only',
    );
    expect(readsInstallation({ permissions: ['*'] }, false)).toBe(false);
    expect(readsInstallation({ permissions: ['*', 'admin.websocket.install'] }, false)).toBe(true);
    expect(readsInstallation({ permissions: null }, true)).toBe(true);
  });

  it('names the missing permission to send if no other problem exists', () => {
    const reader = aServer({ power: 'running', permissions: ['websocket.connect'] });
    expect(consoleBanner(reader, live, null, at(0))).toMatchObject({
      tone: 'info',
      next: 'Ask the server’s owner for the permission control.console.',
    });
    expect(consoleBanner({ ...reader, power: 'offline' }, live, null, at(0))?.action).toBe('start');
  });

  it('counts down while the panel refuses everybody', () => {
    const limited: Problem = { ...problem, code: 'rate-limited', retryAt: 40_000 };
    const link: Link = { kind: 'refused', problem: limited, retryAt: 90_000 };
    expect(consoleBanner(running, link, null, at(0))?.next).toBe('Ask the owner. It works again in 40 s.');
    expect(consoleBanner(running, link, null, at(40_000))?.next).toBe('Ask the owner.');
  });

  it('puts the end of the feed first', () => {
    expect(consoleBanner(running, live, problem, at(0))?.message).toBe('No access.');
  });
});

describe('crashWords', () => {
  it('gives known facts only', () => {
    expect(crashWords(null, at(0))).toBe('');
    expect(crashWords({ exitCode: null, outOfMemory: false }, at(0))).toBe('');
    expect(crashWords({ exitCode: 1, outOfMemory: false }, at(0))).toBe('It ended with exit code 1.');
    expect(crashWords({ exitCode: null, outOfMemory: true }, at(0))).toBe('It ran out of memory.');
    expect(crashInShort(null)).toBe('');
    expect(crashInShort({ exitCode: 137, outOfMemory: true })).toBe('out of memory');
    expect(crashInShort({ exitCode: 1, outOfMemory: false })).toBe('exit code 1');
  });
});
