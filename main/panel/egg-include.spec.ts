/** Server list of a panel that fails when eggs are included, through the client. */
import { describe, expect, it } from 'vitest';
import { PerchError, type ProblemCode } from '../../bridge/errors.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { errorBody, page, serverItem } from '../../tests/support/panel-answers.js';
import { createPanelClient } from './client.js';

function connect(respond: (query: URLSearchParams) => Answer) {
  const http = new FakeHttp(({ url }) => respond(new URL(url).searchParams));
  const log = new FakeLog();
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http,
    clock: new FakeClock(),
    log,
    authorize: (use) => use('ptlc_QQQQQQQQQQQ'),
  });
  /** Reads the list once; returns for each request whether it asked for eggs. */
  const reading = async (): Promise<boolean[]> => {
    const before = http.requests.length;
    await client.servers();
    return http.requests.slice(before).map(({ url }) => url.includes('include=egg'));
  };
  return { client, http, log, reading };
}

const uuid = (index: number) => `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`;
const failure = () => answer(500, errorBody('Error', 500, 'An unexpected error was encountered.'));
const list = () => answer(200, page([serverItem()]));

/**
 * Panel of `total` servers: pages with a server of `bad` always fail, and pages with a server of `badEggs` fail with
 * eggs included.
 */
function panelOf(total: number, bad: readonly number[], badEggs: readonly number[]) {
  return connect((query) => {
    const size = Number(query.get('per_page'));
    const start = (Number(query.get('page')) - 1) * size;
    const on = Array.from({ length: size }, (_, at) => start + at).filter((at) => at < total);
    if (on.some((at) => bad.includes(at))) return failure();
    if (query.has('include') && on.some((at) => badEggs.includes(at))) return failure();
    const data = on.map((at) => serverItem({ uuid: uuid(at) }));
    const pagination = { total, total_pages: Math.ceil(total / size) };
    return answer(200, { object: 'list', data, meta: { pagination } });
  });
}

const all = (total: number) => Array.from({ length: total }, (_, at) => at);

describe('a list that fails when eggs are requested', () => {
  it.each([
    ['400 of the panel', answer(400, errorBody('InvalidIncludeQuery', 400, 'x'))],
    ['400 of a filter', answer(400, '<h1>Bad Request</h1>')],
    ['403 of a filter', answer(403, '<h1>Blocked</h1>')],
    ['406 of a filter', answer(406, '<h1>Not Acceptable</h1>')],
    ['422', answer(422, errorBody('ValidationException', 422, 'x'))],
  ])('is read once without eggs, and from then on: %s', async (_, refusal) => {
    const { client, log, reading } = connect((query) => (query.has('include') ? refusal : list()));
    expect(await reading()).toEqual([true, false]);
    expect(await reading()).toEqual([false]);
    expect(await client.servers({ scope: 'admin-all' })).toHaveLength(1);
    expect(log.text.split('panel.list-without-eggs')).toHaveLength(2);
  });

  it('also after an error of the panel, permanently after the second', async () => {
    const { reading } = connect((query) => (query.has('include') ? failure() : list()));
    expect(await reading()).toEqual([true, false]);
    expect(await reading()).toEqual([true, false]);
    expect(await reading()).toEqual([false]);
  });

  it('is read with eggs again after a momentary error', async () => {
    let isAiling = true;
    const { log, reading } = connect((query) => (isAiling && query.has('include') ? failure() : list()));
    expect(await reading()).toEqual([true, false]);
    isAiling = false;
    expect(await reading()).toEqual([true]);
    expect(log.text).not.toContain('panel.list-without-eggs');
  });

  it('has each server that can be read without its egg', async () => {
    const { client } = panelOf(130, [42], [7]);
    for (let reading = 0; reading < 3; reading++) {
      const servers = await client.servers();
      expect(servers.map((server) => server.uuid)).toEqual(
        all(130)
          .filter((at) => at !== 42)
          .map(uuid),
      );
      expect(client.unreadServers()).toBe(1);
    }
  });

  it('has all other servers if every egg and a server fail, for few more requests', async () => {
    const { client, http, reading } = panelOf(130, [42], all(130));
    expect(await client.servers()).toHaveLength(129);
    expect(client.unreadServers()).toBe(1);
    expect(http.requests.length).toBeLessThanOrEqual(45);
    expect(await reading()).toEqual([false, false, false, false]);
  });

  it('has all other servers if eggs are refused and a server fails', async () => {
    const refusal = answer(400, errorBody('InvalidIncludeQuery', 400, 'x'));
    const { client } = connect((query) => {
      if (query.has('include')) return refusal;
      const [size, number] = [Number(query.get('per_page')), Number(query.get('page'))];
      if (number === 1) return failure();
      const data = size === 1 && number <= 3 ? [serverItem({ uuid: uuid(number) })] : [];
      return answer(200, { object: 'list', data, meta: { pagination: { total: 3, total_pages: 3 } } });
    });
    expect(await client.servers()).toHaveLength(2);
    expect(client.unreadServers()).toBe(1);
  });

  it.each<[number, unknown, ProblemCode]>([
    [400, errorBody('TwoFactorAuthRequiredException', 400, 'x'), 'forbidden'],
    [401, errorBody('AuthenticationException', 401, 'x'), 'unauthorized'],
    [403, errorBody('AccessDeniedHttpException', 403, 'x'), 'forbidden'],
    [404, errorBody('NotFoundHttpException', 404, 'x'), 'not-a-panel'],
    [429, errorBody('TooManyRequestsHttpException', 429, 'x'), 'rate-limited'],
    [503, '<h1>x</h1>', 'panel-unreachable'],
  ])('is not read again after %i, which has another cause', async (status, body, code) => {
    const { client, http } = connect(() => answer(status, body));
    await expect(client.servers()).rejects.toMatchObject({ problem: { code } });
    expect(http.requests).toHaveLength(1);
  });

  it('waits for the rate limit before the read without eggs, which counts as a call', async () => {
    const left = (remaining: number) => ({
      'x-ratelimit-limit': '240',
      'x-ratelimit-remaining': String(remaining),
    });
    const refusal = errorBody('InvalidIncludeQuery', 400, 'x');
    const spent = connect(() => answer(400, refusal, left(0)));
    await expect(spent.client.servers()).rejects.toBeInstanceOf(PerchError);
    expect(spent.http.requests).toHaveLength(1);
    const free = connect((query) => (query.has('include') ? answer(400, refusal, left(100)) : list()));
    expect(await free.reading()).toEqual([true, false]);
    expect(free.client.callsLeft()).toBe(99);
  });
});
