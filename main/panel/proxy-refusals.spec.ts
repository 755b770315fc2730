/** Refusals in JSON by what stands in front of a panel: none of them says anything about the account. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import {
  askedCalls,
  askWith,
  checkWords,
  foreign,
  type RefusedResponse,
} from '../../tests/support/refused-calls.js';

/** An error 1xxx of Cloudflare, as it tells programs (PROTOCOL 3.1.7). */
function cloudflare(status: number, code: number, name: string): RefusedResponse {
  const body = {
    type: `https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-1xxx-errors/error-${code}/`,
    title: `Error ${code}: ${foreign}`,
    status,
    detail: foreign,
    instance: '9d99a4434fz2d168',
    error_code: code,
    error_name: name,
    retryable: status === 429,
    cloudflare_error: true,
  };
  return {
    status,
    body,
    headers: { 'content-type': 'application/json; charset=utf-8', server: 'cloudflare' },
  };
}

const problemJson: RefusedResponse = {
  status: 403,
  body: { type: 'about:blank', title: foreign, status: 403, detail: foreign },
  headers: { 'content-type': 'application/problem+json; charset=utf-8' },
};

describe.each<[string, RefusedResponse, Problem['code'], string]>([
  ['a blocked address', cloudflare(403, 1006, 'ip_banned'), 'panel-unreachable', 'panel.firewall'],
  ['a blocked client', cloudflare(403, 1010, 'browser_signature'), 'panel-unreachable', 'panel.firewall'],
  [
    'a name without an address',
    cloudflare(409, 1001, 'dns_resolution_error'),
    'panel-unreachable',
    'panel.gateway',
  ],
  ['a silent web server', cloudflare(530, 1033, 'tunnel_error'), 'panel-unreachable', 'panel.gateway'],
  ['a refusal of another proxy', problemJson, 'panel-unreachable', 'panel.firewall'],
])('%s', (what, response, code, id) => {
  it('means the same for every call', async () => {
    for (const name of askedCalls) {
      const { problem, isWrite } = await askWith(name, response);
      expect([problem?.code, problem?.message.id], name).toEqual([code, id]);
      if (problem === null) throw new Error(name);
      checkWords(problem, `${what}: ${name}`);
      expect(problem.permission, name).toBeUndefined();
      if (problem.maybeDone === true) expect(isWrite, name).toBe(true);
    }
  });
});

it('a limit of Cloudflare ends when Cloudflare says', async () => {
  const response = cloudflare(429, 1015, 'rate_limited');
  const until = new FakeClock().now() + 30_000;
  for (const name of askedCalls) {
    const { problem } = await askWith(name, { ...response, headers: { 'retry-after': '30' } });
    expect([problem?.code, problem?.retryAt], name).toEqual(['rate-limited', until]);
  }
});

it('JSON of a panel without these marks is still a missing permission', async () => {
  for (const body of [{ message: foreign }, { cloudflare_error: 'true' }, { cloudflare_error: false }]) {
    const { problem } = await askWith('addAllocation', { status: 403, body });
    expect(problem).toMatchObject({ code: 'forbidden', permission: 'allocation.create' });
  }
});
