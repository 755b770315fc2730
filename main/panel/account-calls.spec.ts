/** Calls about the account: keys, e-mail, password, activity (PROTOCOL 2.24). */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { activityWords } from '../../bridge/events/activity-words.js';
import { activityPageSchema } from '../../bridge/schema/activity.js';
import { spoken } from '../../messages/messages.js';
import '../../tests/support/every-area.js';
import { clientOf } from '../../tests/support/asked-client.js';
import { readJsonFiles, recordedFixtures } from '../../tests/support/fixtures.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { inWords } from '../../tests/support/spoken-problem.js';

const ok = (body: unknown, status = 200) =>
  clientOf({
    request: { method: '', path: '', body: null },
    response: { status, headers: { 'content-type': 'application/json' }, body },
  });

async function problemOf(asked: Promise<unknown>): Promise<Problem> {
  const error: unknown = await asked.catch((caught: unknown) => caught);
  if (error instanceof PerchError) return error.problem;
  throw new Error(`no problem but ${String(error)}`);
}

const recordedBody = z.looseObject({
  object: z.literal('list'),
  data: z.array(z.looseObject({ object: z.literal('activity_log') })).min(1),
});
/** A recorded page of activity; the two panels' recorders wrote different forms. */
const recordedPage = z.union([
  z.object({ response: z.object({ body: recordedBody }) }).transform(({ response }) => response.body),
  z.object({ body: recordedBody }).transform(({ body }) => body),
]);

const key = {
  identifier: 'ptlc_Owner000000',
  description: 'desk\u0007',
  allowed_ips: ['10.0.0.0/8'],
  last_used_at: '2026-11-28T14:41:53+00:00',
  created_at: null,
};

describe('API keys', () => {
  it('are listed without control characters, and keys without a readable name are left out', async () => {
    const strange = { ...key, identifier: '../servers' };
    const { client } = ok({ data: [{ attributes: key }, { attributes: strange }, null] });
    expect(await client.apiKeys()).toEqual([
      {
        identifier: 'ptlc_Owner000000',
        description: 'desk',
        allowedIps: ['10.0.0.0/8'],
        lastUsedAt: Date.parse('2026-11-28T14:41:53Z'),
        createdAt: null,
      },
    ]);
  });

  it('that a panel sends twice are listed once, as are SSH keys and entries of activity', async () => {
    const twice = (attributes: unknown) => ok({ data: [{ attributes }, { attributes }] }).client;
    expect(await twice(key).apiKeys()).toHaveLength(1);
    expect(await twice({ name: 'desk', fingerprint: 'AAAA' }).sshKeys()).toHaveLength(1);
    const entry = {
      id: 'e1',
      event: 'auth:success',
      is_api: false,
      ip: null,
      properties: {},
      timestamp: '2026-11-28T14:41:53+00:00',
    };
    expect((await twice(entry).accountActivity({ page: 1 })).entries).toHaveLength(1);
  });

  it('are put together from both halves', async () => {
    const { client, http } = ok({ attributes: key, meta: { secret_token: 'x'.repeat(32) } });
    const made = await client.createApiKey('desk', ['10.0.0.0/8']);
    expect(made.useKey((key) => key)).toBe(`ptlc_Owner000000${'x'.repeat(32)}`);
    expect(JSON.stringify(made)).not.toContain('xxxx');
    expect(http.requests[0]?.body).toBe('{"allowed_ips":["10.0.0.0/8"],"description":"desk"}');
  });

  it('are not deleted by a name that leads elsewhere', async () => {
    const { client, http } = ok(null, 204);
    expect((await problemOf(client.deleteApiKey('../ssh-keys'))).code).toBe('not-found');
    expect(http.requests).toEqual([]);
  });

  it('that are gone are distinguished from a missing panel', async () => {
    const { client } = ok({ errors: [{ code: 'NotFoundHttpException', status: '404', detail: 'x' }] }, 404);
    expect((await problemOf(client.deleteApiKey('ptlc_Owner000000'))).code).toBe('not-found');
  });
});

