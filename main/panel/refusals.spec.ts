/**
 * Every refusal that a panel, its node or a proxy in front can send, for every call of the client: the problem names
 * the failure, and no text of the answer passes for Perch's own.
 */
import { describe, expect, it } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { clientOf, methodFor } from '../../tests/support/asked-client.js';
import { errorBody } from '../../tests/support/panel-answers.js';
import { recordedAnswers } from '../../tests/support/recorded-answers.js';
import { expectedProblem, recordedPanels } from '../../tests/support/recorded-problems.js';
import {
  askedCalls as names,
  askWith as ask,
  checkWords,
  foreign,
  type RefusedResponse as Response,
} from '../../tests/support/refused-calls.js';
import { panelCalls } from './calls.js';

type Code = Problem['code'];

const html = `<!DOCTYPE html><html><head><title>${foreign}</title></head><body>${foreign}</body></html>`;
const json = { 'content-type': 'application/json' };
const says = (status: number, code: string, detail = foreign, meta?: Record<string, unknown>): Response => ({
  status,
  body: errorBody(code, status, detail, meta),
});

/** Calls that a panel answers at every address that is right. */
const basic = ['servers', 'permissions', 'account', 'server'];
const isBasic = (name: string) => basic.includes(name);

/** Refusals that mean the same for every call. */
const always: Record<string, [Response, Code]> = {
  'a key that the panel does not know': [says(401, 'AuthenticationException'), 'unauthorized'],
  'the same, from an API without error classes': [
    { status: 401, body: { message: foreign } },
    'unauthorized',
  ],
  'a password of something in front': [{ status: 401, body: html }, 'unauthorized'],
  'a missing permission': [says(403, 'AccessDeniedHttpException'), 'forbidden'],
  'the same, from an API without classes': [{ status: 403, body: { message: foreign } }, 'forbidden'],
  'a feature that is switched off': [{ status: 403, body: [] }, 'forbidden'],
  'two-factor sign-in that is demanded': [says(400, 'TwoFactorAuthRequiredException'), 'forbidden'],
  'a wrong method': [says(405, 'MethodNotAllowedHttpException'), 'protocol'],
  'a session that ended': [says(419, 'HttpException'), 'protocol'],
  'a state of the server': [says(409, 'ServerStateConflictException'), 'conflict'],
  'an unknown conflict': [says(409, 'ConflictHttpException'), 'conflict'],
  'a conflict without a word': [says(409, 'ConflictHttpException', ''), 'conflict'],
  'a condition that is not met': [says(412, 'PreconditionFailedHttpException'), 'protocol'],
  'a refusal without a word': [says(412, 'PreconditionFailedHttpException', ''), 'protocol'],
  'an invalid field': [
    says(422, 'ValidationException', foreign, { source_field: 'name', rule: 'max' }),
    'invalid',
  ],
  'an invalid field without a name': [says(422, 'ValidationException'), 'invalid'],
  'an invalid field without a word': [says(422, 'ValidationException', ''), 'invalid'],
  'fields in the format of the framework': [
    { status: 422, body: { message: foreign, errors: { name: [foreign, foreign], email: [foreign] } } },
    'invalid',
  ],
  'too many requests': [says(429, 'ThrottleRequestsException'), 'rate-limited'],
  'too many requests, with a wait': [
    { ...says(429, 'ThrottleRequestsException'), headers: { 'retry-after': '7' } },
    'rate-limited',
  ],
  'too many requests, from a page': [{ status: 429, body: html }, 'rate-limited'],
  'too many requests, without content': [{ status: 429, body: '' }, 'rate-limited'],
  'too many requests, with a wait that is no number': [
    { status: 429, body: { message: foreign }, headers: { 'retry-after': foreign } },
    'rate-limited',
  ],
  'an unknown error': [says(500, 'TypeError'), 'panel-error'],
  'an error page': [{ status: 500, body: html }, 'panel-error'],
  'an error without classes': [{ status: 500, body: { message: foreign } }, 'panel-error'],
  'maintenance of the panel': [says(503, 'HttpException'), 'panel-unreachable'],
  'a broken gateway': [{ status: 502, body: html }, 'panel-unreachable'],
  'a gateway that waited too long': [{ status: 504, body: html }, 'panel-unreachable'],
  'Cloudflare without a panel': [
    { status: 521, body: html, headers: { server: 'cloudflare' } },
    'panel-unreachable',
  ],
  'a challenge of Cloudflare': [
    { status: 403, body: html, headers: { server: 'cloudflare', 'cf-mitigated': 'challenge' } },
    'panel-unreachable',
  ],
  'an address that moved': [
    { status: 308, body: html, headers: { location: 'https://other.example.com/' } },
    'not-a-panel',
  ],
  'a login page': [{ status: 302, body: '', headers: { location: '/auth/login' } }, 'not-a-panel'],
  'a web page instead of an answer': [{ status: 200, body: html }, 'not-a-panel'],
  'an answer that was cut off': [
    { status: 200, body: '{"object":"list","data":[', headers: json },
    'protocol',
  ],
};

