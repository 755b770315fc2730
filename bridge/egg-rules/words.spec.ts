import { afterEach, describe, expect, it } from 'vitest';
import { speak } from '../../messages/messages.js';
import { describeRules } from './egg-rules.js';

afterEach(() => speak(() => 'en'));

describe('describeRules', () => {
  it.each([
    ['required|string', ''],
    ['required|boolean', ''],
    ['required|in:a,b', ''],
    ['required|integer|between:1024,65536', 'Whole number from 1024 to 65536'],
    ['required|integer|gt:0', 'Whole number of at least 1'],
    ['required|numeric|gt:0|lte:5', 'Number above 0 and up to 5'],
    ['required|numeric|digits_between:1,5|max:65535', 'Whole number of 1 to 5 digits, up to 65535'],
    ['required|integer', 'Whole number'],
    ['required|string|max:20', 'Up to 20 characters'],
    ['required|string|max:1', 'Up to 1 character'],
    ['required|string|min:1', ''],
    ['required|string|min:8', 'At least 8 characters'],
    ['required|between:3,15', '3 to 15 characters'],
    ['required|string|alpha_num|size:32', 'Letters and digits only, exactly 32 characters'],
    ['required|digits_between:17,18', '17 to 18 digits'],
    ['nullable|url', 'Web address with its scheme, such as https://'],
    ['required|regex:/^(\\w{1,20})$/', 'Fits the pattern /^(\\w{1,20})$/'],
    ['required|starts_with:a,b', 'Begins with a or b'],
    ['required|integer|max:10', 'Whole number up to 10'],
    ['required|integer|size:10', 'Whole number that is 10'],
    ['required|numeric', 'Number'],
    ['required|numeric|gt:0', 'Number above 0'],
    ['required|numeric|min:0.5', 'Number of at least 0.5'],
    ['required|numeric|max:5', 'Number up to 5'],
    ['required|numeric|lt:5', 'Number below 5'],
    ['required|numeric|size:5', 'Number that is 5'],
    ['required|numeric|between:0.1,64', 'Number from 0.1 to 64'],
    ['required|numeric|gte:0|lt:5', 'Number from 0 and below 5'],
    ['required|numeric|gt:0|lt:5', 'Number above 0 and below 5'],
    ['required|numeric|digits:1', 'Whole number of exactly 1 digit'],
    ['required|numeric|max_digits:3|min:5', 'Whole number of up to 3 digits, at least 5'],
    ['required|numeric|min_digits:3|between:5,900', 'Whole number of at least 3 digits, from 5 to 900'],
    ['required|numeric|digits:3|size:150', 'Whole number of exactly 3 digits, exactly 150'],
    ['required|not_in:a,b|doesnt_end_with:c', 'Not a or b, does not end with c'],
  ])('%s: %s', (rules, words) => {
    expect(describeRules(rules)).toBe(words);
  });

  it.each([
    ['required|integer|between:1024,65536', 'Ganze Zahl von 1024 bis 65536'],
    ['required|numeric|gt:0|lte:5', 'Zahl über 0 und bis 5'],
    ['required|numeric|digits_between:1,5|max:65535', 'Ganze Zahl mit 1 bis 5 Ziffern, höchstens 65535'],
    ['required|string|alpha_num|size:32', 'Nur Buchstaben und Ziffern, genau 32 Zeichen'],
    ['required|max:1024', 'Höchstens 1.024 Zeichen'],
    ['required|starts_with:a,b', 'Beginnt mit a oder b'],
  ])('in German: %s: %s', (rules, words) => {
    speak(() => 'de');
    expect(describeRules(rules)).toBe(words);
  });
});
