/** Chooses the form control for a variable from its rules. */
import { Budget, controlSteps } from './budget.js';
import { digitBounds, isAboutNumbers, lengthBounds, numberBounds, wholeBound, writeBound } from './bounds.js';
import { judgeRules } from './judge.js';
import type { RuleSet } from './rule-set.js';

export type Control =
  | { kind: 'switch'; /** Values for off and on. */ off: string; on: string }
  | { kind: 'select'; options: string[]; canBeEmpty: boolean }
  | {
      kind: 'number';
      isInteger: boolean;
      /** Bounds as digits: real eggs have bounds beyond the range of a JavaScript number. */
      min: string | null;
      max: string | null;
      canBeEmpty: boolean;
    }
  | {
      kind: 'text';
      /** In code points (as PHP counts), not in UTF-16 units. */
      maxLength: number | null;
      canBeEmpty: boolean;
    };

const pairs = [
  ['0', '1'],
  ['false', 'true'],
  ['False', 'True'],
  ['FALSE', 'TRUE'],
] as const;

/** Longer lists become a text field. The longest list of a real egg (all countries) has 250 entries. */
const mostOptions = 300;

function passes(set: RuleSet, value: string | null, budget: Budget): boolean {
  const { failed, broken } = judgeRules(set, value, { budget });
  return failed.length === 0 && broken === null;
}

/** Values of the list that pass all rules; null if there is no list or the list is too long. */
function optionsOf(set: RuleSet, budget: Budget): string[] | null {
  const listed = set.parametersOf('in') ?? (set.has('boolean') ? ['0', '1'] : null);
  if (listed === null || listed.length > mostOptions) return null;
  return [...new Set(listed.map((option) => option.trim()))].filter(
    (option) => option !== '' && passes(set, option, budget),
  );
}

function asSwitch(options: readonly string[]): Control | null {
  const pair = pairs.find((both) => options.length === 2 && both.every((value) => options.includes(value)));
  return pair === undefined ? null : { kind: 'switch', off: pair[0], on: pair[1] };
}

function asNumber(set: RuleSet, canBeEmpty: boolean): Control {
  const { min, max } = numberBounds(set);
  const digits = digitBounds(set);
  if (!set.has('integer') && digits === null) {
    return { kind: 'number', isInteger: false, min: writeBound(min), max: writeBound(max), canBeEmpty };
  }
  const most = digits === null || digits.max === null ? null : Number(wholeBound(digits.max, 'max'));
  const largest = most === null || most < 1 || most > 1000 ? null : '9'.repeat(most);
  const smallest = digits === null ? null : '0';
  return {
    kind: 'number',
    isInteger: true,
    min: min === null ? smallest : atLeast(wholeBound(min, 'min'), smallest),
    max: max === null ? largest : atMost(wholeBound(max, 'max'), largest),
    canBeEmpty,
  };
}

const atLeast = (min: string, other: string | null): string =>
  other !== null && BigInt(other) > BigInt(min) ? other : min;
const atMost = (max: string, other: string | null): string =>
  other !== null && BigInt(other) < BigInt(max) ? other : max;

function asText(set: RuleSet, canBeEmpty: boolean): Control {
  const { max } = lengthBounds(set);
  const digits = digitBounds(set)?.max ?? null;
  const lengths = [max, digits]
    .filter((bound) => bound !== null)
    .map((bound) => Number(wholeBound(bound, 'max')));
  const maxLength = lengths.length === 0 ? null : Math.min(...lengths);
  return { kind: 'text', maxLength: maxLength !== null && maxLength > 0 ? maxLength : null, canBeEmpty };
}

/**
 * A switch for exactly two values, a select for a list, a number field if all values are numbers, otherwise a text
 * field.
 */
export function controlOf(set: RuleSet): Control {
  const budget = new Budget(controlSteps);
  const canBeEmpty = passes(set, null, budget);
  const options = optionsOf(set, budget);
  if (options !== null && options.length > 0) {
    const toggle = canBeEmpty ? null : asSwitch(options);
    return toggle ?? { kind: 'select', options, canBeEmpty };
  }
  return isAboutNumbers(set) ? asNumber(set, canBeEmpty) : asText(set, canBeEmpty);
}
