import { describe, expect, expectTypeOf, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { verbatim } from '../../messages/messages.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp, type Answer } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { errorBody } from '../../tests/support/panel-answers.js';
import { saying } from '../../tests/support/spoken-problem.js';
import { HttpFailure, type HttpRequest } from '../base/network-ports.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';

const key = 'ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';

function connect(
  answers: Answer[] | ((request: HttpRequest) => Answer),
  panelUrl = 'https://panel.example.com/sub',
) {
  const http = new FakeHttp(answers);
  const log = new FakeLog();
  const clock = new FakeClock();
  const client = createPanelClient({ panelUrl, http, clock, log, authorize: (use) => use(key) });
  return { client, http, log, clock };
}

async function problemOf(run: Promise<unknown>): Promise<Problem> {
  const caught = await run.then(
    () => new Error('did not reject'),
    (error: unknown) => error,
  );
  if (!(caught instanceof PerchError)) throw caught;
  return caught.problem;
}

const reset = () => new HttpFailure('reset', 'ECONNRESET');
const user = {
  object: 'user',
  attributes: { id: 1, admin: true, username: 'olive', email: 'olive@example.com' },
};

describe('requests', () => {
  it('go to the API below the path prefix, with the key and without headers of a browser', async () => {
    const { client, http } = connect([answer(204, null)]);
    await client.power('aaaaaaaa', 'start');
    const [sent] = http.requests;
    expect(sent).toMatchObject({
      method: 'POST',
      url: 'https://panel.example.com/sub/api/client/servers/aaaaaaaa/power',
      body: '{"signal":"start"}',
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
      },
    });
    expect(Object.keys(sent?.headers ?? {}).sort()).toEqual(['accept', 'authorization', 'content-type']);
    expect(client.origin).toBe('https://panel.example.com');
  });

  it('send the fields of each call', async () => {
    const { client, http } = connect(() => answer(204, null));
    await client.command('aaaaaaaa', 'say hi');
    await client.rename('aaaaaaaa', { name: 'New' });
    await client.rename('aaaaaaaa', { name: 'New', description: '' });
    await client.describe('aaaaaaaa', 'Quiet');
    await client.setDockerImage('aaaaaaaa', 'registry.example.com/java:21');
    await client.writeFile('aaaaaaaa', 'a&b.txt', 'eula=true');
    expect(
      http.requests.map(({ method, url, body }) => [method, url.split('/servers/aaaaaaaa')[1], body]),
    ).toEqual([
      ['POST', '/command', '{"command":"say hi"}'],
      ['POST', '/settings/rename', '{"name":"New"}'],
      ['POST', '/settings/rename', '{"description":"","name":"New"}'],
      ['POST', '/settings/description', '{"description":"Quiet"}'],
      ['PUT', '/settings/docker-image', '{"docker_image":"registry.example.com/java:21"}'],
      ['POST', '/files/write?file=a%26b.txt', 'eula=true'],
    ]);
    // The panel would refuse JSON that does not parse (PROTOCOL 1.6).
    expect(http.requests.at(-1)?.headers).toMatchObject({ 'content-type': 'text/plain' });
  });

  it.each(['..', '.', '', 'a/b', 'a?b', 'a%2fb'])('never lead to another path: %j', async (identifier) => {
    const { client, http } = connect([]);
    expect((await problemOf(client.power(identifier, 'kill'))).code).toBe('not-found');
    expect(http.requests).toHaveLength(0);
  });

  it('accept `[]` as success of a reinstallation, and no web page for any call', async () => {
    const { client } = connect([answer(202, []), answer(200, '<html>Sign in</html>')]);
    await client.reinstall('aaaaaaaa');
    expect((await problemOf(client.power('aaaaaaaa', 'start'))).code).toBe('not-a-panel');
  });

  it('close their connections with the client', async () => {
    const { client, http } = connect([]);
    await client.close();
    expect(http.isClosed).toBe(true);
  });
});

