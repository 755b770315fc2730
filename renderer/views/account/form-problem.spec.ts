/** Refusals of a panel at the fields of a form. */
import { expect, it } from 'vitest';
import { newProblem } from '../../../bridge/errors.js';
import { verbatim } from '../../../messages/messages.js';
import { formProblem } from './form-problem.js';

const refused = (fields: Readonly<Record<string, string>>) => ({
  ...newProblem('invalid', verbatim('No.'), verbatim('Again.')),
  fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [name, verbatim(text)])),
});

it('says nothing twice: the sentence stands at its field, and the banner is empty', () => {
  const { at, rest } = formProblem(refused({ 'allowed_ips.0': 'No address.', description: 'Too long.' }), [
    'description',
    'allowed_ips',
  ]);
  expect(at).toEqual({ description: 'Too long.', allowed_ips: 'No address.' });
  expect(rest).toBeNull();
});

it('keeps the first sentence of a field with several entries', () => {
  const problem = refused({ 'allowed_ips.0': 'First.', 'allowed_ips.1': 'Second.' });
  expect(formProblem(problem, ['allowed_ips']).at).toEqual({ allowed_ips: 'First.' });
});

it('leaves the banner where the panel names a field that the form lacks', () => {
  const problem = refused({ description: 'Too long.', allowed_ips_of_team: 'No.' });
  expect(formProblem(problem, ['description', 'allowed_ips'])).toEqual({
    at: { description: 'Too long.' },
    rest: problem,
  });
});

it('leaves the banner to a problem without fields, and to none', () => {
  const problem = newProblem('offline', verbatim('No answer.'), verbatim('Wait.'));
  expect(formProblem(problem, ['description'])).toEqual({ at: {}, rest: problem });
  expect(formProblem(null, ['description'])).toEqual({ at: {}, rest: null });
});
