/** What a value must be, for a value that is not. */
import { counted, kinds, listOf, patternOf, quote } from './phrases.js';
import type { PreparedRule } from './rule-set.js';

const sizeRules = new Set(['min', 'max', 'size', 'between']);

function sizeMessage(rule: PreparedRule, isNumber: boolean): string {
  const [first = '', second = ''] = rule.parameters.map((parameter) => quote(parameter.trim()));
  const be = isNumber ? 'Must be' : 'Must have';
  const unit = (count: string): string => (isNumber ? count : counted(count, 'characters'));
  switch (rule.name) {
    case 'min':
      return `${be} at least ${unit(first)}.`;
    case 'max':
      return `${be} at most ${unit(first)}.`;
    case 'size':
      return isNumber ? `Must be ${first}.` : `Must have exactly ${unit(first)}.`;
    default:
      return isNumber ? `Must be from ${first} to ${second}.` : `Must have ${first} to ${unit(second)}.`;
  }
}

const plainMessages: Readonly<Record<string, string>> = {
  required: "Can't be empty.",
  filled: "Can't be empty.",
  numeric: 'Must be a number.',
  integer: 'Must be a whole number.',
  boolean: 'Must be 0 or 1.',
  decimal: 'Must be a number with the right count of decimals.',
  alpha: 'May hold letters only.',
  alpha_num: 'May hold letters and digits only.',
  alpha_dash: 'May hold letters, digits, - and _ only.',
  url: 'Must be a web address with its scheme, such as https://example.com.',
  accepted: 'Must be yes, on, 1 or true.',
  declined: 'Must be no, off, 0 or false.',
  json: 'Must be JSON.',
  lowercase: 'Must be in lower case.',
  uppercase: 'Must be in upper case.',
  ascii: 'May hold plain ASCII characters only.',
  prohibited: 'Must be empty.',
  date: 'Must be a date, such as 2026-01-31.',
};

const comparisons: Readonly<Record<string, string>> = {
  gt: 'greater than',
  gte: 'at least',
  lt: 'less than',
  lte: 'at most',
};

/** What the value must be, as one sentence. */
export function failureMessage(rule: PreparedRule, value: string | null, isNumber: boolean): string {
  if (value === null && !sizeRules.has(rule.name)) return "Can't be empty.";
  const plain = plainMessages[rule.name];
  if (plain !== undefined) return plain;
  if (sizeRules.has(rule.name)) return sizeMessage(rule, isNumber);
  const [first = '', second = ''] = rule.parameters.map((parameter) => quote(parameter.trim()));
  const comparison = comparisons[rule.name];
  if (comparison !== undefined) return `Must be a number ${comparison} ${first}.`;
  switch (rule.name) {
    case 'in':
      return `Must be ${listOf(rule.parameters)}.`;
    case 'not_in':
      return `Can't be ${listOf(rule.parameters)}.`;
    case 'digits':
      return `Must be ${counted(first, 'digits')}, and nothing else.`;
    case 'digits_between':
      return `Must be ${first} to ${counted(second, 'digits')}, and nothing else.`;
    case 'min_digits':
      return `Must be at least ${counted(first, 'digits')}, and nothing else.`;
    case 'max_digits':
      return `Must be at most ${counted(first, 'digits')}, and nothing else.`;
    case 'regex':
      return fitMessage('Must fit', rule);
    case 'not_regex':
      return fitMessage("Can't fit", rule);
    case 'starts_with':
    case 'ends_with':
      return `Must ${rule.name === 'ends_with' ? 'end' : 'begin'} with ${listOf(rule.parameters)}.`;
    case 'doesnt_start_with':
    case 'doesnt_end_with':
      return `Can't ${rule.name === 'doesnt_end_with' ? 'end' : 'begin'} with ${listOf(rule.parameters)}.`;
    default:
      return kinds[rule.name] === undefined
        ? `Fails the rule ${quote(rule.name)}.`
        : `Must be a valid ${kinds[rule.name] ?? ''}.`;
  }
}

function fitMessage(verb: string, rule: PreparedRule): string {
  const pattern = patternOf(rule);
  return pattern === '' ? `${verb} a pattern of the egg.` : `${verb} the pattern ${pattern}.`;
}