describe('repeating', () => {
  it('happens once, to a read whose connection broke', async () => {
    const { client, http } = connect([reset(), answer(200, user)]);
    expect(await client.account()).toEqual({ username: 'olive', email: 'olive@example.com', isAdmin: true });
    expect(http.requests).toHaveLength(2);
  });

  it('does not happen for a token request: each counts against five per server and minute', async () => {
    const { client, http } = connect(() => reset());
    await expect(client.socketTicket('1a2b3c4d')).rejects.toMatchObject({
      problem: { code: 'panel-unreachable' },
    });
    expect(http.requests).toHaveLength(1);
  });

  it('ends after the second failure', async () => {
    const { client, http } = connect([reset(), reset(), answer(200, user)]);
    expect((await problemOf(client.account())).code).toBe('panel-unreachable');
    expect(http.requests).toHaveLength(2);
  });

  it.each<[string, (client: PanelApi) => Promise<unknown>]>([
    ['power', (client) => client.power('aaaaaaaa', 'restart')],
    ['command', (client) => client.command('aaaaaaaa', 'op olive')],
    ['rename', (client) => client.rename('aaaaaaaa', { name: 'x' })],
    ['describe', (client) => client.describe('aaaaaaaa', 'x')],
    ['reinstall', (client) => client.reinstall('aaaaaaaa')],
    ['setDockerImage', (client) => client.setDockerImage('aaaaaaaa', 'x')],
    ['writeFile', (client) => client.writeFile('aaaaaaaa', 'x', 'y')],
    ['setVariable', (client) => client.setVariable('aaaaaaaa', 'K', 'v')],
  ])('never happens to %s, which may have been carried out', async (_name, act) => {
    const { client, http } = connect(() => reset());
    expect((await problemOf(act(client))).maybeDone).toBe(true);
    expect(http.requests).toHaveLength(1);
  });

  it.each([
    ['the limit of time', new HttpFailure('timeout', 'limit'), 'timeout'],
    ['a port where nobody listens', new HttpFailure('unreachable', 'ECONNREFUSED'), 'panel-unreachable'],
    ['what is no HTTP', new HttpFailure('reset', 'parse error', { reason: 'not-http' }), 'not-a-panel'],
    ['an error of another kind', Object.assign(new Error('no key'), { kind: 'reset' }), 'internal'],
  ])('does not happen to a read after %s', async (_name, failure, code) => {
    const { client, http } = connect([failure, answer(200, user)]);
    expect((await problemOf(client.account())).code).toBe(code);
    expect(http.requests).toHaveLength(1);
  });

  it('does not happen after a time limit', async () => {
    const { client, http } = connect(() => new HttpFailure('timeout', 'limit'));
    expect((await problemOf(client.account({ timeoutMs: 10_000 }))).code).toBe('timeout');
    expect(http.requests.map((request) => request.timeoutMs)).toEqual([10_000]);
  });
});

