/** Keys, e-mail, user name, password and activity of an account (PROTOCOL 2.24). */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { ControlStage, errorLine, type Who } from '../../tests/support/control-stage.js';
import { recordedFixtures } from '../../tests/support/fixtures.js';
import {
  backupExchanges,
  exchangeOf,
  RecordedBackupStage,
} from '../../tests/support/recorded-backup-stage.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { dialectNames } from '../sandbox.js';

const recordedPassword = 'correct horse battery';
const keyAnswer = z.object({
  attributes: z.object({ identifier: z.string(), allowed_ips: z.array(z.string()).nullable() }),
  meta: z.object({ secret_token: z.string() }),
});
const newest = z.object({ data: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })) });

const addKeys = async (stage: ControlStage, count: number): Promise<void> => {
  for (let made = 0; made < count; made++) {
    await stage.ask('owner', 'POST', '/account/api-keys', { description: `key ${made}`, allowed_ips: [] });
  }
};

type Before = (stage: RecordedBackupStage) => Promise<unknown>;

/** A fresh identifier replaces the recorded identifier from then on. */
const namesKey =
  (recorded: string): Before =>
  async (stage) => {
    const { data } = newest.parse(
      JSON.parse((await stage.control.ask('owner', 'GET', '/account/api-keys')).text),
    );
    stage.name(recorded, String(data.at(-1)?.attributes['identifier']));
  };

describe.each([
  {
    recorder: 'pterodactyl',
    dialect: 'panel-1.11',
    numbers: [10, 12, 13, 15, 16, 18, 22, 24, 365, 363, 362, 370],
    before: {
      18: namesKey('ptlc_sjeihc9FXx2'),
      363: async (stage) => stage.name('owner@example.com', 'ada@example.com'),
      370: (stage) => addKeys(stage.control, 24),
    } as Record<number, Before>,
  },
  {
    recorder: 'pelican',
    dialect: 'pelican',
    numbers: [10, 15, 17, 19, 20, 22, 23, 26],
    before: {
      // The recorder had changed the address once before.
      19: (stage) =>
        stage.control.ask('owner', 'PUT', '/account/email', { email: 'x@example.com', password: 'no' }),
      26: async (stage) => {
        await namesKey('pacc_DyD0S24hQUP')(stage);
        const path = `/account/api-keys/${stage.realUuid('pacc_DyD0S24hQUP')}`;
        await stage.control.ask('owner', 'DELETE', path);
      },
    } as Record<number, Before>,
  },
])('$recorder, recorded in November 2026', ({ recorder, dialect, numbers, before }) => {
  const folder = recordedFixtures(`client-api-2026-11/${recorder}`);
  let stage: RecordedBackupStage;
  beforeEach(async () => {
    stage = new RecordedBackupStage();
    if (folder === null) return;
    await stage.start(dialect);
    await stage.control.order({ do: 'password', user: 'owner', password: recordedPassword });
  });
  afterEach(() => stage.stop());

  test.runIf(folder !== null).each(numbers)('%i, after those before', async (number) => {
    const exchanges = backupExchanges(folder ?? '');
    let differences: string[] = [];
    for (const each of numbers.slice(0, numbers.indexOf(number) + 1)) {
      await before[each]?.(stage);
      differences = await stage.play(exchangeOf(exchanges, each));
    }
    expect(differences).toEqual([]);
  });

  test.runIf(folder !== null)('all were compared', (context) => {
    countRecorded(context, { answers: numbers.length });
    expect(numbers.length).toBeGreaterThan(6);
  });
});

