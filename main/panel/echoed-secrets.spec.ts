/** Panels that repeat secrets where no secret belongs: in errors, fields, redirects, web pages and damaged answers. */
import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { writtenForms } from '../../bridge/redaction/written-forms.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { FakeHttp } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { LeakSearch } from '../../tests/support/leak-search.js';
import { inWords } from '../../tests/support/spoken-problem.js';
import type { HttpResponse } from '../base/network-ports.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';

const key = `ptlc_${'Q1w'.repeat(14)}z`;
/** Secrets that the panel makes: the password of a database, and the secret half of a new key. */
const made = { password: 'aB3!x=9.+Qz^kLm2@pRt7uVw', half: 'Zx81kQmP04rTyLw9aBcDeF55hJkLmN77' };
const typed = { current: 'wrong/hörse "battery"&', next: "n'ext/hörse <staple>&+1" };

/** Answers that repeat a text; `text` is escaped for JSON already. */
const echoes = {
  'an error 400': (text: string) => error(400, 'Strange', text),
  'an error 403': (text: string) => error(403, 'HttpForbiddenException', text),
  'an error 404': (text: string) => error(404, 'NotFoundHttpException', text),
  'an error 409': (text: string) => error(409, 'ConflictHttpException', text),
  'an error 418': (text: string) => error(418, 'HttpException', text),
  'an error 422': (text: string) => error(422, 'ValidationException', text),
  'an error 429': (text: string) => error(429, 'TooManyRequestsHttpException', text),
  'an error 500 with a statement': (text: string) => error(500, 'QueryException', text),
  'an error 502': (text: string) => error(502, 'HttpException', text),
  'an error named like the text': (text: string) => error(400, text, ''),
  'a success that is an error': (text: string) => ({ ...error(400, 'Strange', text), status: 200 }),
  'a web page with status 500': (text: string) => web(500, `<title>${text}</title><pre>${text}</pre>`),
  'a web page with status 200': (text: string) => web(200, `<p>${text}</p>`),
  'two answers in one': (text: string) =>
    json(200, `{"attributes":{"a":"${text}"}}{"attributes":{"a":"${text}"}}`),
  'half of an answer': (text: string) => json(200, `{"attributes":{"identifier":"${text}`),
  'an answer without its fields': (text: string) =>
    json(200, `{"attributes":{"${text}":"${text}"},"meta":{"x":"${text}"}}`),
  'a redirect': (text: string) => ({
    ...web(302, ''),
    headers: { location: `https://evil.example/${text}?t=${text}` },
  }),
  'a redirect to another scheme': (text: string) => ({
    ...web(302, ''),
    headers: { location: `x-${text}:${text}` },
  }),
} satisfies Record<string, (text: string) => HttpResponse>;

function json(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'application/json' }, body };
}

function web(status: number, body: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/html' }, body };
}

function error(status: number, code: string, text: string): HttpResponse {
  const meta = `{"source_field":"${text}","rule":"${text}"}`;
  return json(
    status,
    `{"errors":[{"code":"${code}","status":"${status}","detail":"No ${text} here.","meta":${meta}}]}`,
  );
}

/** The parts of the answer that a window and the log learn. */
async function learned(response: HttpResponse, ask: (client: PanelApi) => Promise<unknown>): Promise<string> {
  const log = new FakeLog();
  const client = createPanelClient({
    panelUrl: 'https://panel.example.com',
    http: new FakeHttp(() => response),
    clock: new FakeClock(),
    log,
    authorize: (use) => use(key),
  });
  const caught: unknown = await ask(client).then(
    (value) => JSON.stringify(value) ?? 'nothing',
    (failure: unknown) => failure,
  );
  if (typeof caught === 'string') return `${caught}\n${log.text}`;
  if (!(caught instanceof PerchError)) throw caught;
  return [JSON.stringify([caught.problem, inWords(caught.problem)]), caught.stack, log.text].join('\n');
}

/** Forms that may stand between quotation marks in JSON. */
const inJson = (secret: string): string[] => {
  const forms = writtenForms(secret).filter(
    (form) => !/["\n]|\\(?!["\\/u])/.test(form.replaceAll('\\"', '')),
  );
  return [...new Set(forms)];
};

describe.each(Object.entries(echoes))('%s', (_name, echo) => {
  it.each<[string, string, (client: PanelApi) => Promise<unknown>]>([
    ['the key of Perch', key, (client) => client.account()],
    ['the old password', typed.current, (client) => client.changePassword(typed.current, typed.next)],
    ['the new password', typed.next, (client) => client.changePassword(typed.current, typed.next)],
    [
      'a password for the e-mail',
      typed.current,
      (client) => client.changeEmail('a@example.com', typed.current),
    ],
    ['a password for the user name', typed.next, (client) => client.changeUsername('a', typed.next)],
  ])('tells nobody %s in any form', async (_what, secret, ask) => {
    const search = new LeakSearch();
    search.add('secret', secret);
    const forms = inJson(secret);
    expect(forms.length).toBeGreaterThan(1);
    for (const form of forms) expect(search.in(await learned(echo(form), ask)), form).toEqual([]);
  });

  it.each<[string, string, (client: PanelApi) => Promise<unknown>]>([
    ['a new key', `ptlc_Abcdefghijk${made.half}`, (client) => client.createApiKey('x', [])],
    ['the secret half of a new key', made.half, (client) => client.createApiKey('x', [])],
    [
      'the password of a new database',
      made.password,
      (client) => client.createDatabase('a', { name: 'b', from: '%' }),
    ],
    ['the new password of a database', made.password, (client) => client.rotateDatabase('a', '1')],
    ['the password of a database', made.password, (client) => client.databasePassword('a', '1')],
  ])('tells nobody %s', async (_what, secret, ask) => {
    const search = new LeakSearch();
    search.add('secret', secret);
    expect(search.in(await learned(echo(secret), ask))).toEqual([]);
  });
});

it.each([
  'Die Datenbankverbindungsangaben sind unvollständig.',
  '数据库名称已经被使用请选择另外一个名称然后再试一次',
  'Поле «подключения-разрешены-только-отсюда» заполнено неправильно.',
])('words of languages are still quoted: %s', async (detail) => {
  const body = JSON.stringify({ errors: [{ code: 'ValidationException', status: '422', detail }] });
  const said = await learned(json(422, body), (client) =>
    client.createDatabase('a', { name: 'b', from: '%' }),
  );
  expect(said).toContain(detail);
});

it('a refused address is still quoted, and so is the field that the panel names', async () => {
  const detail = 'The value for "2001:0db8:85a3:0000:0000:8a2e:0370:7334/99" is not a valid IP address.';
  const body = {
    errors: [{ code: 'ValidationException', status: '422', detail, meta: { source_field: 'allowed_ips.0' } }],
  };
  const said = await learned(json(422, JSON.stringify(body)), (client) => client.createApiKey('x', ['1']));
  expect(said).toContain('2001:0db8:85a3:0000:0000:8a2e:0370:7334/99');
  expect(said).toContain('allowed_ips.0');
});
