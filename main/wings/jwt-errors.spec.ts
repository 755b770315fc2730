import { describe, expect, it } from 'vitest';
import { readJwtError } from './jwt-errors.js';

/** Prefix of an answer to `auth`; errors of other messages have none. */
const answer = 'Error Event [00000000-0000-0000-0000-000000000000]: ';

describe('evidence of a jwt error about the tokens', () => {
  const live = { isFirst: false, isSent: false };
  const renewing = { isFirst: false, isSent: true };
  const first = { isFirst: true, isSent: true };

  it.each([
    ['jwt: missing connect permission', 'no-permission'],
    ['jwt: server uuid mismatch', 'wrong-server'],
  ])('%s: the same in every phase', (text, means) => {
    for (const phase of [live, renewing, first]) {
      expect(readJwtError(text, phase).means).toBe(means);
      expect(readJwtError(answer + text, phase).means).toBe(means);
    }
  });

  it('answers a sent token if it has the prefix of an answer', () => {
    expect(readJwtError(`${answer}jwt: exp claim is invalid`, renewing)).toEqual({
      kind: 'expired',
      means: 'rejected',
    });
    expect(readJwtError(`${answer}something new`, renewing).means).toBe('rejected');
  });

  it('answers the first token of a connection even without the prefix', () => {
    expect(readJwtError('jwt: created too far in past (denylist)', first)).toEqual({
      kind: 'denied',
      means: 'rejected',
    });
  });

  it('ends the token in force without the prefix', () => {
    expect(readJwtError('jwt: exp claim is invalid', live)).toEqual({ kind: 'expired', means: 'ended' });
    expect(readJwtError('jwt: exp claim is invalid', renewing).means).toBe('ended');
    expect(readJwtError('jwt: no jwt present', live).means).toBe('ended');
  });

  it('blames no token while the answer to a sent token follows, or if none was sent', () => {
    expect(readJwtError('jwt: no jwt present', first).means).toBeNull();
    expect(readJwtError('jwt: no jwt present', renewing).means).toBeNull();
    expect(readJwtError(`${answer}jwt: exp claim is invalid`, live).means).toBeNull();
  });
});
