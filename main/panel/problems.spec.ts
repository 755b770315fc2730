import { describe, expect, it } from 'vitest';
import { aCertificate } from '../../tests/support/entities.js';
import { answer } from '../../tests/support/fake-http.js';
import { errorBody } from '../../tests/support/panel-answers.js';
import { HttpFailure } from '../base/network-ports.js';
import type { PanelCall } from './call.js';
import { panelCalls, readAccount, readResources } from './calls.js';
import { failureProblem } from './failures.js';
import { answerProblem } from './problems.js';
import type { Pause } from './rate-limited.js';
import { inWords, type SpokenProblem } from '../../tests/support/spoken-problem.js';

const start = panelCalls.power('aaaaaaaa', 'start');
const say = panelCalls.command('aaaaaaaa', 'say hi');
const change = panelCalls.setVariable('aaaaaaaa', 'K', 'v');
const image = panelCalls.setDockerImage('aaaaaaaa', 'x');
const account = readAccount();
const server = panelCalls.server('aaaaaaaa');
const usage = readResources('aaaaaaaa');
const ticket = panelCalls.socketTicket('aaaaaaaa');

/** Limiter that the panel's answer refers to. */
let pauseOf: Pause['of'] = 'account';

function problem(
  call: PanelCall,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): SpokenProblem {
  return inWords(
    answerProblem(answer(status, body, headers), {
      call,
      place: 'Home',
      requestUrl: `http://panel.example.com/api/client${call.path}`,
      pause: () => ({ of: pauseOf, retryAt: 77 }),
    }),
  );
}

const coded = (call: PanelCall, status: number, code: string, detail = '', meta?: Record<string, unknown>) =>
  problem(call, status, errorBody(code, status, detail, meta));

describe('both columns of the protocol', () => {
  it.each<[string, Parameters<typeof coded>, Partial<SpokenProblem>]>([
    [
      'D1 real',
      [start, 409, 'ServerStateConflictException', 'This server is currently suspended and so on.'],
      { code: 'conflict', condition: 'suspended' },
    ],
    [
      'D1 reference',
      [
        start,
        400,
        'ConflictingServerStateException',
        'Cannot perform power action, server is currently installing.',
      ],
      { code: 'conflict', condition: 'installing' },
    ],
    [
      'D3 real',
      [say, 502, 'HttpException', 'Server must be online in order to send commands.'],
      { code: 'conflict' },
    ],
    [
      'D3 reference',
      [say, 400, 'ConflictingServerStateException', 'Cannot send command to stopped server.'],
      { code: 'conflict' },
    ],
    ['D4 real', [account, 401, 'AuthenticationException', 'Unauthenticated.'], { code: 'unauthorized' }],
    [
      'D4 reference',
      [account, 401, 'InvalidCredentialsException', 'Invalid API key'],
      { code: 'unauthorized' },
    ],
    [
      'D5 real',
      [start, 403, 'AccessDeniedHttpException', 'This action is unauthorized.'],
      { code: 'forbidden', permission: 'control.start' },
    ],
    [
      'D5 websocket',
      [ticket, 403, 'HttpForbiddenException', 'no'],
      { code: 'forbidden', permission: 'websocket.connect' },
    ],
    [
      'D5 reference',
      [start, 403, 'InsufficientPermissionsException', "This action requires the 'control.kill' permission."],
      { code: 'forbidden', permission: 'control.kill' },
    ],
    [
      'D6 real',
      [account, 429, 'ThrottleRequestsException', 'Too Many Attempts.'],
      { code: 'rate-limited', retryAt: 77 },
    ],
    [
      'D6 reference',
      [account, 409, 'TooManyRequestsHttpException', ''],
      { code: 'rate-limited', retryAt: 77 },
    ],
    [
      'D7 real',
      [change, 422, 'ValidationException', 'Too long.', { source_field: 'value', rule: 'max' }],
      { code: 'invalid', fields: { value: 'Too long.' } },
    ],
    [
      'D7 reference',
      [change, 422, 'ValidationException', 'The value field is bad.', { rule: 'in' }],
      { code: 'invalid', fields: { value: 'The value field is bad.' } },
    ],
    [
      'D8 reference',
      [change, 422, 'ValidationException', 'The selected key is invalid.', { rule: 'in' }],
      { code: 'invalid', fields: { key: 'The selected key is invalid.' } },
    ],
    [
      'D8 1.12',
      [change, 400, 'BadRequestHttpException', 'The environment variable does not exist.'],
      { code: 'invalid' },
    ],
    ['D8 1.11', [change, 500, 'ErrorException', 'An unexpected error'], { code: 'panel-error' }],
    [
      'D9 reference',
      [change, 400, 'BadRequestException', 'This environment variable is not editable.'],
      { code: 'invalid' },
    ],
    [
      'a body damaged on its way',
      [
        change,
        400,
        'BadRequestHttpException',
        'The JSON data passed in the request appears to be malformed: x',
      ],
      { code: 'protocol' },
    ],
    [
      'image by admin',
      [image, 400, 'BadRequestHttpException', 'Set by an administrator.'],
      { code: 'invalid', fields: { docker_image: 'Set by an administrator.' } },
    ],
    ['404', [server, 404, 'NotFoundHttpException', 'x'], { code: 'not-found' }],
    ['404 of the API itself', [account, 404, 'NotFoundHttpException', 'x'], { code: 'not-a-panel' }],
    ['maintenance', [account, 503, 'HttpException', 'Service Unavailable'], { code: 'panel-unreachable' }],
    ['500', [server, 500, 'QueryException', 'x'], { code: 'panel-error' }],
    ['405', [start, 405, 'MethodNotAllowedHttpException', 'x'], { code: 'protocol' }],
    ['419', [start, 419, 'HttpException', 'CSRF token mismatch.'], { code: 'protocol' }],
    ['unknown code and status', [start, 418, 'TeapotException', 'short and stout'], { code: 'protocol' }],
  ])('%s', (_row, given, expected) => {
    const got = coded(...given);
    expect(got).toMatchObject(expected);
    expect(got.message).toContain('Home');
    expect(got.next).not.toBe('');
  });
});

