import { verbatim } from '../../messages/messages.js';
import { describe, expect, it } from 'vitest';
import type { Server } from '../schema/domain.js';
import { conditionWord, countedState, serverMark, serverWord } from './marks.js';
import { aCertificate, anAccount, aServer } from '../../tests/support/entities.js';
import { aProblem } from '../../tests/support/a-problem.js';

const problem = {
  code: 'panel-unreachable' as const,
  message: verbatim('No answer.'),
  next: verbatim('Wait.'),
};
const unseen = {
  exitCode: null,
  outOfMemory: false,
  unseen: { what: 'offline' as const, from: 0, to: 1 },
};
const failed = anAccount({ state: { kind: 'failed', problem, retryAt: 0 } });

describe('serverMark', () => {
  it('trusts no state from an earlier run', () => {
    const lastRun = { at: 0, state: 'running' as const, usage: null };
    const past = aServer({ power: null, condition: 'suspended', lastRun });
    const loading = anAccount({ state: { kind: 'loading' } });
    expect(serverMark(past, loading)).toBe('unread');
    expect(serverWord(past, loading)).toBe('loading');
    expect(serverWord(past, failed)).toBe('unreachable');
    expect(serverWord(past, anAccount())).toBe('suspended');
    expect(serverWord({ ...past, condition: 'normal' }, anAccount())).toBe('loading');
  });

  it('has a word for a condition that closes a server, also for a past one', () => {
    expect(conditionWord('suspended')).toBe('suspended');
    expect(conditionWord('transferring')).toBe('moving');
    expect(conditionWord('normal')).toBeNull();
    expect(conditionWord('reinstall-failed')).toBeNull();
  });

  it.each<[string, Partial<Server>, string, string]>([
    ['a running server', { power: 'running' }, 'running', 'running'],
    ['a starting server', { power: 'starting' }, 'busy', 'starting'],
    ['a stopping server', { power: 'stopping' }, 'busy', 'stopping'],
    ['an offline server', { power: 'offline' }, 'offline', 'offline'],
    ['a server nobody asked about', { power: null }, 'unread', 'loading'],
    ['a server of which nobody could tell', { power: null, problem }, 'unknown', 'unknown'],
    [
      'one that an earlier run has seen, of which nobody could tell since',
      { power: null, problem, lastRun: { at: 0, state: 'running', usage: null } },
      'unknown',
      'unknown',
    ],
    ['our own signal', { power: 'running', pending: { signal: 'restart', since: 1 } }, 'busy', 'restarting'],
    ['a crashed server', { power: 'offline', crashedAt: 1 }, 'crashed', 'crashed'],
    [
      'a crashed server that its node starts again',
      { power: 'starting', crashedAt: 1 },
      'crashed',
      'crashed, starting again',
    ],
    ['a crashed server that runs again', { power: 'running', crashedAt: 1 }, 'running', 'running'],
    [
      'a server that went offline unseen',
      { power: 'offline', crashedAt: 1, crash: unseen },
      'offline',
      'offline',
    ],
    ['the same while it starts', { power: 'starting', crashedAt: 1, crash: unseen }, 'busy', 'starting'],
    ['a suspended server', { condition: 'suspended', crashedAt: 1 }, 'suspended', 'suspended'],
    ['a node under maintenance', { condition: 'maintenance' }, 'suspended', 'maintenance'],
    ['an installing server', { condition: 'installing' }, 'installing', 'installing'],
    ['a server on its way', { condition: 'transferring' }, 'installing', 'moving'],
    [
      'a failed reinstallation, which blocks everything',
      { condition: 'reinstall-blocked', power: 'offline' },
      'suspended',
      'reinstall failed',
    ],
    [
      'a failed reinstallation, which blocks nothing',
      { condition: 'reinstall-failed' },
      'offline',
      'offline',
    ],
  ])('%s', (_name, fields, mark, word) => {
    expect(serverMark(aServer(fields))).toBe(mark);
    expect(serverWord(aServer(fields))).toBe(word);
  });

  it.each([
    { kind: 'refused', retryAt: 0 },
    { kind: 'reconnecting', retryAt: 0 },
  ] as const)('is no green mark while the certificate of the node awaits a decision ($kind)', (link) => {
    const waits = (fields: Partial<Server>) =>
      aServer({
        link: { ...link, problem: aProblem('tls-untrusted', { certificate: aCertificate() }) },
        ...fields,
      });
    expect(serverMark(waits({ power: 'running' }))).toBe('unwatched');
    expect(serverWord(waits({ power: 'running' }))).toBe('running, not live');
    expect(countedState(waits({ power: 'running' }))).toBe('running');
    expect(serverMark(waits({ power: 'offline' }))).toBe('offline');
    const away = aServer({ power: 'running', link: { ...link, problem: aProblem('node-unreachable') } });
    expect(serverMark(away)).toBe('running');
  });

  it('does not trust old states of a failing panel, unless a socket reports', () => {
    expect(serverWord(aServer({ power: 'running' }), failed)).toBe('unreachable');
    const limited = { ...problem, code: 'rate-limited' as const };
    const resting = anAccount({ state: { kind: 'failed', problem: limited, retryAt: 0 } });
    expect(serverWord(aServer({ power: 'running' }), resting)).toBe('running');
    expect(serverWord(aServer({ power: null }), resting)).toBe('unknown');
    expect(serverMark(aServer({ power: 'running', link: { kind: 'live' } }), failed)).toBe('running');
  });
});
