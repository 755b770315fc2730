/** The check of each rule. The panel judges rules that are not in this table. */
import * as formats from './formats.js';
import { outcome, type CheckOutcome } from './formats.js';
import type { Budget } from './budget.js';
import { areEqual, compareDecimals, isInteger, isNumeric, phpNumber } from './numbers.js';
import { testPattern } from './regex.js';
import type { PreparedRule, RuleSet } from './rule-set.js';
import { boundOf, compareWith, isDecimal, codePointsOf, numberOf, type Size } from './sizes.js';

export interface Subject {
  value: string | null;
  set: RuleSet;
  /** True if `in` and `not_in` compare text exactly, as on the newest panels. */
  strictIn: boolean;
  /** Budget of the verdict; patterns draw from it. */
  budget: Budget;
}

type Check = (subject: Subject, rule: PreparedRule) => CheckOutcome;

/** The number if the rules are about numbers and the value is a number, otherwise the length of the value. */
function sizeOf({ value, set }: Subject): Size {
  if (value !== null && set.isNumeric && isNumeric(value)) return numberOf(value);
  return { digits: BigInt(codePointsOf(value ?? '')), power: 0 };
}

const bySize =
  (holds: (order: number) => boolean): Check =>
  (subject, { parameters }) =>
    compareWith(sizeOf(subject), [parameters[0]], (order = 0) => holds(order));

const between: Check = (subject, { parameters: [least, most] }) =>
  compareWith(sizeOf(subject), [least, most], (low = 0, high = 0) => low >= 0 && high <= 0);

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
  (check: (value: string, parameters: readonly string[]) => CheckOutcome | boolean): Check =>
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

/** The library behind the rule takes five control characters; 0x10 and 0x13 stand in its list besides LF and CR. */
const isAscii = (character: string): boolean =>
  (character >= ' ' && character <= '~') || '\t\n\r\x10\x13'.includes(character);

export interface RuleEntry {
  check: Check;
  /** Minimum number of parameters; a panel throws if the rule has fewer. */
  parameters: number;
}

/** Entries of rules that need so many parameters. */
const needing = (parameters: number, checks: Readonly<Record<string, Check>>): [string, RuleEntry][] =>
  Object.entries(checks).map(([name, check]) => [name, { check, parameters }]);

export const ruleTable: ReadonlyMap<string, RuleEntry> = new Map([
  ...needing(0, {
    nullable: always,
    present: always,
    sometimes: always,
    bail: always,
    required: filled,
    filled,
    array: never,
    file: never,
    image: never,
    prohibited: ({ value }) => outcome(isBlank(value)),
    accepted: ofText((value) => ['yes', 'on', '1', 'true'].includes(value)),
    declined: ofText((value) => ['no', 'off', '0', 'false'].includes(value)),
    string: ofText(() => true),
    numeric: ofText(isNumeric),
    integer: ofText(isInteger),
    boolean: ofText((value) => value === '0' || value === '1'),
    in: (subject, rule) => outcome(inList(subject, rule)),
    not_in: (subject, rule) => outcome(!inList(subject, rule)),
    alpha: ofText(formats.isAlpha),
    alpha_num: ofText(formats.isAlphaNum),
    alpha_dash: ofText(formats.isAlphaDash),
    url: ofText(formats.judgeUrl),
    ip: ofText((value) => formats.isIpv4(value) || formats.isIpv6(value)),
    ipv4: ofText(formats.isIpv4),
    ipv6: ofText(formats.isIpv6),
    mac_address: ofText(formats.isMacAddress),
    email: ofText(formats.judgeEmail),
    uuid: ofText((value, [version]) => (version === undefined ? formats.isUuid(value) : 'unknown')),
    ulid: ofText(formats.isUlid),
    hex_color: ofText(formats.isHexColor),
    json: ofText(formats.judgeJson),
    date: ofText(formats.judgeDate),
    lowercase: ofText((value) => value.toLowerCase() === value),
    uppercase: ofText((value) => value.toUpperCase() === value),
    ascii: ({ value }) => outcome([...(value ?? '')].every(isAscii)),
  }),
  ...needing(1, {
    required_if: filledOrUnknown,
    required_unless: filledOrUnknown,
    required_with: filledOrUnknown,
    required_with_all: filledOrUnknown,
    required_without: filledOrUnknown,
    required_without_all: filledOrUnknown,
    decimal: decimals,
    min: bySize((order) => order >= 0),
    max: bySize((order) => order <= 0),
    size: bySize((order) => order === 0),
    gt: byNumber((order) => order > 0),
    gte: byNumber((order) => order >= 0),
    lt: byNumber((order) => order < 0),
    lte: byNumber((order) => order <= 0),
    digits: byDigits(([order = 1]) => order === 0),
    min_digits: byDigits(([order = -1]) => order >= 0),
    max_digits: byDigits(([order = 1]) => order <= 0),
    regex: matches('match'),
    not_regex: matches('no-match'),
    starts_with: startsOrEnds(true, starts),
    ends_with: startsOrEnds(true, ends),
    doesnt_start_with: startsOrEnds(false, starts),
    doesnt_end_with: startsOrEnds(false, ends),
  }),
  ...needing(2, {
    between,
    digits_between: byDigits(([low = -1, high = 1]) => low >= 0 && high <= 0),
  }),
]);
