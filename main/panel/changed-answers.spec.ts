/**
 * Recorded successes of real panels with one field changed, as other versions, forks and hosts of panels send it:
 * missing, null, a number as text, a flag as a number.
 */
import { describe, expect, it } from 'vitest';
import { PerchError } from '../../bridge/errors.js';
import { clientOf, methodFor } from '../../tests/support/asked-client.js';
import { recordedAnswers, type RecordedAnswer } from '../../tests/support/recorded-answers.js';
import { recordedPanels } from '../../tests/support/recorded-problems.js';

type Path = readonly (string | number)[];

/** Places of all fields; of a list those of the first item. */
function placesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Array.isArray(value) ? value.slice(0, 1) : Object.entries(value);
  const below = inside.flatMap((part: unknown, place) => {
    if (Array.isArray(value)) return placesIn(part, [...path, place]);
    const [key, held] = part as [string, unknown];
    return placesIn(held, [...path, key]);
  });
  return path.length === 0 ? below : [path, ...below];
}

/** A copy with another value at a place; `undefined` removes the field. */
function changedAt(value: unknown, path: Path, change: (old: unknown) => unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((one, place) => (place === key ? changedAt(one, rest, change) : one));
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.fromEntries(
    entries
      .map(([name, held]) => [name, name === key ? changedAt(held, rest, change) : held] as const)
      .filter(([, held]) => held !== undefined),
  );
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((held, key) => (held as Record<string | number, unknown>)[key], value);

/** Gives the answer of the client, with functions left out, or its problem. */
async function outcomeOf(one: RecordedAnswer): Promise<{ value?: unknown; problem?: PerchError['problem'] }> {
  try {
    const value = await methodFor(one)?.(clientOf(one).client);
    return { value: value === undefined ? null : JSON.parse(JSON.stringify(value)) };
  } catch (error) {
    if (error instanceof PerchError) return { problem: error.problem };
    throw new Error(`${one.case}: ${String(error)}`, { cause: error });
  }
}

/** Method and path without ids. */
const routeOf = ({ request: { method, path } }: RecordedAnswer) =>
  `${method} ${path.replace(/\?.*/, '').replace(/(?<=\/)(?:[\da-f-]{36}|[\da-f]{8}|\d+)(?=\/|$)/g, 'ID')}`;

/** The same with three items of a list at most. */
function shortened(one: RecordedAnswer): RecordedAnswer {
  const { body } = one.response;
  const data: unknown = valueAt(body, ['data']);
  if (!Array.isArray(data)) return one;
  return { ...one, response: { ...one.response, body: changedAt(body, ['data'], () => data.slice(0, 3)) } };
}

/** One success of each route and set of fields. */
const successes = recordedPanels.flatMap((panel) => {
  const known = new Map<string, RecordedAnswer>();
  for (const one of recordedAnswers(panel) ?? []) {
    const { body, status } = one.response;
    if (status >= 300 || typeof body !== 'object' || body === null || methodFor(one) === null) continue;
    if (one.request.path.includes('/files/contents')) continue;
    known.set(`${routeOf(one)} ${placesIn(body).join(' ')}`, shortened(one));
  }
  return [...known.values()];
});

/** Values of variables and of activity are words of people: a number there is no number of the API. */
const ofPeople = /\.(?:properties|server_value|default_value)\b/;

async function* changed(change: (old: unknown) => unknown, fits: (old: unknown) => boolean) {
  const tried = new Set<string>();
  for (const one of successes) {
    const before = await outcomeOf(one);
    if (before.problem !== undefined) continue;
    const { body } = one.response;
    for (const path of placesIn(body).filter((place) => fits(valueAt(body, place)))) {
      const place = `${routeOf(one)} ${path.join('.')}`;
      if (tried.has(place) || ofPeople.test(place)) continue;
      tried.add(place);
      const response = { ...one.response, body: changedAt(body, path, change) };
      yield {
        name: `${one.case} ${path.join('.')}`,
        one,
        before,
        after: await outcomeOf({ ...one, response }),
      };
    }
  }
}

describe.runIf(successes.length > 0)('an answer with one field in another form', () => {
  it.each<[string, (old: unknown) => unknown, string]>([
    ['a number as text', String, 'number'],
    ['a flag as a number', Number, 'boolean'],
    ['a flag as the text of a number', (old) => String(Number(old)), 'boolean'],
  ])('%s means the same', async (_, change, type) => {
    let count = 0;
    for await (const { name, before, after } of changed(change, (old) => typeof old === type)) {
      expect(after, name).toEqual(before);
      count += 1;
    }
    expect(count).toBeGreaterThan(type === 'number' ? 50 : 20);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['missing', undefined],
  ])('%s costs one item at most, and never passes for the work not done', async (_, value) => {
    let count = 0;
    for await (const { name, one, before, after } of changed(
      () => value,
      (old) => old !== value,
    )) {
      count += 1;
      const { problem } = after;
      if (problem !== undefined) {
        expect(['protocol', 'not-a-panel', 'node-unreachable'], name).toContain(problem.code);
        if (one.request.method !== 'GET') expect(problem.maybeDone, name).toBe(true);
      } else if (Array.isArray(before.value)) {
        expect((after.value as unknown[]).length, name).toBeGreaterThanOrEqual(before.value.length - 1);
      }
    }
    expect(count).toBeGreaterThan(800);
  });
});
