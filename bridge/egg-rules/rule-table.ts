/** The check of each rule. The panel judges rules that are not in this table. */
import * as formats from './formats.js';
import { outcome, type Outcome } from './formats.js';
import type { Budget } from './budget.js';
import { areEqual, compareDecimals, isInteger, isNumeric, phpNumber } from './numbers.js';
import { testPattern } from './regex.js';
import type { PreparedRule, RuleSet } from './rule-set.js';
import { boundOf, compareWith, isDecimal, lengthOf, numberOf, type Size } from './sizes.js';

export interface Subject {
  value: string | null;
  set: RuleSet;
  /** True if `in` and `not_in` compare text exactly, as on the newest panels. */
  strictIn: boolean;
  /** Budget of the verdict; patterns draw from it. */
  budget: Budget;
}

type Check = (subject: Subject, rule: PreparedRule) => Outcome;

/** The number if the rules are about numbers and the value is a number, otherwise the length of the value. */
function sizeOf({ value, set }: Subject): Size {
  if (value !== null && set.isNumeric && isNumeric(value)) return numberOf(value);
  return { digits: BigInt(lengthOf(value ?? '')), power: 0 };
}

const bySize =
  (holds: (order: number) => boolean): Check =>
  (subject, { parameters }) =>
    compareWith(sizeOf(subject), [parameters[0]], (order = 0) => holds(order));

/** `gt`, `gte`, `lt` and `lte`: with a numeric bound they compare numbers, whatever the other rules say. */
const byNumber =
  (holds: (order: number) => boolean): Check =>
  ({ value }, { parameters: [bound] }) => {
    if (bound === undefined || !isNumeric(bound)) return 'unknown';
    if (value === null || !isNumeric(value)) return 'fail';
    return compareWith(numberOf(value), [bound], (order = 0) => holds(order));
  };

const byDigits =
  (holds: (orders: number[]) => boolean): Check =>
  ({ value }, { parameters }) => {
    const text = value ?? '';
    const bounds = parameters.slice(0, 2).map(boundOf);
    if (!bounds.every(isDecimal)) return 'unknown';
    const length = { digits: BigInt(text.length), power: 0 };
    return outcome(!/[^0-9]/.test(text) && holds(bounds.map((bound) => compareDecimals(length, bound))));
  };

/** Makes a check that fails for null. */
const ofText =
  (check: (value: string, parameters: readonly string[]) => Outcome | boolean): Check =>
  ({ value }, { parameters }) => {
    if (value === null) return 'fail';
    const answer = check(value, parameters);
    return typeof answer === 'boolean' ? outcome(answer) : answer;
  };

const inList = ({ value, strictIn }: Subject, { numbers, listed }: PreparedRule): boolean => {
  const text = value ?? '';
  if (listed.has(text)) return true;
  const number = strictIn || numbers.length === 0 ? null : phpNumber(text);
  return number !== null && numbers.some((other) => areEqual(number, other));
};

const matches =
  (wanted: 'match' | 'no-match'): Check =>
  ({ value, budget }, { pattern }) => {
    if (value === null) return 'fail';
    const answer = pattern === null ? 'broken' : testPattern(pattern, value, budget);
    return answer === 'unknown' || answer === 'broken' ? answer : outcome(answer === wanted);
  };

const isBlank = (value: string | null): boolean => value === null || /^[ \t\n\r\v\0]*$/.test(value);
const filled: Check = ({ value }) => outcome(!isBlank(value));
/** Rules that depend on other fields. A filled value passes, a blank value is `unknown`. */
const filledOrUnknown: Check = ({ value }) => (isBlank(value) ? 'unknown' : 'pass');
const always: Check = () => 'pass';
const never: Check = () => 'fail';

const decimals: Check = ({ value }, { parameters }) => {
  if (value === null || !isNumeric(value)) return 'fail';
  const digits = /^[+-]?\d*\.?(\d*)$/.exec(value);
  const [least, most = least] = parameters.map(Number);
  if (digits === null || least === undefined || most === undefined) return 'fail';
  const count = (digits[1] ?? '').length;
  return Number.isNaN(least + most) ? 'unknown' : outcome(count >= least && count <= most);
};

/** An empty value starts and ends with none of the parts. */
const startsOrEnds =
  (wanted: boolean, found: (value: string, part: string) => boolean): Check =>
  ({ value }, { parameters }) =>
    outcome(parameters.some((part) => part !== '' && found(value ?? '', part)) === wanted);
const starts = (value: string, part: string): boolean => value.startsWith(part);
const ends = (value: string, part: string): boolean => value.endsWith(part);

