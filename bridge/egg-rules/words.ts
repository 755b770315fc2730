/** Rules in plain words, for a hint below the field. */
import { digitBounds, isAboutNumbers, lengthBounds, numberBounds, wholeBound, writeBound } from './bounds.js';
import type { Bound, Bounds } from './bounds.js';
import { counted, kinds, listOf, patternOf } from './phrases.js';
import type { PreparedRule, RuleSet } from './rule-set.js';

/** "3 to 15 characters"; empty where the bounds say nothing. */
function amount({ min, max }: Bounds, unit: string): string {
  const low = min === null ? '0' : wholeBound(min, 'min');
  const high = max === null ? null : wholeBound(max, 'max');
  if (high === null) return Number(low) > 1 ? `at least ${counted(low, unit)}` : '';
  if (low === high) return `exactly ${counted(high, unit)}`;
  return Number(low) > 1 || (low === '1' && unit === 'digits')
    ? `${low} to ${counted(high, unit)}`
    : `up to ${counted(high, unit)}`;
}

/** "from 1 to 10"; empty where there are no bounds. */
function span({ min, max }: Bounds, isWhole: boolean): string {
  const write = (bound: Bound | null, side: 'min' | 'max'): string | null =>
    bound !== null && isWhole ? wholeBound(bound, side) : writeBound(bound);
  const low = write(min, 'min');
  const high = write(max, 'max');
  const strict = { above: !isWhole && min?.exclusive === true, below: !isWhole && max?.exclusive === true };
  if (low !== null && high !== null) {
    if (low === high) return `that is ${low}`;
    if (!strict.above && !strict.below) return `from ${low} to ${high}`;
    return `${strict.above ? 'above' : 'from'} ${low} and ${strict.below ? 'below' : 'up to'} ${high}`;
  }
  if (low !== null) return strict.above ? `above ${low}` : `of at least ${low}`;
  if (high !== null) return strict.below ? `below ${high}` : `up to ${high}`;
  return '';
}

const joined = (...words: string[]): string => words.filter((word) => word !== '').join(' ');
const sentence = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

function describeNumber(set: RuleSet): string {
  const digits = digitBounds(set);
  const isWhole = digits !== null || set.has('integer');
  const ofDigits = digits === null ? '' : amount(digits, 'digits');
  const range = span(numberBounds(set), isWhole);
  const kind = isWhole ? 'whole number' : 'number';
  if (ofDigits === '') return sentence(joined(kind, range));
  return sentence(`${kind} of ${ofDigits}${range === '' ? '' : `, ${range}`}`);
}

function describeOther(rule: PreparedRule): string {
  const pattern = rule.name.endsWith('regex') ? patternOf(rule) : '';
  switch (rule.name) {
    case 'regex':
      return pattern === '' ? 'fits a pattern of the egg' : `fits the pattern ${pattern}`;
    case 'not_regex':
      return pattern === '' ? 'does not fit a pattern of the egg' : `does not fit the pattern ${pattern}`;
    case 'not_in':
      return `not ${listOf(rule.parameters)}`;
    case 'starts_with':
      return `begins with ${listOf(rule.parameters)}`;
    case 'ends_with':
      return `ends with ${listOf(rule.parameters)}`;
    case 'doesnt_start_with':
      return `does not begin with ${listOf(rule.parameters)}`;
    case 'doesnt_end_with':
      return `does not end with ${listOf(rule.parameters)}`;
    default:
      return kinds[rule.name] ?? '';
  }
}

/** The words for a text or a number; a list of values needs none, since the control shows them. */
export function describeSet(set: RuleSet): string {
  if (set.has('in', 'boolean')) return '';
  const digits = digitBounds(set);
  const size = isAboutNumbers(set)
    ? describeNumber(set)
    : [digits === null ? '' : amount(digits, 'digits'), amount(lengthBounds(set), 'characters')];
  const parts = [...set.rules.map(describeOther), size].flat().filter((part) => part !== '');
  return sentence([...new Set(parts)].join(', ').replace(/,$/, ''));
}
