import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../bridge/errors.js';
import { anAccount } from '../../../tests/support/entities.js';
import { verbatim } from '../../../messages/messages.js';
import { serverNotice } from './server-notice.js';

const problem: Problem = { code: 'timeout', message: verbatim('No answer.'), next: verbatim('Wait.') };
const fixIt = { kind: 'eula' as const, at: 1, lines: [] };
const failed = anAccount({ state: { kind: 'failed', problem, retryAt: 0 } });
const nothing = { failure: null, fixIt: null, problem: null, account: anAccount() };

describe('serverNotice', () => {
  it('is the notice that explains the others', () => {
    const failure = { signal: 'start' as const, problem };
    const kindOf = (known: Partial<Parameters<typeof serverNotice>[0]>) =>
      serverNotice({ ...nothing, ...known })?.kind ?? null;
    expect(kindOf({})).toBeNull();
    expect(kindOf({ account: undefined })).toBeNull();
    expect(kindOf({ account: failed })).toBe('panel');
    expect(kindOf({ account: failed, problem })).toBe('server');
    expect(kindOf({ account: failed, problem, fixIt })).toBe('fix');
    expect(kindOf({ account: failed, problem, fixIt, failure })).toBe('failure');
  });
});
