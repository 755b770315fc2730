/** Sentences that state the requirement which a refused value breaks. */
import { say } from '../../messages/messages.js';
import { listOf, patternOf, quote } from './phrases.js';
import type { PreparedRule } from './rule-set.js';

/** Rules about the kind of text: the sentence and the hint. Neither has values. */
export const kindMessages = {
  alpha: ['egg-rules.alpha', 'egg-rules.hint-alpha'],
  alpha_num: ['egg-rules.alpha-num', 'egg-rules.hint-alpha-num'],
  alpha_dash: ['egg-rules.alpha-dash', 'egg-rules.hint-alpha-dash'],
  url: ['egg-rules.url', 'egg-rules.hint-url'],
  ip: ['egg-rules.ip', 'egg-rules.hint-ip'],
  ipv4: ['egg-rules.ipv4', 'egg-rules.hint-ipv4'],
  ipv6: ['egg-rules.ipv6', 'egg-rules.hint-ipv6'],
  mac_address: ['egg-rules.mac-address', 'egg-rules.hint-mac-address'],
  email: ['egg-rules.email', 'egg-rules.hint-email'],
  uuid: ['egg-rules.uuid', 'egg-rules.hint-uuid'],
  ulid: ['egg-rules.ulid', 'egg-rules.hint-ulid'],
  json: ['egg-rules.json', 'egg-rules.hint-json'],
  date: ['egg-rules.date', 'egg-rules.hint-date'],
  timezone: ['egg-rules.timezone', 'egg-rules.hint-timezone'],
  hex_color: ['egg-rules.hex-color', 'egg-rules.hint-hex-color'],
  lowercase: ['egg-rules.lowercase', 'egg-rules.hint-lowercase'],
  uppercase: ['egg-rules.uppercase', 'egg-rules.hint-uppercase'],
  ascii: ['egg-rules.ascii', 'egg-rules.hint-ascii'],
} as const;

/** Rules with a list: the sentence and the hint. */
export const listMessages = {
  not_in: ['egg-rules.not-in', 'egg-rules.hint-not-in'],
  starts_with: ['egg-rules.starts-with', 'egg-rules.hint-starts-with'],
  ends_with: ['egg-rules.ends-with', 'egg-rules.hint-ends-with'],
  doesnt_start_with: ['egg-rules.doesnt-start-with', 'egg-rules.hint-doesnt-start-with'],
  doesnt_end_with: ['egg-rules.doesnt-end-with', 'egg-rules.hint-doesnt-end-with'],
} as const;

/** Rules with a sentence that has no values, and without a hint. */
const plainMessages = {
  required: 'egg-rules.required',
  filled: 'egg-rules.required',
  numeric: 'egg-rules.numeric',
  integer: 'egg-rules.integer',
  boolean: 'egg-rules.boolean',
  decimal: 'egg-rules.decimal',
  accepted: 'egg-rules.accepted',
  declined: 'egg-rules.declined',
  prohibited: 'egg-rules.prohibited',
} as const;

const comparisons = {
  gt: 'egg-rules.gt',
  gte: 'egg-rules.gte',
  lt: 'egg-rules.lt',
  lte: 'egg-rules.lte',
} as const;

const countedDigits = {
  digits: 'egg-rules.digits',
  min_digits: 'egg-rules.min-digits',
  max_digits: 'egg-rules.max-digits',
} as const;

export const isIn = <Table extends object>(table: Table, name: PropertyKey): name is keyof Table =>
  Object.hasOwn(table, name);

export function failureMessage(rule: PreparedRule, value: string | null, isNumber: boolean): string {
  const { name, parameters } = rule;
  const [first = '', second = ''] = parameters.map((parameter) => quote(parameter.trim()));
  const size = isNumber
    ? numberMessage(name, first, second)
    : lengthMessage(name, Number(first), Number(second));
  if (size !== null) return size;
  if (value === null) return say('egg-rules.required');
  if (isIn(plainMessages, name)) return say(plainMessages[name]);
  if (isIn(kindMessages, name)) return say(kindMessages[name][0]);
  if (name === 'in') return say('egg-rules.in', { list: listOf(parameters) });
  if (isIn(listMessages, name)) return say(listMessages[name][0], { list: listOf(parameters) });
  if (isIn(comparisons, name)) return say(comparisons[name], { bound: first });
  if (isIn(countedDigits, name)) return say(countedDigits[name], { count: Number(first) });
  if (name === 'digits_between') {
    return say('egg-rules.digits-between', { least: Number(first), most: Number(second) });
  }
  return patternMessage(rule) ?? say('egg-rules.other', { rule: quote(name) });
}

function numberMessage(name: string, first: string, second: string): string | null {
  if (name === 'min') return say('egg-rules.number-min', { least: first });
  if (name === 'max') return say('egg-rules.number-max', { most: first });
  if (name === 'size') return say('egg-rules.number-size', { number: first });
  return name === 'between' ? say('egg-rules.number-between', { least: first, most: second }) : null;
}

function lengthMessage(name: string, first: number, second: number): string | null {
  if (name === 'min') return say('egg-rules.characters-min', { count: first });
  if (name === 'max') return say('egg-rules.characters-max', { count: first });
  if (name === 'size') return say('egg-rules.characters-size', { count: first });
  return name === 'between' ? say('egg-rules.characters-between', { least: first, most: second }) : null;
}

function patternMessage(rule: PreparedRule): string | null {
  if (rule.name !== 'regex' && rule.name !== 'not_regex') return null;
  const pattern = patternOf(rule);
  if (rule.name === 'regex') {
    return pattern === '' ? say('egg-rules.regex-long') : say('egg-rules.regex', { pattern });
  }
  return pattern === '' ? say('egg-rules.not-regex-long') : say('egg-rules.not-regex', { pattern });
}
