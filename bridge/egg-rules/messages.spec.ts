import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../messages/messages.js';
import { judgeValue } from './egg-rules.js';

afterEach(() => speak(() => 'en'));

function messages(rules: string, value: string): string[] {
  const verdict = judgeValue(rules, value);
  return verdict.kind === 'fails' ? verdict.failures.map(({ message }) => message) : [];
}

type Case = [rules: string, value: string, message: string];

describe('judgeValue', () => {
  it('names the requirement on the value', () => {
    expect(messages('required|string', '')).toEqual(['Must not be empty.']);
    expect(messages('required|integer|between:1,10', '11')).toEqual(['Must be from 1 to 10.']);
    expect(messages('required|string|max:1', 'ab')).toEqual(['Must have at most 1 character.']);
    expect(messages('required|in:a,b,c', 'd')).toEqual(['Must be a, b or c.']);
    expect(messages('required|in:1,2,3,4,5,6,7,8', '9')).toEqual(['Must be 1, 2, 3, 4, 5 or 3 others.']);
    expect(messages('required|in:\u202eevil\u0007', 'x')).toEqual(['Must be evil.']);
    expect(messages(`required|regex:/^${'[a-z]'.repeat(20)}$/`, 'x')).toEqual([
      'Must fit a pattern of the egg.',
    ]);
  });

  it.each<Case>([
    ['required|numeric|min:5', '4', 'Must be at least 5.'],
    ['required|integer|max:65535', '65536', 'Must be at most 65535.'],
    ['required|integer|size:5', '4', 'Must be 5.'],
    ['required|string|min:3', '', 'Must not be empty.'],
    ['min:3', '', 'Must have at least 3 characters.'],
    ['size:1', 'ab', 'Must have exactly 1 character.'],
    ['between:3,15', 'ab', 'Must have 3 to 15 characters.'],
    ['required|integer|gt:0', '0', 'Must be a number greater than 0.'],
    ['required|lte:5', '6', 'Must be a number of at most 5.'],
    ['required|not_in:a,b', 'a', 'Must not be a or b.'],
    ['required|digits:1', '12', 'Must be 1 digit, and nothing else.'],
    ['required|digits_between:17,18', '1', 'Must be 17 to 18 digits, and nothing else.'],
    ['required|min_digits:3', '1', 'Must be at least 3 digits, and nothing else.'],
    ['required|regex:/^a$/', 'b', 'Must fit the pattern /^a$/.'],
    ['required|not_regex:/^b$/', 'b', 'Must not fit the pattern /^b$/.'],
    ['required|ends_with:.jar,.zip', 'x', 'Must end with .jar or .zip.'],
    ['required|doesnt_start_with:x', 'x', 'Must not begin with x.'],
    ['required|hex_color', 'red', 'Must be a valid colour, such as #ff8800.'],
    ['required|array', 'x', 'Does not follow the rule array.'],
  ])('names the requirement on the value: %s <- %j: %s', (rules, value, message) => {
    expect(messages(rules, value)).toEqual([message]);
  });

  it('uses the current language', () => {
    const rules = 'required|in:a,b,c|max:1';
    speak(() => 'en');
    expect(messages(rules, 'dd')).toEqual(['Must be a, b or c.', 'Must have at most 1 character.']);
    speak(() => 'de');
    expect(messages(rules, 'dd')).toEqual(['Muss a, b oder c sein.', 'Darf höchstens 1 Zeichen lang sein.']);
    expect(messages('required|in:1,2,3,4,5,6,7,8', '9')).toEqual([
      'Muss 1, 2, 3, 4, 5 (oder 3 weitere Werte) sein.',
    ]);
    expect(messages('required|digits:1', 'x')).toEqual([
      'Muss aus genau 1 Ziffer und nichts anderem bestehen.',
    ]);
    expect(messages('required|uuid', 'x')).toEqual(['Muss eine gültige UUID sein.']);
  });
});
