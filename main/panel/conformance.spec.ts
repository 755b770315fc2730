/** Panel answers through the client: from the contract set, and recorded from a real panel. */
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { problemSchema } from '../../bridge/schema/problem.js';
import { clientKey, clientOf, methodFor, nearestMethod } from '../../tests/support/asked-client.js';
import { ownAnswers, type ExpectedOutcome, type OwnAnswer } from '../../tests/support/own-answers.js';
import {
  isPerchs,
  recordedAnswers,
  unaskedRoutes,
  type RecordedAnswer,
} from '../../tests/support/recorded-answers.js';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { expectedProblem, recordedPanels } from '../../tests/support/recorded-problems.js';
import { inWords, saying } from '../../tests/support/spoken-problem.js';
import { spoken } from '../../messages/messages.js';

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
  // The client writes its fields in alphabetical order.
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

/** Checks that a problem has a message without markup or secrets. */
function checkWords(problem: Problem, name: string): void {
  expect(problemSchema.safeParse(problem).success, name).toBe(true);
  const said = inWords(problem);
  expect(JSON.stringify([problem, said]), name).not.toMatch(/[<>]|<!doctype|ptlc_|eyJ|stack|vendor\//i);
  expect(said.message.length, name).toBeLessThan(400);
}

function checkProblem(
  problem: Problem,
  becomes: Extract<ExpectedOutcome, { problem: string }>,
  now: number,
): void {
  const { problem: code, fields, says = '', waits, ...facts } = becomes;
  checkWords(problem, code);
  expect({ ...problem, fields: Object.keys(problem.fields ?? {}).sort() }).toMatchObject({
    code,
    ...facts,
    ...(fields === undefined ? {} : { fields }),
  });
  expect(problem.maybeDone).toBe(becomes.maybeDone);
  if (waits !== undefined) expect(problem.retryAt).toBe(now + waits * 1000);
  expect(`${spoken(problem.message)} ${spoken(problem.next)}`).toMatch(new RegExp(says));
}

const recorded = recordedPanels.flatMap((panel) => {
  const recordings = recordedAnswers(panel);
  return recordings === null ? [] : [{ ...panel, recordings }];
});

/** Pelican reports a silent node with status 200. */
const isSilentNode = ({ response }: RecordedAnswer) =>
  z.object({ attributes: z.object({ current_state: z.literal('missing') }) }).safeParse(response.body)
    .success;

/**
 * HTTP methods that Perch never uses, routes of nodes, which it asks without the panel's client, and routes of a plugin,
 * whose refusals are answers (`player-counter.spec.ts`).
 */
const ofOthers =
  /^(?:HEAD|OPTIONS|PATCH) |^(?:GET \/download|POST \/upload)\/|\{server\}\/query(?:\/players)?$/;
/** Routes that no panel has, that Perch leaves to the panel's pages (PROTOCOL 11), or of other programs. */
const neverSent: Record<string, RegExp> = {
  'panel-1.11.7': /nonsense$|^GET \/api(?:\/application\/servers)?$/,
  'pelican-2026-08': /nonsense$|^GET \/(?:up|api(?:\/application\/servers)?)$/,
  'client-api-2026-11/pterodactyl': /^(?:GET|POST) \/account\/two-factor(?:\/disable)?$/,
  'client-api-2026-11/pelican':
    / \/account\/two-factor(?:\/disable)?$|\{server\}\/(?:icon|settings\/icon|eggs|settings\/egg|transfer|startup\/command)$/,
};
const isNeverSent = (folder: string, route: string) =>
  ofOthers.test(route) || neverSent[folder]?.test(route) === true;

/** Perch keeps only the known part of the activity, so there is less than was sent. */
const isActivity = ({ request }: RecordedAnswer) => request.path.endsWith('/activity');

/** Values of placeholders in some recorded problems. */
const both = {
  'power-no-permission': { permission: expect.stringMatching(/^control\./) as string },
  'websocket-no-permission': { permission: 'websocket.connect' },
  'startup-no-permission': { permission: 'startup.read' },
  'power-suspended': { condition: 'suspended' },
  'power-maintenance': { condition: 'maintenance' },
  'power-restoring': { condition: 'restoring' },
  'power-installing': { condition: 'installing' },
  'variable-max': { fields: ['value'] },
  'docker-image-too-long': { fields: ['docker_image'] },
};
const factsOf: Record<string, Record<string, object>> = {
  'panel-1.11.7': {
    ...both,
    'power-transferring': { condition: 'transferring' },
    'auth-bad-key-html': { message: saying(/login page/) },
  },
  'pelican-2026-08': {
    ...both,
    'command-transferring': { condition: 'transferring' },
    'description-no-permission': { permission: 'settings.description' },
  },
  'client-api-2026-11/pterodactyl': {
    'allocations-delete-primary': { message: saying(/default address/) },
    'allocations-denied': { permission: 'allocation.read' },
    'allocations-note-too-long': { fields: ['notes'] },
    'databases-create-invalid': { fields: ['database', 'remote'] },
    'databases-delete-unknown': { message: saying(/database no longer exists/) },
    'schedules-execute-offline-server': { message: saying(/refused the first task/) },
    'tasks-create-too-many': { message: saying(/at most 10 tasks/) },
    'users-create-invalid': { fields: ['email', 'permissions'] },
    'users-create-with-more-than-own': { message: saying(/permissions that they lack/) },
    'users-view-gone': { message: saying(/no longer has access/) },
    'files-write-denylist': { message: saying(/protects this file/) },
    'files-write-over-directory': { message: saying(/folder has this name/) },
    'odd-write-through-link-outside': { message: saying(/may lead through a link/) },
    'startup-variable-invalid': { fields: ['value'] },
    'suspended-power': { condition: 'suspended' },
    'websocket-while-restoring': { condition: 'restoring' },
  },
  'client-api-2026-11/pelican': {
    'allocation-create-limit-2': { ofServer: true, message: saying(/addresses a minute/) },
    'allocation-no-limit': { message: saying(/no further address/) },
    'schedule-create-missing': { ofServer: true, message: saying(/schedules a minute/) },
    'subuser-create-again': { message: saying(/has access to the server already/) },
    'task-create-offset-too-long': { fields: ['time_offset'] },
    'power-suspended': { condition: 'suspended' },
    'resources-suspended': { condition: 'suspended' },
    'startup-invalid': { fields: ['value'] },
    'reinstall-subuser': { permission: 'settings.reinstall' },
    'file-write-outside': { message: saying(/may lead through a link/) },
  },
};

describe.each(recorded)('answers of a real $name', (panel) => {
  const { recordings } = panel;
  const successes = recordings.filter(
    (one) => one.response.status < 300 && isPerchs(one) && methodFor(one) !== null && !isSilentNode(one),
  );
  const errors = recordings.filter((one) => one.response.status >= 300 && one.response.body !== null);

  it('are many', (context) => {
    countRecorded(context, { answers: recordings.length });
    const [answers, parsed, refused] = panel.least;
    expect(recordings.length).toBeGreaterThanOrEqual(answers);
    expect(successes.length).toBeGreaterThanOrEqual(parsed);
    expect(errors.length).toBeGreaterThanOrEqual(refused);
  });

  it('leave out only requests that Perch never sends', () => {
    const { folder } = panel;
    expect(unaskedRoutes(panel).filter((route) => !isNeverSent(folder, route))).toEqual([]);
  });

  it("parse, each success into Perch's types", async () => {
    for (const one of successes) {
      const value = await methodFor(one)?.(clientOf(one).client).catch((error: unknown) => {
        throw new Error(`${one.case}: ${String(error)}`);
      });
      expect(JSON.stringify(value) ?? '', one.case).not.toContain(clientKey);
      // Every server of a recorded page must parse: none may be skipped as malformed.
      const sent = z
        .object({ object: z.literal('list'), data: z.array(z.unknown()) })
        .safeParse(one.response.body);
      if (sent.success && Array.isArray(value) && !isActivity(one))
        expect(value, one.case).toHaveLength(sent.data.data.length);
      if (one.request.path.endsWith('/backups') && one.request.method === 'GET') {
        expect(value, one.case).toMatchObject({ backups: { length: sent.data?.data.length } });
      }
      if (one.request.path.endsWith('/startup')) {
        expect(value, one.case).toMatchObject({ variables: { length: sent.data?.data.length } });
      }
    }
  });

  it('give, for each error, the problem that it means, in words without markup or secrets', async () => {
    for (const one of errors) {
      const problem = await problemOf(nearestMethod(one)(clientOf(one).client), one.case);
      const expected = expectedProblem(panel, one.case, one.response);
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
    for (const [name, wanted] of Object.entries(factsOf[panel.folder] ?? {})) {
      const { fields = {}, ...problem } = facts.get(name) ?? {};
      expect({ ...problem, fields: Object.keys(fields) }, name).toMatchObject(wanted);
    }
    expect(Object.keys(factsOf[panel.folder] ?? {}).length).toBeGreaterThanOrEqual(5);
  });

  it('mark a node as silent if the panel says so in a success', async () => {
    for (const one of recordings.filter(isSilentNode)) {
      const problem = await problemOf(nearestMethod(one)(clientOf(one).client), one.case);
      expect(problem.code, one.case).toBe('node-unreachable');
    }
  });
});
