/** The rules as a plain sentence for the hint below a field. */
import { locale, say } from '../../messages/messages.js';
import { digitBounds, isAboutNumbers, lengthBounds, numberBounds, wholeBound, writeBound } from './bounds.js';
import type { Bound, Bounds } from './bounds.js';
import { isIn, kindMessages, listMessages } from './messages.js';
import { listOf, patternOf } from './phrases.js';
import type { PreparedRule, RuleSet } from './rule-set.js';

/** "3 to 15 characters"; empty if the bounds exclude no value. */
function amount({ min, max }: Bounds, unit: 'characters' | 'digits'): string {
  const least = min === null ? 0 : Number(wholeBound(min, 'min'));
  const most = max === null ? null : Number(wholeBound(max, 'max'));
  if (most === null) return least > 1 ? say(`egg-rules.hint-${unit}-min`, { count: least }) : '';
  if (least === most) return say(`egg-rules.hint-${unit}-size`, { count: most });
  return least > 1 || (least === 1 && unit === 'digits')
    ? say(`egg-rules.hint-${unit}-between`, { least, most })
    : say(`egg-rules.hint-${unit}-max`, { count: most });
}

/**
 * "whole number from 1 to 10", or with a count of digits "whole number of 1 to 5 digits, up to 65535". Bounds are
 * written as the user types them.
 */
function wholeNumber({ min, max }: Bounds, ofDigits: string): string {
  const form = ofDigits === '' ? 'whole' : 'and';
  const digits =
    ofDigits === '' ? say('egg-rules.hint-whole') : say('egg-rules.hint-of-digits', { digits: ofDigits });
  const least = min === null ? null : wholeBound(min, 'min');
  const most = max === null ? null : wholeBound(max, 'max');
  if (least === null) return most === null ? digits : say(`egg-rules.hint-${form}-max`, { digits, most });
  if (most === null) return say(`egg-rules.hint-${form}-min`, { digits, least });
  if (least === most) return say(`egg-rules.hint-${form}-is`, { digits, number: least });
  return say(`egg-rules.hint-${form}-between`, { digits, least, most });
}

/** "number above 0 and up to 5" */
function anyNumber({ min, max }: Bounds): string {
  if (min === null && max === null) return say('egg-rules.hint-number');
  if (max === null) return numberFrom(min);
  const most = writeBound(max) ?? '';
  if (min === null)
    return say(max.exclusive ? 'egg-rules.hint-number-below' : 'egg-rules.hint-number-max', { most });
  const least = writeBound(min) ?? '';
  if (least === most) return say('egg-rules.hint-number-is', { number: least });
  if (min.exclusive) {
    const above = max.exclusive ? 'egg-rules.hint-number-above-below' : 'egg-rules.hint-number-above-to';
    return say(above, { least, most });
  }
  const from = max.exclusive ? 'egg-rules.hint-number-from-below' : 'egg-rules.hint-number-between';
  return say(from, { least, most });
}

function numberFrom(min: Bound | null): string {
  const id = min?.exclusive === true ? 'egg-rules.hint-number-above' : 'egg-rules.hint-number-min';
  return say(id, { least: writeBound(min) ?? '' });
}

function describeNumber(set: RuleSet): string {
  const bounds = numberBounds(set);
  const digits = digitBounds(set);
  if (digits === null && !set.has('integer')) return anyNumber(bounds);
  return wholeNumber(bounds, digits === null ? '' : amount(digits, 'digits'));
}

function describeOther(rule: PreparedRule): string {
  const { name, parameters } = rule;
  const pattern = name.endsWith('regex') ? patternOf(rule) : '';
  if (name === 'regex')
    return pattern === '' ? say('egg-rules.hint-regex-long') : say('egg-rules.hint-regex', { pattern });
  if (name === 'not_regex')
    return pattern === ''
      ? say('egg-rules.hint-not-regex-long')
      : say('egg-rules.hint-not-regex', { pattern });
  if (isIn(listMessages, name)) return say(listMessages[name][1], { list: listOf(parameters) });
  return isIn(kindMessages, name) ? say(kindMessages[name][1]) : '';
}

/** The hint for a text or a number. Lists and booleans need no hint, because their control shows the values. */
export function describeSet(set: RuleSet): string {
  if (set.has('in', 'boolean')) return '';
  const digits = digitBounds(set);
  const size = isAboutNumbers(set)
    ? [describeNumber(set)]
    : [digits === null ? '' : amount(digits, 'digits'), amount(lengthBounds(set), 'characters')];
  const facts = [...set.rules.map(describeOther), ...size].filter((fact) => fact !== '');
  const all = [...new Set(facts)].reduce(
    (first, second) => (first === '' ? second : say('egg-rules.both', { first, second })),
    '',
  );
  return all.charAt(0).toLocaleUpperCase(locale()) + all.slice(1);
}
