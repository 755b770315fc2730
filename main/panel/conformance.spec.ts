/** Every answer recorded from a real panel (PROTOCOL 9) goes through the client; without the recordings this says so. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PerchError, problemSchema, type Problem } from '../../bridge/errors.js';
import { powerSignalSchema } from '../../bridge/domain.js';
import { FakeClock } from '../../tests/support/fake-clock.js';
import { answer, FakeHttp } from '../../tests/support/fake-http.js';
import { FakeLog } from '../../tests/support/fake-log.js';
import { recordedFixtures, readJsonFiles } from '../../tests/support/fixtures.js';
import { page } from '../../tests/support/panel-answers.js';
import type { PanelApi } from './api.js';
import { createPanelClient } from './client.js';

const recordingSchema = z.object({
  case: z.string(),
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown() }),
  response: z.object({
    status: z.number(),
    headers: z.record(
      z.string(),
      z.union([z.string(), z.array(z.string()).transform((values) => values.join(', '))]),
    ),
    body: z.unknown(),
  }),
});
type Recording = z.infer<typeof recordingSchema>;

const folder = recordedFixtures('panel-1.11.7');
const recordings: Recording[] =
  folder === null ? [] : readJsonFiles(folder).map(({ content }) => recordingSchema.parse(content));

/** What each recorded error class and status must become; decided here, not by the client. */
const expectedByCode: Record<string, Problem['code']> = {
  'AccessDeniedHttpException 403': 'forbidden',
  'AuthenticationException 401': 'unauthorized',
  'BadMethodCallException 500': 'panel-error',
  'BadRequestHttpException 400': 'invalid',
  'ConnectionException 500': 'panel-error',
  'DaemonConnectionException 400': 'conflict',
  'DaemonConnectionException 403': 'node-unreachable',
  'DaemonConnectionException 404': 'node-unreachable',
  'DaemonConnectionException 409': 'conflict',
  'DaemonConnectionException 500': 'node-unreachable',
  'DaemonConnectionException 502': 'node-unreachable',
  'DaemonConnectionException 504': 'node-unreachable',
  'DaemonConnectionException 521': 'node-unreachable',
  'DataValidationException 500': 'panel-error',
  'ErrorException 500': 'panel-error',
  'HttpException 419': 'protocol',
  'HttpException 502': 'conflict',
  'HttpException 503': 'panel-unreachable',
  'HttpForbiddenException 403': 'forbidden',
  'InvalidFilterQuery 400': 'protocol',
  'MethodNotAllowedHttpException 405': 'protocol',
  'NotFoundHttpException 404': 'not-found',
  'QueryException 500': 'panel-error',
  'ServerStateConflictException 409': 'conflict',
  'ThrottleRequestsException 429': 'rate-limited',
  'TwoFactorAuthRequiredException 400': 'forbidden',
  'TypeError 500': 'panel-error',
  'ValidationException 422': 'invalid',
};
/** Web pages that a panel gives to clients which ask for one: by status. */
const expectedOfPages: Record<number, Problem['code']> = {
  302: 'not-a-panel',
  400: 'not-a-panel',
  404: 'not-a-panel',
  419: 'not-a-panel',
  429: 'rate-limited',
  500: 'panel-error',
  503: 'panel-unreachable',
};
const expectedByCase: Record<string, Problem['code']> = {
  'api-root': 'not-a-panel',
  'auth-application-key': 'unauthorized',
  'power-malformed-json': 'protocol',
  'route-not-found': 'not-a-panel',
  'route-not-found-no-key': 'not-a-panel',
};

const key = 'ptlc_QQQQQQQQQQQwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww';

/** A client that gets the recorded answer first and, where it asks for more pages, empty ones. */
function clientOf({ response }: Recording): PanelApi {
  let isFirst = true;
  const http = new FakeHttp(() => {
    const recorded = answer(response.status, response.body, response.headers);
    const now = isFirst ? recorded : answer(200, page([]));
    isFirst = false;
    return now;
  });
  return createPanelClient({
    panelUrl: 'https://panel.example.com',
    label: () => 'Home',
    http,
    clock: new FakeClock(),
    log: new FakeLog(),
    authorize: (use) => use(key),
  });
}

/** The method of the client that sends this request; null where Perch has none. */
function methodFor({ request }: Recording): ((client: PanelApi) => Promise<unknown>) | null {
  const path = request.path.split('?')[0]?.replace(/\/$/, '') ?? '';
  if (path === '/api/client') return (client) => client.servers();
  if (path === '/api/client/account') return (client) => client.account();
  if (path === '/api/client/permissions') return (client) => client.permissions();
  const [, identifier, rest] = /^\/api\/client\/servers\/([\w-]+)(\/.*)?$/.exec(path) ?? [];
  if (identifier === undefined) return null;
  switch (rest) {
    case undefined:
      return (client) => client.server(identifier);
    case '/resources':
      return (client) => client.resources(identifier);
    case '/websocket':
      return (client) => client.socketTicket(identifier);
    case '/startup':
      return (client) => client.startup(identifier);
    case '/power':
      return (client) => client.power(identifier, signalOf(request.body));
    case '/command':
      return (client) => client.command(identifier, 'x');
    case '/settings/rename':
      return (client) => client.rename(identifier, { name: 'x', description: 'x' });
    case '/settings/reinstall':
      return (client) => client.reinstall(identifier);
    case '/settings/docker-image':
      return (client) => client.setDockerImage(identifier, 'x');
    case '/startup/variable':
      return (client) => client.setVariable(identifier, 'K', 'x');
    default:
      return null;
  }
}

