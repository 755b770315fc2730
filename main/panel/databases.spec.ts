/** Hostile and recorded answers about databases; `databases.sandbox.spec.ts` has the answers of each panel. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { databaseAddress } from '../../bridge/databases/connection.js';
import { answer } from '../../tests/support/fake-http.js';
import { fakePanelClient } from '../../tests/support/fake-panel-client.js';
import { readJsonFiles, recordedFixtures } from '../../tests/support/fixtures.js';
import { databasesAnswer, passwordAnswer } from './wire/databases.js';

const item = (id: unknown, more: object = {}) => ({
  object: 'server_database',
  attributes: {
    id,
    host: { address: 'db.example.com', port: 3306 },
    name: 's1_main',
    username: 'u1_abc',
    connections_from: '%',
    max_connections: 0,
    ...more,
  },
});
const withPassword = (id: unknown, password: unknown) =>
  item(id, { relationships: { password: { object: 'database_password', attributes: { password } } } });
const list = (...data: unknown[]) => answer(200, { object: 'list', data });

describe('the list', () => {
  it('leaves out entries that are no databases, and is refused if none is left', async () => {
    const strange = [item('../1'), item(0), item(1.5), { attributes: {} }, 7, item('x y')];
    const { client } = fakePanelClient([list(item('a1'), ...strange, item('a1')), list(7), list()]);
    expect((await client.databases('a1')).map(({ id }) => id)).toEqual(['a1']);
    await expect(client.databases('a1')).rejects.toMatchObject({ problem: { code: 'protocol' } });
    expect(await client.databases('a1')).toEqual([]);
  });

  it.each([null, undefined, {}, { address: null, port: 3306 }, 'db.example.com', []])(
    'has a database with the host %j, which has no address',
    async (host) => {
      const { client } = fakePanelClient([list(item('a1', { host }), item('b2'))]);
      const all = await client.databases('a1');
      expect(all.map(({ id, host: at }) => [id, at])).toEqual([
        ['a1', null],
        ['b2', { address: 'db.example.com', port: 3306 }],
      ]);
    },
  );

  it('is bounded, whatever a panel sends', async () => {
    const many = Array.from({ length: 5000 }, (_, at) => item(at + 1));
    const { client } = fakePanelClient([list(...many)]);
    expect(await client.databases('a1')).toHaveLength(1000);
  });

  it('has names of one line without control characters, and no password', () => {
    const hostile = {
      name: 'a\u001b[31m\nb\u202e\ud800',
      username: 'u\u0000'.repeat(500),
      host: { address: 'db\n', port: 99_999_999 },
      relationships: { password: { attributes: { password: 'secret' } } },
    };
    const [database] = databasesAnswer.parse({ data: [item(7, hostile)] });
    expect(database).toMatchObject({ id: '7', name: 'a b', host: { port: 3306 } });
    expect(database?.username.length).toBeLessThanOrEqual(200);
    expect(database && databaseAddress(database)).toMatch(/^mysql:/);
    expect(JSON.stringify(database)).not.toContain('secret');
  });
});

describe('a password', () => {
  it('is the password of the wanted database, unchanged', () => {
    const body = { data: [withPassword('a1', 'one'), withPassword('b2', " '\u202e=+ ")] };
    expect(passwordAnswer('b2').parse(body)?.password).toBe(" '\u202e=+ ");
    expect(passwordAnswer('c3').parse(body)).toBeNull();
  });

  it.each([
    ['hidden', item('a1', { relationships: { password: { object: 'null_resource', attributes: null } } })],
    ['missing', item('a1')],
    ['no text', withPassword('a1', 7)],
    ['empty', withPassword('a1', '')],
    ['too long', withPassword('a1', 'x'.repeat(1001))],
    ['of two lines', withPassword('a1', "x'\nop: mallory")],
    ['a key of a terminal', withPassword('a1', 'x\u0003')],
    ['half a character', withPassword('a1', 'x\ud800')],
  ])('that is %s is none', (_, one) => {
    expect(passwordAnswer('a1').parse({ data: [one] })).toMatchObject({
      database: { id: 'a1' },
      password: null,
    });
  });
});

it('a password is in no error and in no log, whatever becomes of the answer', async () => {
  const broken = {
    attributes: { password: 'secret', name: 'secret' },
    data: [withPassword('../1', 'secret')],
  };
  const texts = [JSON.stringify(broken), `${JSON.stringify(broken)}}`, '<p>secret</p>', 'secret'];
  const { client, log } = fakePanelClient(texts.map((body) => ({ ...answer(200, {}), body })));
  for (let asked = 0; asked < texts.length; asked += 1) {
    const error: unknown = await client.databasePassword('a1', 'a1').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ problem: { code: expect.any(String) as unknown } });
    expect(JSON.stringify(error)).not.toContain('secret');
  }
  expect(log.lines.length).toBeGreaterThan(2);
  expect(log.text).not.toContain('secret');
});

it('an id that would lead elsewhere is refused before any request', async () => {
  const { client, http } = fakePanelClient([]);
  await expect(client.rotateDatabase('a1', '../power')).rejects.toMatchObject({
    problem: { code: 'not-found' },
  });
  expect(http.requests).toEqual([]);
});

const recorded = recordedFixtures('client-api-2026-11/pterodactyl');
it.runIf(recorded !== null)('recorded lists and passwords are understood', () => {
  const exchange = z.object({
    request: z.object({ method: z.string(), path: z.string() }),
    response: z.object({ status: z.number(), body: z.unknown() }),
  });
  const bodies = readJsonFiles(recorded ?? '').flatMap(({ content }) => {
    const found = exchange.safeParse(content);
    if (!found.success || found.data.response.status !== 200) return [];
    const { request, response } = found.data;
    return request.method === 'GET' && request.path.endsWith('/databases') ? [response.body] : [];
  });
  expect(bodies.length).toBeGreaterThan(3);
  const databases = bodies.flatMap((body) => databasesAnswer.parse(body));
  expect(new Set(databases.map(({ name }) => name))).toEqual(new Set(['s32_main', 's32_second']));
  const passwords = bodies.map((body) => passwordAnswer('R719VEq2').parse(body)?.password);
  expect(new Set(passwords.filter((each) => typeof each === 'string'))).toEqual(
    new Set(['dR1Lz6WTirb+3KzBdFRk.al7']),
  );
});