/** Refusals after which a change may have been carried out. */
const maybeDone = new Set([
  'an unknown error',
  'an error page',
  'an error without classes',
  'a broken gateway',
  'a gateway that waited too long',
  'Cloudflare without a panel',
  'an answer that was cut off',
]);

describe.each(Object.entries(always))('%s', (what, [response, code]) => {
  it(`is ${code} for every call`, async () => {
    for (const name of names) {
      const { problem, isWrite } = await ask(name, response);
      expect(problem?.code, name).toBe(code);
      if (problem === null) throw new Error(name);
      checkWords(problem, `${what}: ${name}`);
      if (code === 'rate-limited') expect(problem.retryAt, name).toBeGreaterThan(0);
      if (code === 'invalid') expect(Object.keys(problem.fields ?? {}).length, name).toBeGreaterThan(0);
      if (problem.maybeDone === true) expect(isWrite, name).toBe(true);
      if (maybeDone.has(what)) expect(problem.maybeDone ?? false, name).toBe(isWrite);
    }
  });
});

it('a refusal about the account sends nobody to the owner of a server', async () => {
  const { problem } = await ask('apiKeys', says(403, 'AccessDeniedHttpException'));
  expect(problem?.next?.id).toBe('panel.ask-host');
});

describe('a missing object', () => {
  it('is the subject of the call, or the server', async () => {
    for (const name of names) {
      const { problem, path } = await ask(name, says(404, 'NotFoundHttpException'));
      const isOfServer = path.startsWith('/servers/') || /^(?:deleteApi|removeSsh)Key$/.test(name);
      expect(problem?.code, name).toBe(isOfServer ? 'not-found' : isBasic(name) ? 'not-a-panel' : 'protocol');
      if (problem !== null) checkWords(problem, name);
    }
    const about = async (name: string) =>
      (await ask(name, says(404, 'NotFoundHttpException'))).problem?.message.id;
    expect(await about('removePerson')).toBe('panel.no-person');
    expect(await about('addPerson')).toBe('panel.not-found');
    expect(await about('rotateDatabase')).toBe('panel.no-database');
    expect(await about('createDatabase')).toBe('panel.not-found');
    expect(await about('removeAllocation')).toBe('panel.no-allocation');
    expect(await about('addAllocation')).toBe('panel.not-found');
    expect(await about('deleteTask')).toBe('panel.no-schedule');
    expect(await about('createSchedule')).toBe('panel.not-found');
    expect(await about('deleteApiKey')).toBe('panel.no-key-there');
  });

  it.each<[string, Response]>([
    ['a route, on a panel', says(404, 'NotFoundHttpException', 'The route api/client/x could not be found.')],
    ['a page of a web server', { status: 404, body: html }],
    ['JSON without classes', { status: 404, body: { message: foreign } }],
    ['nothing', { status: 404, body: '' }],
    ['a page that is gone for good', { status: 410, body: html }],
    ['a method, by a proxy that refuses methods,', { status: 405, body: html }],
  ])('is no server if %s is missing', async (_, response) => {
    for (const name of names) {
      const { problem } = await ask(name, response);
      const isPanelsOwn = response.status === 404 && typeof response.body === 'object' && name === 'server';
      const expected = isBasic(name) ? ['not-a-panel', ...(isPanelsOwn ? ['not-found'] : [])] : ['protocol'];
      // Pelican has no call for some keys, and answers as for a key that is gone.
      if (name === 'removeSshKey') expected.push('not-found');
      expect(expected, `${name}: ${problem?.code}`).toContain(problem?.code);
      if (problem !== null) checkWords(problem, name);
    }
  });
});

describe('a success of another shape', () => {
  it.each<[string, Response]>([
    ['nothing, 204', { status: 204, body: '' }],
    ['nothing, 200', { status: 200, body: '' }],
    ['an empty list', { status: 200, body: [] }],
    ['null', { status: 200, body: 'null', headers: json }],
    ['a message', { status: 201, body: { message: foreign } }],
    ['an empty envelope', { status: 200, body: { attributes: {} } }],
    ['an envelope of null', { status: 200, body: { object: 'x', attributes: null, data: null } }],
  ])('%s: a change may have been carried out, a read has failed', async (_, response) => {
    for (const name of names) {
      const { problem, isWrite } = await ask(name, response);
      if (problem === null) {
        expect(isWrite, name).toBe(true);
        continue;
      }
      expect(isWrite ? ['protocol'] : ['protocol', 'not-a-panel'], name).toContain(problem.code);
      expect(problem.maybeDone ?? false, name).toBe(isWrite);
      checkWords(problem, name);
    }
  });
});

it('a refusal of the panel for a reason that Perch does not know is quoted, and no fault of an entry', async () => {
  for (const name of names) {
    const { problem } = await ask(name, says(400, 'DisplayException'));
    const isTimes = name === 'createSchedule' || name === 'changeSchedule';
    expect(problem?.code, name).toBe(isTimes ? 'invalid' : 'conflict');
    if (problem !== null) checkWords(problem, name);
  }
});