describe('the limiter', () => {
  it('is known from an answer, but not from that of the websocket route', async () => {
    const limits = { 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '4' };
    const ticket = { data: { token: 'a.b.c', socket: 'wss://node.example.com/ws' } };
    const { client } = connect([
      answer(200, ticket, limits),
      answer(200, user, { 'x-ratelimit-limit': '240', 'x-ratelimit-remaining': '239' }),
    ]);
    await client.socketTicket('aaaaaaaa');
    expect(client.rateLimit()).toBeNull();
    await client.account();
    expect(client.rateLimit()).toBe(240);
  });

  const refusal = () =>
    answer(429, errorBody('ThrottleRequestsException', 429, 'Too Many Attempts.'), { 'retry-after': '30' });

  it('blocks reads until the time named by the panel, and lets the user act', async () => {
    const { client, http, clock } = connect((request) =>
      request.method === 'POST'
        ? answer(204, null)
        : http.requests.length === 1
          ? refusal()
          : answer(200, user),
    );
    const retryAt = clock.now() + 30_000;
    expect(await problemOf(client.account())).toMatchObject({ code: 'rate-limited', retryAt });
    await clock.advance(10_000);
    expect(await problemOf(client.resources('aaaaaaaa'))).toMatchObject({ code: 'rate-limited', retryAt });
    expect(http.requests).toHaveLength(1);
    await client.power('aaaaaaaa', 'stop');
    await clock.advance(20_000);
    expect((await client.account()).username).toBe('olive');
  });

  it('says that Perch made most of the calls, if so', async () => {
    const headers = (left: number) => ({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': String(left) });
    const { client, clock, http } = connect(() =>
      http.requests.length <= 6
        ? answer(204, null, headers(10 - http.requests.length))
        : answer(429, errorBody('ThrottleRequestsException', 429, 'Too Many Attempts.'), headers(0)),
    );
    for (let sent = 0; sent < 6; sent++) await client.power('aaaaaaaa', 'stop');
    const own = saying(
      'panel.example.com asks for a pause: Perch made 7 of the 10 requests that it allows a minute.',
    );
    expect((await problemOf(client.power('aaaaaaaa', 'stop'))).message).toEqual(own);
    await clock.advance(120_000);
    const others = saying('panel.example.com asks for a pause: your account made too many requests.');
    expect((await problemOf(client.power('aaaaaaaa', 'stop'))).message).toEqual(others);
  });

  it('of one route blocks that route only', async () => {
    const figures = { 'x-ratelimit-limit': '720', 'x-ratelimit-remaining': '700' };
    const { client, http } = connect((request) =>
      request.url.includes('/startup')
        ? answer(429, errorBody('TooManyRequestsHttpException', 429, 'Only 2 in 600 s.'), {
            ...figures,
            'retry-after': '598',
          })
        : answer(200, user, figures),
    );
    await client.account();
    for (let time = 0; time < 2; time++) {
      const problem = await problemOf(client.startup('aaaaaaaa'));
      expect(problem).toMatchObject({ code: 'rate-limited', ofServer: true });
      expect(problem.message).toEqual(saying(/requests of this kind/));
    }
    await client.account();
    expect(http.requests.map(({ url }) => new URL(url).pathname.split('/').at(-1))).toEqual([
      'account',
      'startup',
      'account',
    ]);
  });

  it('is asked at once on request of the user, and decides', async () => {
    const { client, http } = connect(() => (http.requests.length < 3 ? refusal() : answer(200, user)));
    await problemOf(client.account());
    client.liftPause();
    expect((await problemOf(client.account())).code).toBe('rate-limited');
    expect((await problemOf(client.account())).code).toBe('rate-limited');
    expect(http.requests).toHaveLength(2);
    client.liftPause();
    expect((await client.account()).username).toBe('olive');
  });

  it('of one server’s tokens affects no other call', async () => {
    const { client, http } = connect((request) =>
      request.url.endsWith('/websocket') ? refusal() : answer(200, user),
    );
    expect((await problemOf(client.socketTicket('aaaaaaaa'))).code).toBe('rate-limited');
    expect((await problemOf(client.socketTicket('aaaaaaaa'))).code).toBe('rate-limited');
    expect(http.requests).toHaveLength(1);
    expect((await problemOf(client.socketTicket('bbbbbbbb'))).code).toBe('rate-limited');
    expect(http.requests).toHaveLength(2);
    expect((await client.account()).username).toBe('olive');
  });

  it("of one server's tokens is reported as a limit of that server, also before the request", async () => {
    const headers = { 'x-ratelimit-limit': '240', 'x-ratelimit-remaining': '9' };
    const own = { 'x-ratelimit-limit': '5', 'retry-after': '30' };
    const none = { 'x-ratelimit-limit': '240', 'x-ratelimit-remaining': '0', 'retry-after': '30' };
    const { client } = connect((request) => {
      if (request.url.includes('aaaaaaaa/websocket')) return answer(429, {}, own);
      if (request.url.endsWith('/websocket')) return answer(429, {}, none);
      return answer(200, user, headers);
    });
    await client.account();
    expect(await problemOf(client.socketTicket('aaaaaaaa'))).toMatchObject({ ofServer: true });
    expect(await problemOf(client.socketTicket('aaaaaaaa'))).toMatchObject({ ofServer: true });
    expect(await problemOf(client.socketTicket('bbbbbbbb'))).not.toHaveProperty('ofServer');
    // The account's limit was used up, so other requests wait too.
    expect(await problemOf(client.account())).not.toHaveProperty('ofServer');
  });
});

describe('a listener', () => {
  it('receives each successful call, and no failed one', async () => {
    const { client } = connect([
      answer(200, user),
      answer(204, null),
      answer(403, errorBody('HttpException', 403, 'No.')),
      answer(200, 'a web page'),
    ]);
    let heard = 0;
    client.onAnswer(() => (heard += 1));
    await client.account();
    await client.power('aaaaaaaa', 'stop');
    expect(heard).toBe(2);
    await problemOf(client.account());
    await problemOf(client.account());
    expect(heard).toBe(2);
  });
});

describe('the key', () => {
  it('is in no answer, no problem and no log, although a server echoes it', async () => {
    const echo = { ...user, attributes: { ...user.attributes, username: `got ${key}` } };
    const detail = `bad header Bearer ${key}`;
    const { client, log } = connect([
      answer(200, echo),
      answer(400, errorBody('BadRequestHttpException', 400, detail)),
      answer(302, `<a>${key}</a>`, { location: `https://other.example.com/${key}` }),
      answer(200, `${key} <html>`),
    ]);
    const seen = [
      await client.account(),
      await problemOf(client.command('aaaaaaaa', 'x')),
      await problemOf(client.account()),
      await problemOf(client.account()),
    ];
    expect(JSON.stringify(seen) + log.text).not.toContain(key);
    expect(seen[0]).toMatchObject({ username: 'got ***' });
  });

  it('is absent from every answer type', () => {
    type Answers = {
      [M in keyof PanelApi]: PanelApi[M] extends (...args: never[]) => Promise<infer R> ? R : never;
    }[keyof PanelApi];
    type Named<T> = T extends readonly (infer E)[] ? Named<E> : T extends object ? keyof T : never;
    expectTypeOf<
      Extract<Named<Answers>, 'key' | 'apiKey' | 'authorization' | 'secret'>
    >().toEqualTypeOf<never>();
  });

  it("that the vault withholds gives the vault's own problem", async () => {
    const locked = new PerchError({
      code: 'keychain-locked',
      message: verbatim('Locked.'),
      next: verbatim('Unlock.'),
    });
    const http = new FakeHttp([]);
    const client = createPanelClient({
      panelUrl: 'https://panel.example.com',
      http,
      clock: new FakeClock(),
      log: new FakeLog(),
      authorize: () => Promise.reject(locked),
    });
    expect(await problemOf(client.account())).toBe(locked.problem);
    expect(http.requests).toHaveLength(0);
  });
});

describe('answers that make no sense', () => {
  it.each<[string, Answer, string]>([
    ['a web page', answer(200, '<!doctype html><title>Hi</title>'), 'not-a-panel'],
    ['another service', answer(200, { hello: 'world' }), 'not-a-panel'],
    ['nothing', answer(200, null), 'not-a-panel'],
    [
      'half of it',
      { status: 200, headers: { 'content-type': 'application/json' }, body: '{"object":"us' },
      'protocol',
    ],
    ['other types', answer(200, { object: 'user', attributes: { username: 5 } }), 'protocol'],
    ['no attributes', answer(200, { object: 'user', attributes: null }), 'protocol'],
  ])('%s', async (_name, response, code) => {
    const { client } = connect([response]);
    expect((await problemOf(client.account())).code).toBe(code);
  });

  it.each([401, 403, 404, 422, 429, 500])('leave no text of the answer in the log (%i)', async (status) => {
    const forms = [
      [...key].reverse().join(''),
      btoa(key),
      Buffer.from(key).toString('hex'),
      Buffer.from(key).toString('base64url').replaceAll('c', '%63'),
    ];
    for (const form of forms) {
      const body = { errors: [{ code: form, status: String(status), detail: form }], [form]: form };
      const { client, log } = connect([answer(status, body, { 'content-type': form, 'x-a': form })]);
      await problemOf(client.account());
      expect(log.text).toContain(`"status":${status}`);
      expect(log.text).not.toContain(form);
      expect(log.text).not.toContain(form.slice(4, 16));
    }
  });

  it('name the place in the log', async () => {
    const { client, log } = connect([
      answer(200, { object: 'stats', attributes: { current_state: 'flying' } }),
    ]);
    expect((await problemOf(client.resources('aaaaaaaa'))).code).toBe('protocol');
    expect(log.text).toContain('attributes.current_state');
  });
});