it('the limit of one server, shared by its users, differs from that of the account', () => {
  pauseOf = 'server';
  const got = coded(ticket, 429, 'ThrottleRequestsException', 'Too Many Attempts.');
  pauseOf = 'account';
  expect(got).toMatchObject({ code: 'rate-limited', retryAt: 77, ofServer: true });
  expect(got.message).toContain('only a few console connections a minute');
  expect(got.message + got.next).not.toContain('your account');
});

describe('a failing node', () => {
  it.each([401, 403])('that refuses the panel (%d) is no wrong key and no missing permission', (status) => {
    const got = coded(
      start,
      status,
      'DaemonConnectionException',
      'An error occurred on the remote host: no. (request id: 1)',
    );
    expect(got.code).toBe('node-unreachable');
    expect(got.message).toContain('Your key is fine');
    expect(got.permission).toBeUndefined();
  });

  it('gives the reason of its refusal, without the wrapping', () => {
    const got = coded(
      panelCalls.reinstall('aaaaaaaa'),
      409,
      'DaemonConnectionException',
      'An error occurred on the remote host: Busy with <b>another</b> action.. (request id: 984b8cc7)',
    );
    expect(got.code).toBe('conflict');
    expect(got.message).toContain('“Busy with another action.”');
    expect(got.message).not.toContain('984b8cc7');
  });

  it('that is silent may have carried out a write, but no read', () => {
    expect(coded(start, 504, 'DaemonConnectionException').maybeDone).toBe(true);
    expect(coded(usage, 504, 'DaemonConnectionException')).not.toHaveProperty('maybeDone');
  });

  it('has other names on Pelican; elsewhere the same name means the panel', () => {
    expect(coded(start, 500, 'ConnectionException')).toMatchObject({
      code: 'node-unreachable',
      maybeDone: true,
    });
    expect(coded(account, 500, 'ConnectionException').code).toBe('panel-error');
    // On Pelican, a silent node never makes usage fail.
    expect(coded(usage, 500, 'ConnectionException').code).toBe('panel-error');
  });

  it('that answered Pelican with a refusal is busy, not broken', () => {
    const got = coded(panelCalls.reinstall('aaaaaaaa'), 500, 'RequestException');
    expect(got.code).toBe('conflict');
    expect(got.message).toBe(
      'The node of the server refused to reinstall the server; the panel gives no reason.',
    );
    expect(got.next).toContain('wait until it finishes');
    expect(got).not.toHaveProperty('maybeDone');
    expect(coded(account, 500, 'RequestException').code).toBe('panel-error');
  });
});

