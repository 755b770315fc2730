/** Refusals in the format of the panels' framework with one text and no list: the text is all that they say. */
import { describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../bridge/errors.js';
import { askedCalls, askWith, checkWords, foreign } from '../../tests/support/refused-calls.js';
import { inWords } from '../../tests/support/spoken-problem.js';

/** PHP writes an empty list of fields as `[]`. */
const bodies = [
  { message: foreign },
  { message: foreign, errors: {} },
  { message: foreign, errors: [] },
  { message: foreign, errors: ['without a field'] },
];

describe.each<[number, ProblemCode]>([
  [422, 'invalid'],
  [409, 'conflict'],
  [412, 'protocol'],
  [423, 'protocol'],
])('a refusal %i with one text', (status, code) => {
  it.each(bodies)('is quoted for every call: %j', async (body) => {
    for (const name of askedCalls) {
      const { problem } = await askWith(name, { status, body });
      expect(problem?.code, name).toBe(code);
      if (problem === null) throw new Error(name);
      checkWords(problem, name);
      expect(inWords(problem).message, name).toMatch(/“FREMD .*nie wolno/);
      expect(problem.maybeDone ?? false, name).toBe(false);
      if (code === 'invalid') expect(Object.keys(problem.fields ?? {}), name).toHaveLength(1);
    }
  });
});

it('an empty text is none', async () => {
  const { problem } = await askWith('addPerson', { status: 422, body: { message: '' } });
  expect(problem?.code).toBe('protocol');
});