describe('passwords', () => {
  const echo = (text: string) => ({
    errors: [
      {
        code: 'ValidationException',
        status: '422',
        detail: `The password ${text} is too weak.`,
        meta: { source_field: `password ${text}`, rule: 'weak' },
      },
    ],
  });

  it.each(['hunter2hunter2', 'quote " and \\ slash', 'ümläut-ümläut'])(
    'never come back in a problem: %s',
    async (password) => {
      const { client } = ok(echo(password), 422);
      const asked = [
        client.changePassword(password, 'x'),
        client.changePassword('x', password),
        client.changeEmail('a@example.com', password),
        client.changeUsername('a', password),
      ];
      for (const each of asked) {
        const problem = await problemOf(each);
        expect(problem.code).toBe('invalid');
        expect(JSON.stringify([problem, inWords(problem)])).not.toContain(
          JSON.stringify(password).slice(1, -1),
        );
      }
    },
  );

  it('that are right do not help with the account of another service, nor after three new addresses a day', async () => {
    const refused = (status: number, code: string, detail: string) =>
      ok({ errors: [{ code, status: String(status), detail }] }, status).client;
    const kept = refused(403, 'AccessDeniedHttpException', 'This action is unauthorized.');
    expect(await problemOf(kept.changePassword('a', 'b'))).toMatchObject({
      code: 'forbidden',
      next: { id: 'panel.account-kept-next' },
    });
    const elsewhere =
      'This IP address (203.0.113.1) does not have permission to access the API using these keys.';
    expect(
      await problemOf(refused(403, 'AccessDeniedHttpException', elsewhere).changeEmail('a@b.c', 'b')),
    ).toMatchObject({ message: { id: 'panel.wrong-ip' } });
    const often = { errors: [{ code: 'TooManyRequestsHttpException', status: '429', detail: 'later' }] };
    const headers = { 'x-ratelimit-limit': '60', 'x-ratelimit-remaining': '59' };
    const request = { method: '', path: '', body: null };
    const { client } = clientOf({ request, response: { status: 429, headers, body: often } });
    const problem = await problemOf(client.changeEmail('a@b.c', 'b'));
    expect(problem).toMatchObject({ code: 'rate-limited', message: { id: 'panel.email-throttled' } });
    // A time a minute away would be wrong by a day.
    expect(problem.retryAt).toBeUndefined();
  });

  it('that are wrong are named by the field that was typed', async () => {
    const wrong = { errors: [{ code: 'InvalidPasswordProvidedException', status: '400', detail: 'no' }] };
    const { client } = ok(wrong, 400);
    expect(Object.keys((await problemOf(client.changePassword('a', 'b'))).fields ?? {})).toEqual([
      'current_password',
    ]);
    expect(Object.keys((await problemOf(client.changeEmail('a@b', 'b'))).fields ?? {})).toEqual(['password']);
  });
});