describe.each(dialectNames)('an account of %s', (dialect) => {
  let stage: ControlStage;
  beforeEach(async () => {
    stage = new ControlStage();
    await stage.start(dialect);
  });
  afterEach(() => stage.stop());

  const ask = (method: string, path: string, body?: unknown, who: Who | { key: string } = 'owner') =>
    stage.ask(who, method, `/account${path}`, body);
  const events = async (query = ''): Promise<string[]> => {
    const { text } = await ask('GET', `/activity?sort=-timestamp${query}`);
    return newest.parse(JSON.parse(text)).data.map(({ attributes }) => String(attributes['event']));
  };
  const password = () => stage.passwordOf('owner');

  test('a new key works at once, from its addresses only, and can remove itself', async () => {
    const body = { description: 'Perch', allowed_ips: ['127.0.0.1', '10.0.0.0/8'] };
    const made = keyAnswer.parse(JSON.parse((await ask('POST', '/api-keys', body)).text));
    expect(made.attributes.allowed_ips).toEqual(body.allowed_ips);
    const key = `${made.attributes.identifier}${made.meta.secret_token}`;
    expect(key).toHaveLength(48);
    expect((await ask('GET', '', undefined, { key })).status).toBe(200);
    const list = await ask('GET', '/api-keys');
    expect(list.text).toContain(made.attributes.identifier);
    expect(list.text).not.toContain(made.meta.secret_token);
    expect((await ask('DELETE', `/api-keys/${made.attributes.identifier}`, undefined, { key })).status).toBe(
      204,
    );
    expect((await ask('GET', '', undefined, { key })).status).toBe(401);
    expect(errorLine(await ask('DELETE', `/api-keys/${made.attributes.identifier}`))).toBe(
      '404 NotFoundHttpException: The requested resource could not be found on the server.',
    );
    expect((await events()).slice(0, 2)).toEqual(['user:api-key.delete', 'user:api-key.create']);

    const elsewhere = { description: 'elsewhere', allowed_ips: ['10.0.0.0/8'] };
    const other = keyAnswer.parse(JSON.parse((await ask('POST', '/api-keys', elsewhere)).text));
    const refused = await ask('GET', '', undefined, {
      key: `${other.attributes.identifier}${other.meta.secret_token}`,
    });
    expect(errorLine(refused)).toMatch(/^403 AccessDeniedHttpException: This IP address/);
  });

  test('keys of others cannot be seen or removed', async () => {
    const made = keyAnswer.parse(
      JSON.parse((await ask('POST', '/api-keys', { description: 'mine', allowed_ips: [] })).text),
    );
    const { identifier } = made.attributes;
    expect((await ask('GET', '/api-keys', undefined, 'subuser')).text).not.toContain(identifier);
    expect((await ask('DELETE', `/api-keys/${identifier}`, undefined, 'subuser')).status).toBe(404);
    expect((await ask('GET', '/api-keys')).text).toContain(identifier);
  });

  test('an invalid address is named by its index, and 26 keys are too many', async () => {
    const wrong = await ask('POST', '/api-keys', {
      description: 'x',
      allowed_ips: ['10.0.0.1', '10.0.0.0/33', '::1/128'],
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text.match(/is not a valid IP address/g)).toHaveLength(1);
    if (dialect !== 'reference') expect(wrong.text).toContain('"source_field":"allowed_ips.1"');
    await addKeys(stage, 25);
    expect(errorLine(await ask('POST', '/api-keys', { description: 'x', allowed_ips: [] }))).toBe(
      '400 DisplayException: You have reached the account limit for number of API keys.',
    );
  });

  test('a wrong password is reported before any other fault', async () => {
    const wrong = '400 InvalidPasswordProvidedException: The password provided was invalid for this account.';
    expect(errorLine(await ask('PUT', '/email', { email: 'no address', password: 'no' }))).toBe(wrong);
    expect(errorLine(await ask('PUT', '/password', { current_password: 'no', password: 'x' }))).toBe(wrong);
    expect((await ask('PUT', '/email', { email: 'no address', password: password() })).status).toBe(422);
    expect((await ask('PUT', '/email', { email: 'ADA@example.com', password: password() })).text).toContain(
      'has already been taken',
    );
  });

  test('e-mail, user name and password change, and stand in the activity', async () => {
    expect((await ask('PUT', '/email', { email: 'olive2@example.com', password: password() })).status).toBe(
      204,
    );
    expect((await ask('GET', '')).text).toContain('olive2@example.com');
    const name = await ask('PUT', '/username', { username: 'olive2', password: password() });
    expect(name.status).toBe(dialect === 'pelican' ? 204 : 404);
    const changed = { password: 'a new password', password_confirmation: 'a new password' };
    expect((await ask('PUT', '/password', { ...changed, current_password: password() })).status).toBe(204);
    expect((await ask('PUT', '/password', { ...changed, current_password: password() })).status).toBe(400);
    const told = await events('&filter[event]=user:account');
    expect(told).toEqual(
      dialect === 'pelican'
        ? ['user:account.password-changed', 'user:account.username-changed', 'user:account.email-changed']
        : ['user:account.password-changed', 'user:account.email-changed'],
    );
    expect((await ask('GET', '/activity')).text).not.toContain('a new password');
  });

  test('the e-mail address changes three times a day on Pelican', async () => {
    await stage.order({ do: 'password', user: 'subuser', password: 'known' });
    const answers = [];
    for (const at of [1, 2, 3, 4]) {
      const body = { password: 'known', email: `sam-${at}@example.com` };
      answers.push(await ask('PUT', '/email', body, 'subuser'));
    }
    expect(answers.slice(0, 3).map(({ status }) => status)).toEqual([204, 204, 204]);
    const last = answers.at(-1);
    if (dialect !== 'pelican') return expect(last?.status).toBe(204);
    expect(last === undefined ? '' : errorLine(last)).toMatch(
      /^429 TooManyRequestsHttpException: Your email/,
    );
    expect(last?.headers['retry-after']).toBeUndefined();
    expect(last?.headers).toMatchObject({ 'x-ratelimit-limit': '60' });
  });

  test('two-factor authentication is shown where the panel shows it', async () => {
    await stage.order({ do: 'two-factor', user: 'owner', on: true });
    await addKeys(stage, 1);
    const account = (await ask('GET', '')).text;
    expect(account.includes('"2fa_enabled":true')).toBe(dialect === 'pelican');
    expect((await ask('GET', '/activity?include=actor')).text).toContain('"2fa_enabled":true');
  });

  test('an unknown filter or sort of the activity is refused', async () => {
    expect(errorLine(await ask('GET', '/activity?filter[ip]=x'))).toMatch(/^400 InvalidFilterQuery/);
    expect(errorLine(await ask('GET', '/activity?sort=event'))).toMatch(/^400 InvalidSortQuery/);
  });
});
