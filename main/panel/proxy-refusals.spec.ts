/** Refusals in JSON by proxies in front of a panel: none says anything about the account. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../bridge/errors.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import {
  askedCalls,
  askWith,
  checkWords,
  foreign,
  type RefusedResponse,
} from '../../tests/support/refused-calls.js';
import { createPanelClient } from './client.js';

/** An error 1xxx of Cloudflare, in the form for programs (PROTOCOL 3.1.7). */
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

it.each<[string, RefusedResponse]>([
  ['Cloudflare', cloudflare(429, 1015, 'rate_limited')],
  ['a web server', { status: 429, body: '<html><h1>429 Too Many Requests</h1></html>' }],
  ['a web server without words', { status: 429, body: '' }],
])('a limit of %s is none of the account, and ends when it says', async (_who, response) => {
  const until = new FakeClock().now() + 30_000;
  for (const name of askedCalls) {
    const { problem } = await askWith(name, { ...response, headers: { 'retry-after': '30' } });
    expect([problem?.code, problem?.message.id, problem?.retryAt, problem?.ofServer], name).toEqual([
      'rate-limited',
      'panel.rate-limited-front',
      until,
      undefined,
    ]);
  }
});

it('the limit of a web server, met by one call, pauses every read, and is reported as a limit', async () => {
  const page = answer(429, '<html>429 Too Many Requests</html>', { 'retry-after': '30' });
  const user = { id: 1, admin: true, username: 'olive', email: 'olive@example.com' };
  const http = new FakeHttp(({ url }) =>
    url.endsWith('/websocket') ? page : answer(200, { object: 'user', attributes: user }),
  );
  const clock = new FakeClock();
  const panelUrl = 'https://panel.example.com';
  const client = createPanelClient({
    panelUrl,
    http,
    clock,
    log: new FakeLog(),
    authorize: (use) => use('ptlc_x'),
  });
  const retryAt = clock.now() + 30_000;
  const problem = { code: 'rate-limited', retryAt, message: { id: 'panel.rate-limited-front' } };
  await expect(client.socketTicket('aaaaaaaa')).rejects.toMatchObject({ problem });
  await expect(client.account()).rejects.toMatchObject({ problem });
  expect([http.requests.length, client.restUntil(0.25)]).toEqual([1, retryAt]);
  await clock.advance(30_000);
  expect((await client.account()).username).toBe('olive');
});

it('JSON of a panel without these marks is still a missing permission', async () => {
  for (const body of [{ message: foreign }, { cloudflare_error: 'true' }, { cloudflare_error: false }]) {
    const { problem } = await askWith('addAllocation', { status: 403, body });
    expect(problem).toMatchObject({ code: 'forbidden', permission: 'allocation.create' });
  }
});
