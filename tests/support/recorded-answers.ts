/** Recorded requests and answers of real panels, in a common shape. */
import * as z from 'zod';
import { methodFor, type Exchange } from './asked-client.js';
import { readJsonFiles, recordedFixtures } from './fixtures.js';
import type { RecordedPanel } from './recorded-problems.js';

export interface RecordedAnswer extends Exchange {
  case: string;
}

const headers = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string()).transform((values) => values.join(', '))]),
);
const request = z.object({ method: z.string(), path: z.string(), body: z.unknown() });
const answerFields = { status: z.number(), headers, body: z.unknown() };

/** Most sets keep the answer under `response`; the Pelican set of November 2026 keeps it beside the request. */
const recordingSchema = z.union([
  z.object({ case: z.string(), request, response: z.object(answerFields) }),
  z
    .object({ name: z.string(), request, ...answerFields })
    .transform(({ name, request: asked, ...response }) => ({ case: name, request: asked, response })),
]);

/**
 * Recordings of a panel; null = the set does not exist. A set about the whole client API counts only for requests that
 * Perch sends.
 */
export function recordedAnswers(panel: RecordedPanel): RecordedAnswer[] | null {
  const answers = allOf(panel);
  return panel.holdsOtherCalls === true ? (answers?.filter(isAsked) ?? null) : answers;
}

/** Routes of the recordings that Perch never asks, each once, sorted; ids and servers are cut out. */
export function unaskedRoutes(panel: RecordedPanel): string[] {
  const unasked = (allOf(panel) ?? []).filter((one) => !isAsked(one));
  const routes = unasked.map(({ request: { method, path } }) => {
    const [whole = ''] = path.split('?');
    return `${method} ${whole.replace(/^\/api\/client/, '').replace(/servers\/[\w-]+/, 'servers/{server}')}`;
  });
  return [...new Set(routes)].sort();
}

function allOf({ folder }: RecordedPanel): RecordedAnswer[] | null {
  const from = recordedFixtures(folder);
  if (from === null) return null;
  const exchanges = readJsonFiles(from).filter(({ content }) => isExchange(content));
  return exchanges.map(({ content }) => recordingSchema.parse(content));
}

/** Whether a method of Perch's client sends this request. */
function isAsked(one: RecordedAnswer): boolean {
  return isPerchs(one) && methodFor(one) !== null;
}

/** One file of November 2026 holds only the headers of a download. */
function isExchange(content: unknown): boolean {
  return z.looseObject({ request: z.unknown() }).safeParse(content).success;
}

/** Whether Perch uses the request's HTTP method. */
export function isPerchs({ request: { method } }: RecordedAnswer): boolean {
  return ['GET', 'POST', 'PUT', 'DELETE'].includes(method);
}