it('so are the classes that a panel derives for one reason, whatever their names', async () => {
  for (const code of [
    'PortConflictOnSameNetworkException',
    'PortOutOfRangeException',
    'NewReasonException',
  ]) {
    for (const name of ['addAllocation', 'setPrimaryAllocation', 'addTask', 'changeEmail']) {
      if (!names.includes(name)) continue;
      const { problem } = await ask(name, says(400, code));
      expect([problem?.code, problem?.message.id], `${name}: ${code}`).toEqual([
        'conflict',
        'panel.conflict',
      ]);
    }
  }
  for (const code of [
    'BadRequestException',
    'BadRequestHttpException',
    'InvalidFilterQuery',
    'NewHttpException',
  ]) {
    const { problem } = await ask('addAllocation', says(400, code));
    expect(problem?.code, code).toBe('protocol');
  }
});

it.each<[string, string, Response, Code, string]>([
  [
    'files',
    'a missing file on Pelican',
    says(500, 'FileNotFoundException'),
    'conflict',
    'panel.node-refused-file',
  ],
  [
    'fileContents',
    'a file that is no text',
    says(500, 'FileNotEditableException'),
    'conflict',
    'panel.node-refused-file',
  ],
  [
    'writeFile',
    'a name that is taken',
    says(500, 'FileExistsException'),
    'conflict',
    'panel.node-refused-file',
  ],
  [
    'pullFile',
    'an address of the node itself',
    says(500, 'RequestException'),
    'conflict',
    'panel.not-fetched',
  ],
  [
    'createDatabase',
    'databases that the host switched off',
    says(400, 'DatabaseClientFeatureNotEnabledException'),
    'forbidden',
    'panel.switched-off',
  ],
  [
    'createDatabase',
    'no host of databases',
    says(400, 'NoSuitableDatabaseHostException'),
    'conflict',
    'panel.database-no-host',
  ],
  [
    'addAllocation',
    'no free port',
    says(400, 'NoAutoAllocationSpaceAvailableException'),
    'conflict',
    'panel.allocation-none-free',
  ],
  [
    'addPerson',
    'somebody who is there',
    says(400, 'ServerSubuserExistsException'),
    'conflict',
    'panel.person-there',
  ],
  ['addPerson', 'the owner', says(400, 'UserIsServerOwnerException'), 'conflict', 'panel.person-is-owner'],
  [
    'changePassword',
    'a wrong password',
    says(400, 'InvalidPasswordProvidedException'),
    'invalid',
    'panel.wrong-password',
  ],
  ['deleteBackup', 'a locked backup', says(400, 'BackupLockedException'), 'conflict', 'panel.backup-locked'],
  ['addTask', 'too many tasks', says(400, 'ServiceLimitExceededException'), 'conflict', 'panel.task-limit'],
  [
    'createBackup',
    'too many backups',
    says(400, 'TooManyBackupsException'),
    'conflict',
    'panel.backup-limit',
  ],
  ['account', 'a password in front', { status: 401, body: html }, 'unauthorized', 'panel.password-in-front'],
])('%s: %s has its sentence in any language', async (name, _, response, code, id) => {
  const { problem } = await ask(name, response);
  expect([problem?.code, problem?.message.id]).toEqual([code, id]);
});

it('every call of the client has a sample', () => {
  // `backups` asks for the pages.
  const missing = Object.keys(panelCalls).filter((name) => name !== 'backupPage' && !names.includes(name));
  expect(missing).toEqual([]);
});

/** Refusals that only the text tells apart, which panels write in English in their code. */
const toldByText = new Set([
  'application-key',
  'auth-application-key',
  'auth-application-key-server',
  'backups-restore-running',
  'body-not-json',
  'command-daemon-502-proxy',
  'command-offline',
  'power-malformed-json',
  'schedules-execute-offline-server',
]);

describe.each(recordedPanels)('refusals of $name in another language', (panel) => {
  const refusals = (recordedAnswers(panel) ?? []).filter(({ response: { status } }) => status >= 400);
  it('are the same problems', async () => {
    const other: string[] = [];
    for (const one of refusals) {
      const body: unknown = JSON.parse(
        JSON.stringify(one.response.body, (key, value: unknown) => (key === 'detail' ? foreign : value)),
      );
      const asked = methodFor(one);
      if (asked === null || typeof body !== 'object') continue;
      const { client } = clientOf({ ...one, response: { ...one.response, body } });
      const caught: unknown = await asked(client).catch((error: unknown) => error);
      if (!(caught instanceof PerchError)) throw new Error(one.case);
      checkWords(caught.problem, one.case);
      const expected = expectedProblem(panel, one.case, one.response);
      if (caught.problem.code !== expected && !toldByText.has(one.case))
        other.push(`${one.case}: ${caught.problem.code} for ${expected}`);
    }
    expect(other).toEqual([]);
  });
});