function signalOf(body: unknown) {
  return z.object({ signal: powerSignalSchema }).safeParse(body).data?.signal ?? 'start';
}

const firstErrorSchema = z.object({ errors: z.array(z.object({ code: z.string() })) });

function expectedProblem(recording: Recording): Problem['code'] | undefined {
  const { status, body } = recording.response;
  const parsed = firstErrorSchema.safeParse(body);
  if (!parsed.success) return expectedOfPages[status];
  return expectedByCase[recording.case] ?? expectedByCode[`${parsed.data.errors[0]?.code} ${status}`];
}

const isPerchs = (recording: Recording) => ['GET', 'POST', 'PUT'].includes(recording.request.method);
const successes = recordings.filter(
  (one) => one.response.status < 300 && isPerchs(one) && methodFor(one) !== null,
);
const errors = recordings.filter((one) => one.response.status >= 300 && one.response.body !== null);

describe('answers of a real panel 1.11.7', () => {
  it('are there, or this says that they are not', () => {
    if (folder === null) {
      console.log('No recorded answers of a panel here: conformance of the client was not checked.');
      return;
    }
    expect(recordings.length).toBeGreaterThan(370);
    expect(successes.length).toBeGreaterThan(120);
    expect(errors.length).toBeGreaterThan(150);
    console.log(
      `Conformance of the client: ${successes.length} recorded successes and ${errors.length} recorded errors of ${recordings.length} answers.`,
    );
  });

  it('parse, each success into what the rest of Perch knows', async () => {
    for (const one of successes) {
      const value = await methodFor(one)?.(clientOf(one)).catch((error: unknown) => {
        throw new Error(`${one.case}: ${String(error)}`);
      });
      expect(JSON.stringify(value) ?? '', one.case).not.toContain(key);
      // Every server of a recorded page must come through: none may be skipped as malformed.
      const sent = z
        .object({ object: z.literal('list'), data: z.array(z.unknown()) })
        .safeParse(one.response.body);
      if (sent.success && Array.isArray(value)) expect(value, one.case).toHaveLength(sent.data.data.length);
      if (one.case.startsWith('startup-')) {
        expect(value, one.case).toMatchObject({ variables: { length: sent.data?.data.length } });
      }
    }
  });

  it('become, each error, the problem that it means, in words without markup or secrets', async () => {
    for (const one of errors) {
      const client = clientOf(one);
      // Requests that Perch never sends (another path or verb) are asked as the nearest one that it does.
      const isOfServer = one.request.path.includes('/servers/');
      const sending = methodFor(one)?.(client) ?? (isOfServer ? client.server('a') : client.account());
      const caught: unknown = await sending.then(
        () => null,
        (error: unknown) => error,
      );
      if (!(caught instanceof PerchError)) throw new Error(`${one.case}: no problem but ${String(caught)}`);
      const { problem } = caught;
      const expected = expectedProblem(one);
      expect(expected, `${one.case} has no expectation`).toBeDefined();
      expect(problem.code, one.case).toBe(expected);
      expect(problemSchema.safeParse(problem).success, one.case).toBe(true);
      const words = JSON.stringify(problem);
      expect(words, one.case).not.toMatch(/[<>]|<!doctype|ptlc_|eyJ|stack|vendor\//i);
      expect(problem.message.length, one.case).toBeLessThan(400);
    }
  });

  it('name the permission, the condition and the field', async () => {
    const facts = new Map<string, Problem>();
    for (const one of errors) {
      await methodFor(one)?.(clientOf(one)).catch((error: unknown) => {
        if (error instanceof PerchError) facts.set(one.case, error.problem);
      });
    }
    if (folder === null) return;
    expect(facts.get('power-no-permission')?.permission).toMatch(/^control\./);
    expect(facts.get('websocket-no-permission')?.permission).toBe('websocket.connect');
    expect(facts.get('startup-no-permission')?.permission).toBe('startup.read');
    expect(facts.get('power-suspended')?.condition).toBe('suspended');
    expect(facts.get('power-maintenance')?.condition).toBe('maintenance');
    expect(facts.get('power-restoring')?.condition).toBe('restoring');
    expect(facts.get('power-transferring')?.condition).toBe('transferring');
    expect(facts.get('power-installing')?.condition).toBe('installing');
    expect(Object.keys(facts.get('variable-max')?.fields ?? {})).toEqual(['value']);
    expect(Object.keys(facts.get('docker-image-too-long')?.fields ?? {})).toEqual(['docker_image']);
    expect(facts.get('auth-bad-key-html')?.message).toContain('login page');
  });
});