export interface RuleEntry {
  check: Check;
  /** Minimum number of parameters (default 0); a panel throws if the rule has fewer. */
  parameters?: number;
}

const entry = (check: Check, parameters = 0): RuleEntry => ({ check, parameters });
const named = (names: string, make: RuleEntry): [string, RuleEntry][] =>
  names.split(' ').map((name) => [name, make]);

export const ruleTable: ReadonlyMap<string, RuleEntry> = new Map<string, RuleEntry>([
  ...named('nullable present sometimes bail', entry(always)),
  ...named('required filled', entry(filled)),
  ...named('array file image', entry(never)),
  ...named('required_if required_unless required_with required_with_all', entry(filledOrUnknown, 1)),
  ...named('required_without required_without_all', entry(filledOrUnknown, 1)),
  ['prohibited', entry(({ value }) => outcome(isBlank(value)))],
  ['accepted', entry(ofText((value) => ['yes', 'on', '1', 'true'].includes(value)))],
  ['declined', entry(ofText((value) => ['no', 'off', '0', 'false'].includes(value)))],
  ['string', entry(ofText(() => true))],
  ['numeric', entry(ofText(isNumeric))],
  ['integer', entry(ofText(isInteger))],
  ['boolean', entry(ofText((value) => value === '0' || value === '1'))],
  ['decimal', entry(decimals, 1)],
  ['in', entry((subject, rule) => outcome(inList(subject, rule)))],
  ['not_in', entry((subject, rule) => outcome(!inList(subject, rule)))],
  [
    'min',
    entry(
      bySize((order) => order >= 0),
      1,
    ),
  ],
  [
    'max',
    entry(
      bySize((order) => order <= 0),
      1,
    ),
  ],
  [
    'size',
    entry(
      bySize((order) => order === 0),
      1,
    ),
  ],
  [
    'between',
    entry(
      (subject, { parameters }) =>
        compareWith(
          sizeOf(subject),
          [parameters[0], parameters[1]],
          (low = 0, high = 0) => low >= 0 && high <= 0,
        ),
      2,
    ),
  ],
  [
    'gt',
    entry(
      byNumber((order) => order > 0),
      1,
    ),
  ],
  [
    'gte',
    entry(
      byNumber((order) => order >= 0),
      1,
    ),
  ],
  [
    'lt',
    entry(
      byNumber((order) => order < 0),
      1,
    ),
  ],
  [
    'lte',
    entry(
      byNumber((order) => order <= 0),
      1,
    ),
  ],
  [
    'digits',
    entry(
      byDigits(([order = 1]) => order === 0),
      1,
    ),
  ],
  [
    'digits_between',
    entry(
      byDigits(([low = -1, high = 1]) => low >= 0 && high <= 0),
      2,
    ),
  ],
  [
    'min_digits',
    entry(
      byDigits(([order = -1]) => order >= 0),
      1,
    ),
  ],
  [
    'max_digits',
    entry(
      byDigits(([order = 1]) => order <= 0),
      1,
    ),
  ],
  ['alpha', entry(ofText(formats.isAlpha))],
  ['alpha_num', entry(ofText(formats.isAlphaNum))],
  ['alpha_dash', entry(ofText(formats.isAlphaDash))],
  ['regex', entry(matches('match'), 1)],
  ['not_regex', entry(matches('no-match'), 1)],
  ['url', entry(ofText(formats.judgeUrl))],
  ['ip', entry(ofText((value) => formats.isIpv4(value) || formats.isIpv6(value)))],
  ['ipv4', entry(ofText(formats.isIpv4))],
  ['ipv6', entry(ofText(formats.isIpv6))],
  ['mac_address', entry(ofText(formats.isMacAddress))],
  ['email', entry(ofText(formats.judgeEmail))],
  ['uuid', entry(ofText((value, [version]) => (version === undefined ? formats.isUuid(value) : 'unknown')))],
  ['ulid', entry(ofText(formats.isUlid))],
  ['hex_color', entry(ofText(formats.isHexColor))],
  ['json', entry(ofText(formats.judgeJson))],
  ['date', entry(ofText(formats.judgeDate))],
  ['starts_with', entry(startsOrEnds(true, starts), 1)],
  ['ends_with', entry(startsOrEnds(true, ends), 1)],
  ['doesnt_start_with', entry(startsOrEnds(false, starts), 1)],
  ['doesnt_end_with', entry(startsOrEnds(false, ends), 1)],
  ['lowercase', entry(ofText((value) => value.toLowerCase() === value))],
  ['uppercase', entry(ofText((value) => value.toUpperCase() === value))],
  ['ascii', entry(({ value }) => outcome([...(value ?? '')].every((character) => character <= '\x7f')))],
]);
