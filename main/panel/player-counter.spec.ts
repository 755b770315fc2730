/** Calls of Pelican's plugin that counts players, through the panel client (PROTOCOL 8.5). */
import { describe, expect, it } from 'vitest';
import { spoken } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { errorBody } from '../../tests/support/panel-answers.js';
import { toProblem } from '../../bridge/errors.js';
import { createPanelClient } from './client.js';

const key = 'ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';

function connect(answers: Answer[]) {
  const http = new FakeHttp(answers);
  const clock = new FakeClock();
  const log = new FakeLog();
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http,
    clock,
    log,
    authorize: (use) => use(key),
  });
  const paths = () => http.requests.map(({ method, url }) => `${method} ${url.split('/api/client')[1]}`);
  return { client, clock, paths };
}

const figures = (fields: object = {}) =>
  answer(200, { hostname: 'A server', map: 'world', current_players: 3, max_players: 20, ...fields });
const error = (status: number, code: string, detail: string) =>
  answer(status, errorBody(code, status, detail));
const noRoute = error(
  404,
  'NotFoundHttpException',
  'The route api/client/servers/a/query could not be found.',
);
const noServer = error(
  404,
  'NotFoundHttpException',
  'The requested resource could not be found on the server.',
);
const limited = answer(429, errorBody('ThrottleRequestsException', 429, 'Too Many Attempts.'), {
  'x-ratelimit-limit': '2',
  'x-ratelimit-remaining': '0',
  'retry-after': '40',
});

describe('the plugin that counts players', () => {
  it('returns the figures of a server and the names of its players', async () => {
    const { client, paths } = connect([figures(), answer(200, ['Wren', 'Saga'])]);
    expect(await client.playerCount('a')).toEqual({ kind: 'counted', players: 3, slots: 20, map: 'world' });
    expect(await client.playerNames('a')).toEqual({ kind: 'named', names: ['Wren', 'Saga'] });
    expect(paths()).toEqual(['GET /servers/a/query', 'GET /servers/a/query/players']);
  });

  it.each([
    ['the panel has no plugin', noRoute, 'absent'],
    ['the server does not run', error(406, 'HttpException', 'Server is offline'), 'offline'],
    ['the egg has no protocol', error(406, 'HttpException', 'Server has no query'), 'no-query'],
    ['the server has no address', error(406, 'HttpException', 'Server has invalid allocation'), 'no-address'],
    ['nobody is named', error(406, 'HttpException', 'Server query has no player list'), 'no-names'],
    ['the game does not answer', error(500, 'TypeError', 'An unexpected error was encountered.'), 'silent'],
    [
      'an older version got no answer',
      figures({ hostname: '', current_players: 0, max_players: 0 }),
      'silent',
    ],
  ])('says why there is no number: %s', async (_, said, why) => {
    const { client } = connect([said]);
    expect(await client.playerCount('a')).toEqual({ kind: 'refused', why });
  });

  it.each([
    ['a server that is gone', noServer, 'not-found'],
    ['a refusal in other words', error(406, 'HttpException', 'Not today'), 'protocol'],
    ['a refused access', error(403, 'AuthorizationException', 'This action is unauthorized.'), 'forbidden'],
    ['a server that is moved', error(409, 'ServerStateConflictException', 'Installing'), 'conflict'],
    ['a failing database', error(500, 'QueryException', 'An unexpected error'), 'panel-error'],
    ['a gateway', answer(502, '<html>Bad gateway</html>'), 'panel-unreachable'],
    ['a page', answer(200, '<html>Hello</html>'), 'not-a-panel'],
    ['other JSON', answer(200, { ok: true }), 'protocol'],
    ['a list instead of figures', answer(200, ['Wren']), 'protocol'],
    ['a figure that is none', figures({ current_players: 'many' }), 'protocol'],
    [
      'errors with status 200',
      answer(200, errorBody('HttpException', 406, 'Server is offline')),
      'not-a-panel',
    ],
  ])('fails with a problem: %s', async (_, said, code) => {
    const { client } = connect([said]);
    const problem = toProblem(await client.playerCount('a').catch((failure: unknown) => failure));
    expect(problem.code).toBe(code);
  });

  it('is not asked again before its limit has ended, with a sentence about that limit', async () => {
    const { client, clock, paths } = connect([limited, figures(), figures()]);
    const asked = client.playerCount('a').catch((failure: unknown) => toProblem(failure));
    expect(await asked).toMatchObject({
      code: 'rate-limited',
      ofServer: true,
      retryAt: clock.now() + 40_000,
    });
    const again = toProblem(await client.playerNames('a').catch((failure: unknown) => failure));
    expect(spoken(again.message)).toContain('twice a minute');
    expect(paths()).toHaveLength(1);
    // The limit is one server's.
    expect(await client.playerCount('b')).toMatchObject({ kind: 'counted' });
    await clock.advance(41_000);
    expect(await client.playerCount('a')).toMatchObject({ kind: 'counted' });
  });

  it('proves nothing about the general limit, and about console connections', async () => {
    const headers = { 'x-ratelimit-limit': '2', 'x-ratelimit-remaining': '1' };
    const { client } = connect([answer(200, { current_players: 1, max_players: 2 }, headers)]);
    await client.playerCount('a');
    expect([client.rateLimit(), client.tokenLimit()]).toEqual([null, null]);
  });

  it('sends no identifier that changes the address', async () => {
    const { client, paths } = connect([]);
    await expect(client.playerCount('../x')).rejects.toMatchObject({ problem: { code: 'not-found' } });
    expect(paths()).toEqual([]);
  });

  it('may send arbitrary texts: names are texts, at most a thousand', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => `Player ${index}`);
    const { client } = connect([answer(200, [null, 3, {}, ['x'], 'Wren', ...many])]);
    const named = await client.playerNames('a');
    const names = named.kind === 'named' ? named.names : [];
    expect(names[0]).toBe('Wren');
    expect(names.length).toBeLessThanOrEqual(1000);
  });
});
