import { isIP, isIPv4, isIPv6 } from 'node:net';
import { asNumber, compare, isNumeric, isInteger, looseEquals } from './php-values.js';
import { BrokenPattern, pcreMatches } from './pcre.js';
import { isDate, isEmail, isTimezone, isUrl, phpTrim } from './rule-formats.js';
import { parseRule, type Rule } from './parse-rule.js';

/** A failed rule: name in snake case, parameters, and the size that size rules counted. */
export interface Failure {
  rule: string;
  parameters: string[];
  kind: 'numeric' | 'string';
}

/** The rules are invalid: the panel answers 500 with the name of this exception. */
export class RuleError extends Error {
  readonly code: string;

  constructor(
    code: 'BadMethodCallException' | 'ErrorException' | 'InvalidArgumentException' | 'NumberFormatException',
  ) {
    super(`The rules cannot be applied: ${code}.`);
    this.name = 'RuleError';
    this.code = code;
  }
}

/** The field was not sent. */
export const absent = Symbol('absent');

interface Judged {
  value: unknown;
  parameters: string[];
  /** Size as Laravel counts it: the number itself, or the length in characters. */
  size: number | bigint | string;
  numeric: boolean;
  /** Whether `in` compares strings instead of numbers. */
  strictIn: boolean;
}

type Check = (judged: Judged) => boolean;

/** Rules that also apply to empty or missing values, and that stop the validation when they fail. */
const implicit = new Set(['Required', 'RequiredUnless', 'Present', 'Filled', 'Accepted']);
const numericRules = ['Numeric', 'Integer', 'Decimal'];
/** Rules that compare numbers if their parameter is a number, whatever the other rules are. */
const comparing = new Set(['Gt', 'Gte', 'Lt', 'Lte']);
const always: Check = () => true;

const checks: Record<string, Check> = {
  Bail: always,
  Nullable: always,
  Sometimes: always,
  Required: ({ value }) => isFilled(value),
  // Whoever gives this rule has looked at the other field.
  RequiredUnless: ({ value }) => isFilled(value),
  Filled: ({ value }) => value === absent || isFilled(value),
  Present: ({ value }) => value !== absent,
  String: ({ value }) => typeof value === 'string',
  Array: ({ value }) => Array.isArray(value),
  Boolean: ({ value }) => [true, false, 0, 1, '0', '1'].some((each) => each === value),
  Numeric: ({ value }) => isNumeric(value),
  Integer: ({ value }) => isInteger(value),
  Decimal: ({ value, parameters }) => hasDecimals(value, parameters),
  In: isIn,
  NotIn: (judged) => !isIn(judged),
  Min: (judged) => against(judged, 0) >= 0,
  Max: (judged) => against(judged, 0) <= 0,
  Size: (judged) => against(judged, 0) === 0,
  Between: (judged) => against(judged, 0) >= 0 && against(judged, 1) <= 0,
  Gt: (judged) => compares(judged, (order) => order > 0),
  Gte: (judged) => compares(judged, (order) => order >= 0),
  Lt: (judged) => compares(judged, (order) => order < 0),
  Lte: (judged) => compares(judged, (order) => order <= 0),
  Digits: (judged) => isDigits(judged.value, parameter(judged, 0), parameter(judged, 0)),
  DigitsBetween: (judged) => isDigits(judged.value, parameter(judged, 0), parameter(judged, 1)),
  Alpha: (judged) => consistsOf(judged, '\\p{L}\\p{M}', 'a-zA-Z', false),
  AlphaNum: (judged) => consistsOf(judged, '\\p{L}\\p{M}\\p{N}', 'a-zA-Z0-9', true),
  AlphaDash: (judged) => consistsOf(judged, '\\p{L}\\p{M}\\p{N}_\\-', 'a-zA-Z0-9_\\-', true),
  Regex: (judged) => matches(judged) === true,
  NotRegex: (judged) => matches(judged) === false,
  Url: ({ value }) => typeof value === 'string' && isUrl(value),
  Ip: ({ value }) => isIP(text(value)) !== 0 && !text(value).includes('%'),
  Ipv4: ({ value }) => isIPv4(text(value)),
  Ipv6: ({ value }) => isIPv6(text(value)) && !text(value).includes('%'),
  Email: ({ value }) => typeof value === 'string' && isEmail(value),
  Uuid: ({ value }) =>
    typeof value === 'string' && /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i.test(value),
  Json: ({ value }) => typeof value !== 'object' && isJson(text(value)),
  Date: ({ value }) => (typeof value === 'string' || typeof value === 'number') && isDate(String(value)),
  Timezone: ({ value }) => typeof value === 'string' && isTimezone(value),
  StartsWith: ({ value, parameters }) =>
    parameters.some((each) => each !== '' && text(value).startsWith(each)),
  EndsWith: ({ value, parameters }) => parameters.some((each) => each !== '' && text(value).endsWith(each)),
  Lowercase: ({ value }) => text(value).toLowerCase() === text(value),
  Uppercase: ({ value }) => text(value).toUpperCase() === text(value),
  // eslint-disable-next-line no-control-regex -- the whole of ASCII is meant
  Ascii: ({ value }) => /^[\x00-\x7f]*$/.test(text(value)),
};

