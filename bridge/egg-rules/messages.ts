/** Sentences that state the requirement which a refused value breaks. */
import { say } from '../../messages/messages.js';
import { listOf, patternOf, quote } from './phrases.js';
import type { PreparedRule } from './rule-set.js';

/** Rules about the kind of text: the sentence and the hint. Neither has values. */
export const kindMessages = {
  alpha: ['rules.alpha', 'rules.hint-alpha'],
  alpha_num: ['rules.alpha-num', 'rules.hint-alpha-num'],
  alpha_dash: ['rules.alpha-dash', 'rules.hint-alpha-dash'],
  url: ['rules.url', 'rules.hint-url'],
  ip: ['rules.ip', 'rules.hint-ip'],
  ipv4: ['rules.ipv4', 'rules.hint-ipv4'],
  ipv6: ['rules.ipv6', 'rules.hint-ipv6'],
  mac_address: ['rules.mac-address', 'rules.hint-mac-address'],
  email: ['rules.email', 'rules.hint-email'],
  uuid: ['rules.uuid', 'rules.hint-uuid'],
  ulid: ['rules.ulid', 'rules.hint-ulid'],
  json: ['rules.json', 'rules.hint-json'],
  date: ['rules.date', 'rules.hint-date'],
  timezone: ['rules.timezone', 'rules.hint-timezone'],
  hex_color: ['rules.hex-color', 'rules.hint-hex-color'],
  lowercase: ['rules.lowercase', 'rules.hint-lowercase'],
  uppercase: ['rules.uppercase', 'rules.hint-uppercase'],
  ascii: ['rules.ascii', 'rules.hint-ascii'],
} as const;

/** Rules with a list: the sentence and the hint. */
export const listMessages = {
  not_in: ['rules.not-in', 'rules.hint-not-in'],
  starts_with: ['rules.starts-with', 'rules.hint-starts-with'],
  ends_with: ['rules.ends-with', 'rules.hint-ends-with'],
  doesnt_start_with: ['rules.doesnt-start-with', 'rules.hint-doesnt-start-with'],
  doesnt_end_with: ['rules.doesnt-end-with', 'rules.hint-doesnt-end-with'],
} as const;

/** Rules with a sentence that has no values, and without a hint. */
const plainMessages = {
  required: 'rules.required',
  filled: 'rules.required',
  numeric: 'rules.numeric',
  integer: 'rules.integer',
  boolean: 'rules.boolean',
  decimal: 'rules.decimal',
  accepted: 'rules.accepted',
  declined: 'rules.declined',
  prohibited: 'rules.prohibited',
} as const;

const comparisons = { gt: 'rules.gt', gte: 'rules.gte', lt: 'rules.lt', lte: 'rules.lte' } as const;

const countedDigits = {
  digits: 'rules.digits',
  min_digits: 'rules.min-digits',
  max_digits: 'rules.max-digits',
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
  if (value === null) return say('rules.required');
  if (isIn(plainMessages, name)) return say(plainMessages[name]);
  if (isIn(kindMessages, name)) return say(kindMessages[name][0]);
  if (name === 'in') return say('rules.in', { list: listOf(parameters) });
  if (isIn(listMessages, name)) return say(listMessages[name][0], { list: listOf(parameters) });
  if (isIn(comparisons, name)) return say(comparisons[name], { bound: first });
  if (isIn(countedDigits, name)) return say(countedDigits[name], { count: Number(first) });
  if (name === 'digits_between') {
    return say('rules.digits-between', { least: Number(first), most: Number(second) });
  }
  return patternMessage(rule) ?? say('rules.other', { rule: quote(name) });
}

function numberMessage(name: string, first: string, second: string): string | null {
  if (name === 'min') return say('rules.number-min', { least: first });
  if (name === 'max') return say('rules.number-max', { most: first });
  if (name === 'size') return say('rules.number-size', { number: first });
  return name === 'between' ? say('rules.number-between', { least: first, most: second }) : null;
}

function lengthMessage(name: string, first: number, second: number): string | null {
  if (name === 'min') return say('rules.characters-min', { count: first });
  if (name === 'max') return say('rules.characters-max', { count: first });
  if (name === 'size') return say('rules.characters-size', { count: first });
  return name === 'between' ? say('rules.characters-between', { least: first, most: second }) : null;
}

function patternMessage(rule: PreparedRule): string | null {
  if (rule.name !== 'regex' && rule.name !== 'not_regex') return null;
  const pattern = patternOf(rule);
  if (rule.name === 'regex') {
    return pattern === '' ? say('rules.regex-long') : say('rules.regex', { pattern });
  }
  return pattern === '' ? say('rules.not-regex-long') : say('rules.not-regex', { pattern });
}