describe('activity', () => {
  const item = (attributes: Record<string, unknown>) => ({
    attributes: {
      id: '1',
      event: 'server:power.start',
      timestamp: '2026-11-28T14:41:53+00:00',
      ...attributes,
    },
  });

  it('is asked for newest first, with its users, by page and part of the name', async () => {
    const { client, http } = ok({ data: [] });
    await client.accountActivity({ page: 3, event: 'user:' });
    expect(http.requests[0]?.url).toMatch(
      /\/account\/activity\?filter%5Bevent%5D=user%3A&sort=-timestamp&per_page=100&page=3&include=actor$/,
    );
  });

  it('keeps properties of every kind as short texts', async () => {
    const properties = {
      files: [{ from: 'a', to: 'b' }, 'c', 1, { deep: { er: 1 } }],
      count: 3,
      revoked: true,
      old: null,
      'na\u202eme': 'x\u0000y',
      long: 'x'.repeat(9000),
      nested: { a: 1 },
    };
    const { client } = ok({ data: [item({ properties, ip: '1.2.3.4', is_api: 1 })] });
    const { entries } = await client.activityPage('a1b2c3d4', { page: 1 });
    expect(entries[0]).toMatchObject({
      by: null,
      isApi: true,
      ip: '1.2.3.4',
      properties: {
        files: ['a → b', 'c', '1', '{"deep":{"er":1}}'],
        count: 3,
        revoked: true,
        old: null,
        nested: '{"a":1}',
      },
    });
    expect(JSON.stringify(entries)).not.toMatch(/\p{Cc}|\u202e/u);
    expect(String(entries[0]?.properties['long']).length).toBeLessThanOrEqual(501);
  });

  it('holds out against a log without end and without sense', async () => {
    const data = Array.from({ length: 5000 }, (_, at) => (at % 2 === 0 ? item({ id: String(at) }) : { at }));
    const { client } = ok({ data, meta: { pagination: { total: -1, total_pages: 'x' } } });
    const { entries, total, pages } = await client.accountActivity({ page: 1 });
    // The panel does not tell the number of pages, so another page may follow.
    expect([entries.length, total, pages]).toEqual([50, 0, 2]);
  });

  it('counts the entries that it cannot read, such as one without a time', async () => {
    const times = ['yesterday', '2026-11-28 14:41:53', 1_796_000_000, null, undefined];
    const odd = times.map((timestamp, at) => item({ id: `odd ${at}`, timestamp }));
    const { client } = ok({ data: [item({}), ...odd] });
    expect(await client.accountActivity({ page: 1 })).toMatchObject({ entries: [{ id: '1' }], unread: 5 });
    expect((await ok({ data: [item({})] }).client.accountActivity({ page: 1 })).unread).toBeUndefined();
  });

  it('without a number of pages goes on until a page is empty', async () => {
    for (const meta of [undefined, null, [], { pagination: {} }]) {
      const last = ok({ data: [], meta }).client.activityPage('a1b2c3d4', { page: 4 });
      expect(await last).toMatchObject({ entries: [], pages: 4, total: 0 });
      const one = ok({ data: [item({})], meta }).client.activityPage('a1b2c3d4', { page: 3 });
      expect(await one).toMatchObject({ pages: 4, total: 1 });
    }
  });

  it('keeps thirty properties of an entry that has 5,000, and none that changes an object', async () => {
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`name ${at}`, `\u202e${at}`]));
    const properties: unknown = JSON.parse(`{"__proto__":{"by":"root"},${JSON.stringify(many).slice(1)}`);
    const { client } = ok({ data: [item({ properties, event: 'server:new.\u202ething' })] });
    const [entry] = (await client.activityPage('a1b2c3d4', { page: 1 })).entries;
    expect(entry?.event).toBe('server:new.thing');
    expect(Object.keys(entry?.properties ?? {}).length).toBeLessThanOrEqual(30);
    expect(Object.getPrototypeOf(entry?.properties)).toBe(Object.prototype);
    expect(entry?.properties['by']).toBeUndefined();
    const parsed = activityPageSchema.parse({ entries: [entry], total: 1, pages: 1 });
    const [told] = parsed.entries.map((one) => spoken(activityWords(one)));
    expect(told).toMatch(/^server:new\.thing \(.{1,400}\)$/);
    expect(JSON.stringify(parsed)).not.toMatch(/\p{Cc}|\u202e/u);
  });

  for (const recorder of ['pterodactyl', 'pelican']) {
    const folder = recordedFixtures(`client-api-2026-11/${recorder}`);
    it.runIf(folder !== null)(`recorded of ${recorder} is read to the last entry`, async (context) => {
      const pages = readJsonFiles(folder ?? '').flatMap(({ content }) => {
        const read = recordedPage.safeParse(content);
        return read.success ? [read.data] : [];
      });
      countRecorded(context, { answers: pages.length });
      expect(pages.length).toBeGreaterThan(recorder === 'pelican' ? 1 : 15);
      for (const body of pages) {
        const { entries, total } = await ok(body).client.accountActivity({ page: 1 });
        expect(entries).toHaveLength(body.data.length);
        expect(total).toBeGreaterThanOrEqual(entries.length);
      }
    });
  }
});
