/** Server list through the client: pages, malformed entries, and servers that the panel fails to show. */
import { describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { errorBody, page, serverItem } from '../../tests/support/panel-answers.js';
import type { HttpRequest } from '../base/network-ports.js';
import { createPanelClient } from './client.js';

function connect(answers: Answer[] | ((request: HttpRequest) => Answer)) {
  const http = new FakeHttp(answers);
  const log = new FakeLog();
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http,
    clock: new FakeClock(),
    log,
    authorize: (use) => use('ptlc_QQQQQQQQQQQ'),
  });
  return { client, http, log };
}

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const caught = await run.then(
    () => new Error('did not reject'),
    (error: unknown) => error,
  );
  if (!(caught instanceof PerchError)) throw caught;
  return caught.problem;
}

const uuid = (index: number) => `aaaaaaaa-0000-4000-8000-${String(index).padStart(12, '0')}`;

describe('the list', () => {
  it('comes with all pages, and each server once', async () => {
    const item = (index: number) => serverItem({ uuid: uuid(index) });
    const { client, http } = connect([
      answer(200, page([item(1), item(2)], 1, 3)),
      answer(200, page([item(2), item(3)], 2, 3)),
      answer(200, page([item(4)], 3, 3)),
    ]);
    const servers = await client.servers();
    expect(servers.map((server) => server.uuid)).toEqual([1, 2, 3, 4].map(uuid));
    expect(http.requests.map((request) => new URL(request.url).search)).toEqual([
      '?per_page=100&page=1&include=egg',
      '?per_page=100&page=2&include=egg',
      '?per_page=100&page=3&include=egg',
    ]);
  });

  it('comes with all pages where the panel does not say how many there are', async () => {
    const full = Array.from({ length: 50 }, (_, index) => serverItem({ uuid: uuid(index) }));
    const pages = [full, [serverItem({ uuid: uuid(50) })]].map((data) =>
      answer(200, { object: 'list', data }),
    );
    const [first, second] = pages;
    if (first === undefined || second === undefined) throw new Error('There are two pages.');
    for (const beyond of [answer(200, { object: 'list', data: [] }), second])
      expect(await connect([first, second, beyond]).client.servers()).toHaveLength(51);
    // A panel without pages sends the same again.
    expect(await connect([first, first]).client.servers()).toHaveLength(50);
  });

  it('has every server on request', async () => {
    const { client, http } = connect([answer(200, page([]))]);
    expect(await client.servers({ scope: 'admin-all' })).toEqual([]);
    expect(http.requests[0]?.url).toContain('&type=admin-all');
  });

  it('ends although a panel claims impossibly many pages', async () => {
    let index = 0;
    const { client, http, log } = connect(() =>
      answer(200, page([serverItem({ uuid: uuid(index++) })], 1, 1e9)),
    );
    expect(await client.servers()).toHaveLength(100);
    expect(http.requests).toHaveLength(100);
    expect(log.text).toContain('list-too-long');
  });

  it('ends with a page that brings no new server', async () => {
    const { client, http, log } = connect(() =>
      answer(200, page([serverItem({ uuid: uuid(1) }), serverItem({ uuid: uuid(2) })], 1, 50)),
    );
    expect(await client.servers()).toHaveLength(2);
    expect(http.requests).toHaveLength(2);
    expect(log.text).toContain('panel.list-repeats');
  });

  it('ends with 10,000 servers, however many a page brings', async () => {
    let index = 0;
    const many = () => Array.from({ length: 4000 }, () => serverItem({ uuid: uuid(index++) }));
    const { client, http, log } = connect(() => answer(200, page(many(), 1, 50)));
    expect(await client.servers()).toHaveLength(10_000);
    expect(http.requests).toHaveLength(3);
    expect(log.text).toContain('list-too-long');
  });

  it('leaves a malformed server out and names it in the log, and loses no other', async () => {
    const { client, log } = connect([
      answer(
        200,
        page([
          serverItem({ uuid: uuid(1) }),
          serverItem({ name: ['<b>'] }),
          'x',
          serverItem({ uuid: uuid(2) }),
        ]),
      ),
    ]);
    expect((await client.servers()).map((server) => server.uuid)).toEqual([uuid(1), uuid(2)]);
    expect(log.text).toContain('"index":1,"path":"attributes.name"');
    expect(log.text).toContain('"index":2');
    expect(client.strangeServers()).toBe(2);
  });

  describe('with servers that the panel fails to show', () => {
    const failure = () => answer(500, errorBody('Error', 500, 'An unexpected error was encountered.'));

    /** Panel of `size.total` servers; fails at every page that contains a server of `bad`. */
    function panelOf(size: { total: number }, bad: readonly number[], strange: readonly number[] = []) {
      return connect(({ url }) => {
        const { total } = size;
        const query = new URL(url).searchParams;
        const perPage = Number(query.get('per_page'));
        const start = (Number(query.get('page')) - 1) * perPage;
        const indexes = Array.from({ length: perPage }, (_, index) => start + index).filter(
          (at) => at < total,
        );
        if (indexes.some((at) => bad.includes(at))) return failure();
        const items = indexes.map((at) => (strange.includes(at) ? {} : serverItem({ uuid: uuid(at) })));
        const pagination = { total, total_pages: Math.max(1, Math.ceil(total / perPage)) };
        return answer(200, { object: 'list', data: items, meta: { pagination } });
      });
    }

    it.each([
      [130, [42], 20],
      [130, [0], 20],
      [130, [99], 20],
      [130, [117], 20],
      [3, [2], 20],
      [1, [0], 20],
      [250, [42, 43, 201], 36],
      [30, [0, 29], 36],
    ])('reads all others: %d servers, of which the panel fails at %j', async (total, bad, most) => {
      const { client, http, log } = panelOf({ total }, bad);
      const servers = await client.servers();
      const others = Array.from({ length: total }, (_, at) => at).filter((at) => !bad.includes(at));
      expect(servers.map((server) => server.uuid)).toEqual(others.map(uuid));
      expect(client.unreadServers()).toBe(bad.length);
      expect(http.requests.length).toBeLessThanOrEqual(most);
      expect(log.text).toContain(`panel.unread-servers {"count":${String(bad.length)}}`);
    });

    it('counts servers that it does not find within the request limit', async () => {
      const bad = Array.from({ length: 40 }, (_, index) => index * 5);
      const { client, http } = panelOf({ total: 200 }, bad);
      const servers = await client.servers();
      expect(http.requests.length).toBeLessThan(56);
      expect(servers.length + client.unreadServers()).toBe(200);
      expect(servers.length).toBeGreaterThan(10);
    });

    it('remembers the failing places, and reads around them, also in a grown list', async () => {
      const size = { total: 130 };
      const { client, http } = panelOf(size, [42]);
      await client.servers();
      for (const total of [130, 150]) {
        size.total = total;
        const before = http.requests.length;
        const servers = await client.servers();
        expect(servers.map((server) => server.uuid)).toEqual(
          Array.from({ length: total }, (_, at) => uuid(at)).filter((_, at) => at !== 42),
        );
        expect(client.unreadServers()).toBe(1);
        expect(http.requests.length - before).toBe(4);
      }
    });

    it('searches again after the list has moved, and remembers the new place', async () => {
      const bad = [42];
      const { client, http } = panelOf({ total: 130 }, bad);
      await client.servers();
      bad[0] = 17;
      for (const most of [24, 5]) {
        const before = http.requests.length;
        const servers = await client.servers();
        expect(servers).toHaveLength(129);
        expect(servers.map((server) => server.uuid)).not.toContain(uuid(17));
        expect(client.unreadServers()).toBe(1);
        expect(http.requests.length - before).toBeLessThanOrEqual(most);
      }
    });

    it('counts an unreadable server once, however often a page repeats it', async () => {
      const { client } = panelOf({ total: 130 }, [42], [50]);
      for (let reading = 0; reading < 2; reading++) {
        expect(await client.servers()).toHaveLength(128);
        expect([client.unreadServers(), client.strangeServers()]).toEqual([1, 1]);
      }
    });

    it('fails as a whole if the panel later fails for every server', async () => {
      const bad = [42];
      const { client } = panelOf({ total: 130 }, bad);
      await client.servers();
      bad.push(...Array.from({ length: 130 }, (_, at) => at));
      expect((await problemOf(client.servers())).code).toBe('panel-error');
    });

    it('asks for all of them again next time', async () => {
      const bad = [1];
      const { client } = panelOf({ total: 4 }, bad);
      expect(await client.servers()).toHaveLength(3);
      bad.pop();
      expect(await client.servers()).toHaveLength(4);
      expect(client.unreadServers()).toBe(0);
    });

    it('fails as a whole if an empty page fails too, or all of several servers', async () => {
      const { client, http } = connect(() => failure());
      expect((await problemOf(client.servers())).code).toBe('panel-error');
      expect(http.requests).toHaveLength(3);
      const all = panelOf({ total: 3 }, [0, 1, 2]);
      expect((await problemOf(all.client.servers())).code).toBe('panel-error');
    });

    it('ends with another problem on the way', async () => {
      const closed = answer(503, errorBody('HttpException', 503, 'x'));
      const empty = answer(200, { data: [], meta: { pagination: { total: 40, total_pages: 40 } } });
      const { client } = connect([failure(), failure(), empty, failure(), closed]);
      expect((await problemOf(client.servers())).code).toBe('panel-unreachable');
      const beyond = connect([failure(), failure(), answer(200, page([]))]);
      expect((await problemOf(beyond.client.servers())).code).toBe('panel-error');
    });
  });

  it('is invalid if no element is a server', async () => {
    const { client } = connect([answer(200, page([{ a: 1 }, null]))]);
    expect((await problemOf(client.servers())).code).toBe('protocol');
  });
});