/**
 * Validates `value` by Laravel's `rules` (PROTOCOL 6.2) and returns every failed rule in order.
 * A string is split at every pipe, also inside a pattern, as in the panel's client API (PROTOCOL 6.1); a list is used
 * as it is. `strictIn` as in framework releases since August 2026. Throws `RuleError` where the panel itself would
 * fail.
 */
export function judge(rules: string | readonly string[], value: unknown, strictIn = false): Failure[] {
  const parsed = (typeof rules === 'string' ? rules.split('|') : rules).map(parseRule);
  const names = new Set(parsed.map((rule) => rule.name));
  const failures: Failure[] = [];
  for (const rule of parsed) {
    if (rule.name === '' || !applies(rule, names, value)) continue;
    const numeric = countsNumbers(rule, names);
    const check = checks[rule.name];
    if (!check) throw new RuleError('BadMethodCallException');
    const { parameters } = rule;
    if (check({ value, parameters, size: sizeOf(value, numeric), numeric, strictIn })) continue;
    failures.push({
      rule: snake(rule.name),
      parameters,
      kind: numeric ? 'numeric' : 'string',
    });
    if (names.has('Bail') || implicit.has(rule.name)) break;
  }
  return failures;
}

function applies(rule: Rule, names: ReadonlySet<string>, value: unknown): boolean {
  if (implicit.has(rule.name)) return true;
  if (value === absent || (typeof value === 'string' && phpTrim(value) === '')) return false;
  return !(value === null && names.has('Nullable'));
}

function countsNumbers(rule: Rule, names: ReadonlySet<string>): boolean {
  if (comparing.has(rule.name) && isNumeric(rule.parameters[0])) return true;
  return numericRules.some((each) => names.has(each));
}

function sizeOf(value: unknown, numeric: boolean): number | bigint | string {
  if (numeric && isNumeric(value)) return typeof value === 'number' ? value : phpTrim(String(value));
  if (Array.isArray(value)) return value.length;
  return [...text(value)].length;
}

function isFilled(value: unknown): boolean {
  if (value === null || value === absent) return false;
  if (typeof value === 'string') return phpTrim(value) !== '';
  return !(Array.isArray(value) && value.length === 0);
}

function parameter(judged: Judged, at: number): string {
  const found = judged.parameters[at];
  if (found === undefined) throw new RuleError('InvalidArgumentException');
  return found.trim();
}

/** Compares the size with a parameter. Throws for a parameter that is no number, as the framework does. */
function against(judged: Judged, at: number): number {
  const order = compare(judged.size, parameter(judged, at));
  if (Number.isNaN(order)) throw new RuleError('NumberFormatException');
  return order;
}

/** A parameter that is no number names another field, which does not exist here. */
function compares(judged: Judged, wanted: (order: number) => boolean): boolean {
  const bound = parameter(judged, 0);
  if (!isNumeric(bound)) return judged.value === null && wanted(0);
  return isNumeric(judged.value) && wanted(against(judged, 0));
}

function isIn({ value, parameters, strictIn }: Judged): boolean {
  if (Array.isArray(value)) return false;
  const own = text(value);
  return strictIn ? parameters.includes(own) : parameters.some((option) => looseEquals(own, option));
}

function isDigits(value: unknown, least: string, most: string): boolean {
  const digits = text(value);
  const length = Buffer.byteLength(digits);
  return !/[^0-9]/.test(digits) && length >= asNumber(least) && length <= asNumber(most);
}

function hasDecimals(value: unknown, parameters: readonly string[]): boolean {
  if (!isNumeric(value)) return false;
  const decimals = /^[+-]?\d*\.?(\d*)$/.exec(text(value))?.[1]?.length;
  if (decimals === undefined) return false;
  const [least, most] = parameters;
  if (least === undefined) throw new RuleError('InvalidArgumentException');
  return decimals >= asNumber(least) && decimals <= asNumber(most ?? least);
}

function consistsOf(judged: Judged, letters: string, ascii: string, numbers: boolean): boolean {
  if (typeof judged.value !== 'string' && !(numbers && isNumeric(judged.value))) return false;
  const allowed = judged.parameters[0] === 'ascii' ? ascii : letters;
  return new RegExp(`^[${allowed}]+$`, 'u').test(text(judged.value));
}

/** null = neither string nor number, which fails the rule and its opposite. */
function matches(judged: Judged): boolean | null {
  if (typeof judged.value !== 'string' && !isNumeric(judged.value)) return null;
  try {
    return pcreMatches(judged.parameters[0] ?? '', text(judged.value));
  } catch (error) {
    if (error instanceof BrokenPattern) throw new RuleError('ErrorException');
    throw error;
  }
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

/** PHP's conversion to a string. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return value === true ? '1' : '';
}

function snake(name: string): string {
  return name.replace(/(.)(?=[A-Z])/gu, '$1_').toLowerCase();
}
