import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe, expect, test } from 'vitest';
import { PELICAN_WINGS, WINGS_111, WINGS_112 } from './limits.js';
import { tickEvent, tokenClock } from './token-clock.js';
import { allows, signToken, TokenRefused, TokenRules } from './token.js';

const KEY = 'a key of the node';
const SERVER = '11111111-1111-4111-8111-111111111111';

function rules(bootMs = 1_700_000_000_500, tokens = WINGS_111.tokens) {
  const clock = { now: bootMs };
  const made = new TokenRules(KEY, tokens, () => clock.now);
  const issue = (fields: { permissions?: string[]; lifetimeSeconds?: number; at?: number } = {}) =>
    signToken(
      {
        serverUuid: SERVER,
        userUuid: 'user-a',
        userId: 2,
        permissions: fields.permissions ?? ['websocket.connect'],
      },
      {
        key: KEY,
        panelUrl: 'http://panel',
        nodeUrl: 'http://node',
        lifetimeSeconds: fields.lifetimeSeconds ?? 600,
        now: fields.at ?? clock.now,
        tokens,
      },
    );
  return { clock, made, issue };
}

test('a token has the claims that the panel writes', async () => {
  const token = await rules().issue({ permissions: ['*'] });
  expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(decodeJwt(token)).toEqual({
    iss: 'http://panel',
    aud: ['http://node'],
    jti: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
    iat: 1_700_000_000,
    nbf: 1_699_999_700,
    exp: 1_700_000_600,
    server_uuid: SERVER,
    permissions: ['*'],
    user_uuid: 'user-a',
    user_id: 2,
    unique_id: expect.stringMatching(/^\w{16}$/) as string,
  });
});

describe('which tokens are good', () => {
  test('valid up to the second of their end', async () => {
    const { clock, made, issue } = rules();
    const claims = await made.open(await issue(), SERVER);
    clock.now = 1_700_000_600_999;
    expect(made.problemOf(claims, SERVER)).toBeNull();
    clock.now = 1_700_000_601_000;
    expect(made.problemOf(claims, SERVER)).toBe('jwt: exp claim is invalid');
  });

  test('invalid from before the boot, for another server, or missing', async () => {
    const { made, issue } = rules();
    await expect(made.open(await issue({ at: 1_699_999_999_000 }), SERVER)).rejects.toThrow(
      new TokenRefused('jwt: created too far in past (denylist)'),
    );
    const claims = await made.open(await issue(), SERVER);
    expect(made.problemOf(claims, 'other')).toBe('jwt: server uuid mismatch');
    expect(made.problemOf(null, SERVER)).toBe('jwt: no jwt present');
  });

  test('invalid from before a revocation for that user and server', async () => {
    const { clock, made, issue } = rules();
    const claims = await made.open(await issue(), SERVER);
    made.revoke('user-b', SERVER);
    made.revoke('user-a', 'other');
    expect(made.problemOf(claims, SERVER)).toBeNull();
    made.revoke('user-a', SERVER);
    expect(made.problemOf(claims, SERVER)).toBe('jwt: created too far in past (denylist)');
    clock.now += 1000;
    expect(made.problemOf(await made.open(await issue(), SERVER), SERVER)).toBeNull();
  });

  test('invalid without websocket.connect; * includes it, but no admin permission', async () => {
    const { made, issue } = rules();
    await expect(made.open(await issue({ permissions: ['control.start'] }), SERVER)).rejects.toThrow(
      new TokenRefused('jwt: missing connect permission'),
    );
    const claims = await made.open(await issue({ permissions: ['*'] }), SERVER);
    expect(allows(claims, 'control.stop')).toBe(true);
    expect(allows(claims, 'admin.websocket.install')).toBe(false);
  });

  test('invalid without the right signature, which is no wrong claim', async () => {
    const { issue } = rules();
    const other = new TokenRules('another key', WINGS_111.tokens, () => 1_700_000_000_500);
    const outcome = await other.open(await issue(), SERVER).catch((cause: unknown) => cause);
    expect(outcome).toBeInstanceOf(Error);
    expect(outcome).not.toBeInstanceOf(TokenRefused);
  });
});

describe('newer tokens', () => {
  const newer = WINGS_112.tokens;

  test('have a scope, and another hash of user and server', async () => {
    expect(decodeJwt(await rules(undefined, newer).issue())).toMatchObject({
      jti: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      scope: 'websocket',
    });
  });

  test('are refused without their scope, with the text of a missing permission', async () => {
    const old = await rules().issue();
    await expect(rules(undefined, newer).made.open(old, SERVER)).rejects.toThrow(
      new TokenRefused('jwt: missing connect permission'),
    );
    await expect(rules().made.open(await rules(undefined, newer).issue(), SERVER)).resolves.toBeDefined();
  });

  test('of another server are refused at once, or on Pelican at the next event', async () => {
    const { made, issue } = rules(undefined, newer);
    await expect(made.open(await issue(), 'other')).rejects.toThrow(
      new TokenRefused('jwt: server uuid mismatch'),
    );
    const pelican = rules(undefined, PELICAN_WINGS.tokens);
    const claims = await pelican.made.open(await pelican.issue(), 'other');
    expect(pelican.made.problemOf(claims, 'other')).toBe('jwt: server uuid mismatch');
  });
});

describe('the clock of a socket', () => {
  test('the real lifetime, and shorter lifetimes in proportion', () => {
    expect(tokenClock(600)).toEqual({ tickMs: 30_000, warnSeconds: 60 });
    expect(tokenClock(3600)).toEqual({ tickMs: 30_000, warnSeconds: 60 });
    expect(tokenClock(60)).toEqual({ tickMs: 3000, warnSeconds: 6 });
    expect(tokenClock(4)).toEqual({ tickMs: 200, warnSeconds: 1 });
  });

  test('warnings at 540 and 570 s, and the end exactly in the second of exp', () => {
    const said = (seconds: number) => tickEvent(600, seconds * 1000, 60);
    expect([510, 539, 540, 570, 599, 600].map(said)).toEqual([
      ...[null, null],
      ...['token expiring', 'token expiring', 'token expiring'],
      'token expired',
    ]);
  });
});
