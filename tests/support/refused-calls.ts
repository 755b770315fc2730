/** Every call of the client with an answer of the test, and a look at the words of the problem. */
import { expect } from 'vitest';
import { PerchError, type Problem } from '../../bridge/errors.js';
import { clientOf, type Exchange } from './asked-client.js';
import { routeSamples } from './route-samples.js';
import { inWords } from './spoken-problem.js';

export type RefusedResponse = Pick<Exchange['response'], 'status' | 'body'> & {
  headers?: Record<string, string>;
};

/** Text of a hostile or translated panel. A message may quote the text, without its markup. */
export const foreign = 'FREMD <b>x</b>\u202e\u0007 nie wolno';

/** Names of all calls. */
export const askedCalls = Object.keys(routeSamples);

interface Asked {
  readonly problem: Problem | null;
  readonly isWrite: boolean;
  readonly path: string;
}

export async function askWith(name: string, { status, body, headers = {} }: RefusedResponse): Promise<Asked> {
  const request = { method: '', path: '', body: null };
  const { client, http } = clientOf({ request, response: { status, body, headers } });
  const caught: unknown = await routeSamples[name]?.(client).then(
    () => null,
    (error: unknown) => error,
  );
  if (caught !== null && !(caught instanceof PerchError)) throw new Error(`${name}: ${String(caught)}`);
  const [sent] = http.requests;
  const path = sent?.url.split('/api/client')[1] ?? '';
  return { problem: caught?.problem ?? null, isWrite: sent?.method !== 'GET', path };
}

/** Fails if a text of the answer is in a sentence without quotation marks, or has markup or control characters. */
export function checkWords(problem: Problem, name: string): void {
  const said = inWords(problem);
  expect(said.message.replace(/“[^“”]*“|“[^”]*”/g, ''), name).not.toMatch(/FREMD|nie wolno/);
  expect(said.next, name).not.toMatch(/FREMD|nie wolno/);
  expect(JSON.stringify(Object.values(said)), name).not.toMatch(/[<>\u202e]|\\u0007|\[object/);
  expect(said.message.includes('“”'), `${name} quotes nothing`).toBe(false);
  expect(said.next.length, name).toBeGreaterThan(8);
}