describe('proxies in front of a panel', () => {
  it.each<[string, Parameters<typeof problem>, string, RegExp]>([
    [
      'login',
      [account, 302, '<html>', { location: 'https://panel.example.com/auth/login' }],
      'not-a-panel',
      /login page/,
    ],
    [
      'https',
      [account, 301, '', { location: 'https://panel.example.com/api/client/account' }],
      'not-a-panel',
      /only answers over https/,
    ],
    [
      'elsewhere',
      [account, 302, '', { location: 'https://other.example.com/x' }],
      'not-a-panel',
      /other\.example\.com/,
    ],
    [
      'off the web',
      [account, 302, '', { location: 'file:///etc/passwd' }],
      'not-a-panel',
      /kind “file:”, which is not a panel/,
    ],
    ['nowhere', [account, 302, ''], 'not-a-panel', /another page/],
    ['bad gateway', [start, 502, '<html><h1>Bad</h1>'], 'panel-unreachable', /502/],
    ['cloudflare', [account, 521, '<html>'], 'panel-unreachable', /521/],
    ['firewall', [account, 403, '<html>'], 'panel-unreachable', /firewall/],
    ['no panel here', [account, 404, '<html>'], 'not-a-panel', /no panel at this address/],
    ['other API', [account, 404, { message: 'Not Found' }], 'not-a-panel', /no panel at this address/],
    ['too large', [say, 413, '<html>'], 'invalid', /too large/],
    ['throttled by a proxy', [account, 429, '<html>'], 'rate-limited', /pause/],
    [
      'switched off on Pelican',
      [panelCalls.describe('aaaaaaaa', 'x'), 403, []],
      'forbidden',
      /does not allow anyone to change the description/,
    ],
  ])('%s', (_name, given, code, text) => {
    const got = problem(...given);
    expect(got.code).toBe(code);
    expect(got.message).toMatch(text);
    expect(got.message).toContain('Home');
    expect(got.message + got.next).not.toMatch(/<|>/);
  });

  it('is not named if the panel itself answered', () => {
    const got = problem(account, 302, '', { location: 'http://panel.example.com/' });
    expect(got.message).toMatch(/another page/);
  });

  it('gives each cause its own sentence', () => {
    const sentences = [
      problem(account, 302, '', { location: '/auth/login' }),
      problem(account, 301, '', { location: 'https://panel.example.com/' }),
      problem(
        account,
        403,
        errorBody('AccessDeniedHttpException', 403, 'You are attempting to use an application API key here.'),
      ),
      problem(
        account,
        403,
        errorBody(
          'AccessDeniedHttpException',
          403,
          'This IP address (198.51.100.7) does not have permission.',
        ),
      ),
      problem(account, 400, errorBody('TwoFactorAuthRequiredException', 400, 'x')),
      coded(account, 401, 'AuthenticationException'),
    ].map((one) => one.message);
    expect(new Set(sentences).size).toBe(sentences.length);
  });
});

describe('no answer at all', () => {
  const failure = (...rest: ConstructorParameters<typeof HttpFailure>) => new HttpFailure(...rest);
  it.each<[HttpFailure, string]>([
    [failure('timeout', 'x'), 'timeout'],
    [failure('unknown-host', 'x'), 'panel-unreachable'],
    [failure('unreachable', 'x'), 'panel-unreachable'],
    [failure('unreachable', 'x', { reason: 'no-tls' }), 'panel-unreachable'],
    [failure('reset', 'x'), 'panel-unreachable'],
    [failure('reset', 'x', { reason: 'not-http' }), 'not-a-panel'],
    [failure('too-large', 'x'), 'protocol'],
    [failure('unreachable', 'x', { reason: 'tls-only' }), 'panel-unreachable'],
    [failure('unreachable', 'x', { reason: 'proxy-down', proxy: 'proxy:3128' }), 'panel-unreachable'],
    [failure('unreachable', 'x', { reason: 'proxy-login', proxy: 'proxy:3128' }), 'panel-unreachable'],
    [failure('unreachable', 'x', { reason: 'proxy-refused', proxy: 'proxy:3128' }), 'panel-unreachable'],
    [failure('tls-untrusted', 'x', { certificate: aCertificate() }), 'tls-untrusted'],
    [
      failure('tls-untrusted', 'x', { certificate: aCertificate(), reason: 'certificate-changed' }),
      'tls-untrusted',
    ],
    [
      failure('tls-untrusted', 'x', { certificate: aCertificate(), reason: 'certificate-name' }),
      'tls-untrusted',
    ],
    [failure('tls-untrusted', 'x', { reason: 'certificate-expired' }), 'tls-untrusted'],
  ])('%o', (cause, code) => {
    const got = inWords(failureProblem(cause, account, 'Home'));
    expect(got.code).toBe(code);
    expect(got.message).toContain('Home');
    expect(got.certificate).toBe(cause.certificate);
    if (cause.proxy !== undefined) expect(got.message).toContain(cause.proxy);
  });

  it('may hide a carried-out signal only if the signal may have left', () => {
    expect(failureProblem(new HttpFailure('timeout', 'x'), start, 'Home').maybeDone).toBe(true);
    expect(failureProblem(new HttpFailure('unreachable', 'x'), start, 'Home')).not.toHaveProperty(
      'maybeDone',
    );
  });
});

describe('hostile text', () => {
  it('is bounded, plain and in quotation marks', () => {
    const detail = `\u001b]0;owned\u0007<img src=x onerror=alert(1)>${'A'.repeat(100_000)}`;
    const got = coded(start, 418, 'X', detail);
    expect(got.message.length).toBeLessThan(300);
    expect(got.message).toMatch(/“A{199}…”/);
  });

  it('cannot reach prototypes through field names', () => {
    const got = coded(change, 422, 'ValidationException', 'bad', { source_field: '__proto__' });
    expect(Object.getPrototypeOf(got.fields)).toBe(Object.prototype);
  });
});
