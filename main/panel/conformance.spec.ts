/** Answers of panels through the client: those of the contract set, and those recorded from a real panel. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PerchError, problemSchema, type Problem } from '../../bridge/errors.js';
import { clientKey, clientOf, methodFor, nearestMethod } from '../../tests/support/asked-client.js';
import { readJsonFiles, recordedFixtures } from '../../tests/support/fixtures.js';
import { ownAnswers, type Becomes, type OwnAnswer } from '../../tests/support/own-answers.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';

describe.each(['panel-1.11', 'panel-1.12', 'reference', 'pelican', 'in-front'])(
  'our own answers: %s',
  (folder) => {
    it.each(ownAnswers(folder).map((one) => [one.case, one] as const))('%s', async (_, one) => {
      const { client, http, clock } = clientOf(one, one.panelUrl);
      const { becomes } = one;
      const asked = nearestMethod(one)(client);
      if ('problem' in becomes) checkProblem(await problemOf(asked, one.case), becomes, clock.now());
      else if ('value' in becomes) expect(await asked).toMatchObject(becomes.value);
      else await expect(asked).resolves.toBeUndefined();
      if (!one.unasked) expect(http.requests[0]).toMatchObject(requestOf(one));
    });

    it('are many', () => {
      expect(ownAnswers(folder).length).toBeGreaterThanOrEqual(folder === 'panel-1.12' ? 5 : 18);
    });
  },
);

function requestOf({ panelUrl, request: { method, path, body } }: OwnAnswer): object {
  // The client writes its fields in order of name.
  const sent = isObject(body) ? { body: JSON.stringify(body, Object.keys(body).sort()) } : {};
  const headers = { accept: 'application/json', authorization: `Bearer ${clientKey}` };
  return { method, url: `${panelUrl}${path}`, headers, ...sent };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

async function problemOf(asked: Promise<unknown>, name: string): Promise<Problem> {
  const caught: unknown = await asked.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(caught instanceof PerchError)) throw new Error(`${name}: no problem but ${String(caught)}`);
  return caught.problem;
}

/** In words without markup or secrets. */
function checkWords(problem: Problem, name: string): void {
  expect(problemSchema.safeParse(problem).success, name).toBe(true);
  expect(JSON.stringify(problem), name).not.toMatch(/[<>]|<!doctype|ptlc_|eyJ|stack|vendor\//i);
  expect(problem.message.length, name).toBeLessThan(400);
}

function checkProblem(problem: Problem, becomes: Extract<Becomes, { problem: string }>, now: number): void {
  const { problem: code, fields, says = '', waits, ...facts } = becomes;
  checkWords(problem, code);
  expect({ ...problem, fields: Object.keys(problem.fields ?? {}).sort() }).toMatchObject({
    code,
    ...facts,
    ...(fields === undefined ? {} : { fields }),
  });
  expect(problem.maybeDone).toBe(becomes.maybeDone);
  if (waits !== undefined) expect(problem.retryAt).toBe(now + waits * 1000);
  expect(`${problem.message} ${problem.next}`).toMatch(new RegExp(says));
}

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

const recordedFolder = recordedFixtures('panel-1.11.7');

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

const firstErrorSchema = z.object({ errors: z.array(z.object({ code: z.string() })) });

function expectedProblem(recording: Recording): Problem['code'] | undefined {
  const { status, body } = recording.response;
  const parsed = firstErrorSchema.safeParse(body);
  if (!parsed.success) return expectedOfPages[status];
  return expectedByCase[recording.case] ?? expectedByCode[`${parsed.data.errors[0]?.code} ${status}`];
}

const isPerchs = (recording: Recording) => ['GET', 'POST', 'PUT'].includes(recording.request.method);

describe.each(recordedFolder === null ? [] : [recordedFolder])('answers of a real panel 1.11.7', (folder) => {
  const recordings = readJsonFiles(folder).map(({ content }) => recordingSchema.parse(content));
  const successes = recordings.filter(
    (one) => one.response.status < 300 && isPerchs(one) && methodFor(one) !== null,
  );
  const errors = recordings.filter((one) => one.response.status >= 300 && one.response.body !== null);

  it('are many', (context) => {
    countRecorded(context, { answers: recordings.length });
    expect(recordings.length).toBeGreaterThan(370);
    expect(successes.length).toBeGreaterThan(120);
    expect(errors.length).toBeGreaterThan(150);
  });

  it('parse, each success into what the rest of Perch knows', async () => {
    for (const one of successes) {
      const value = await methodFor(one)?.(clientOf(one).client).catch((error: unknown) => {
        throw new Error(`${one.case}: ${String(error)}`);
      });
      expect(JSON.stringify(value) ?? '', one.case).not.toContain(clientKey);
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
      const problem = await problemOf(nearestMethod(one)(clientOf(one).client), one.case);
      const expected = expectedProblem(one);
      expect(expected, `${one.case} has no expectation`).toBeDefined();
      expect(problem.code, one.case).toBe(expected);
      checkWords(problem, one.case);
    }
  });

  it('name the permission, the condition and the field', async () => {
    const facts = new Map<string, Problem>();
    for (const one of errors) {
      await methodFor(one)?.(clientOf(one).client).catch((error: unknown) => {
        if (error instanceof PerchError) facts.set(one.case, error.problem);
      });
    }
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
