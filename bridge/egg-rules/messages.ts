/** Sentences that state the requirement which a refused value breaks. */
import { say } from '../../messages/messages.js';
import { listOf, patternOf, quote } from './phrases.js';
import type { PreparedRule } from './rule-set.js';

/** Rules with a sentence that has no parameters. */
const plainMessages = {
  required: 'rules.required',
  filled: 'rules.required',
  numeric: 'rules.numeric',
  integer: 'rules.integer',
  boolean: 'rules.boolean',
  decimal: 'rules.decimal',
  alpha: 'rules.alpha',
  alpha_num: 'rules.alpha-num',
  alpha_dash: 'rules.alpha-dash',
  url: 'rules.url',
  accepted: 'rules.accepted',
  declined: 'rules.declined',
  json: 'rules.json',
  lowercase: 'rules.lowercase',
  uppercase: 'rules.uppercase',
  ascii: 'rules.ascii',
  prohibited: 'rules.prohibited',
  date: 'rules.date',
  ip: 'rules.ip',
  ipv4: 'rules.ipv4',
  ipv6: 'rules.ipv6',
  mac_address: 'rules.mac-address',
  email: 'rules.email',
  uuid: 'rules.uuid',
  ulid: 'rules.ulid',
  timezone: 'rules.timezone',
  hex_color: 'rules.hex-color',
} as const;

const comparisons = { gt: 'rules.gt', gte: 'rules.gte', lt: 'rules.lt', lte: 'rules.lte' } as const;

const lists = {
  in: 'rules.in',
  not_in: 'rules.not-in',
  starts_with: 'rules.starts-with',
  ends_with: 'rules.ends-with',
  doesnt_start_with: 'rules.doesnt-start-with',
  doesnt_end_with: 'rules.doesnt-end-with',
} as const;

const countedDigits = {
  digits: 'rules.digits',
  min_digits: 'rules.min-digits',
  max_digits: 'rules.max-digits',
} as const;

const isIn = <Table extends object>(table: Table, name: PropertyKey): name is keyof Table =>
  Object.hasOwn(table, name);

export function failureMessage(rule: PreparedRule, value: string | null, isNumber: boolean): string {
  const size = isNumber ? numberMessage(rule) : lengthMessage(rule);
  if (size !== null) return size;
  if (value === null) return say('rules.required');
  const { name, parameters } = rule;
  if (isIn(plainMessages, name)) return say(plainMessages[name]);
  if (isIn(lists, name)) return say(lists[name], { list: listOf(parameters) });
  const [first, second] = written(rule);
  if (isIn(comparisons, name)) return say(comparisons[name], { bound: first });
  if (isIn(countedDigits, name)) return say(countedDigits[name], { count: Number(first) });
  if (name === 'digits_between') {
    return say('rules.digits-between', { least: Number(first), most: Number(second) });
  }
  return patternMessage(rule) ?? say('rules.other', { rule: quote(name) });
}

function written({ parameters }: PreparedRule): [first: string, second: string] {
  const [first = '', second = ''] = parameters.map((parameter) => quote(parameter.trim()));
  return [first, second];
}

/** Size message for a value that is a number. Bounds are quoted as the egg writes them. */
function numberMessage(rule: PreparedRule): string | null {
  const [first, second] = written(rule);
  switch (rule.name) {
    case 'min':
      return say('rules.number-min', { least: first });
    case 'max':
      return say('rules.number-max', { most: first });
    case 'size':
      return say('rules.number-size', { number: first });
    case 'between':
      return say('rules.number-between', { least: first, most: second });
    default:
      return null;
  }
}

function lengthMessage(rule: PreparedRule): string | null {
  const [first, second] = written(rule).map(Number) as [number, number];
  switch (rule.name) {
    case 'min':
      return say('rules.characters-min', { count: first });
    case 'max':
      return say('rules.characters-max', { count: first });
    case 'size':
      return say('rules.characters-size', { count: first });
    case 'between':
      return say('rules.characters-between', { least: first, most: second });
    default:
      return null;
  }
}

function patternMessage(rule: PreparedRule): string | null {
  if (rule.name !== 'regex' && rule.name !== 'not_regex') return null;
  const pattern = patternOf(rule);
  if (rule.name === 'regex') {
    return pattern === '' ? say('rules.regex-long') : say('rules.regex', { pattern });
  }
  return pattern === '' ? say('rules.not-regex-long') : say('rules.not-regex', { pattern });
}
