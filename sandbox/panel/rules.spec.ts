import { describe, expect, test } from 'vitest';
import { countRecorded } from '../../tests/support/recorded-cases.js';
import { verdictSets, type RuleVerdict } from '../../tests/support/verdicts.js';
import { cleaned } from './input.js';
import { absent, judge, RuleError } from './rules.js';

/** Names of the failed rules. */
function failing(rules: string | string[], value: unknown): string[] {
  return judge(rules, value).map((failure) => failure.rule);
}

describe('presence', () => {
  test('required ends the validation, and wins over nullable', () => {
    expect(failing('required|string|min:4', null)).toEqual(['required']);
    expect(failing('nullable|required|string', null)).toEqual(['required']);
    expect(failing('required|string', absent)).toEqual(['required']);
  });

  test('failures of rules before required are reported too', () => {
    expect(failing('string|required', null)).toEqual(['string', 'required']);
  });

  test('null passes only with nullable, but a plain max treats it as empty', () => {
    expect(failing('nullable|string|in:a,b', null)).toEqual([]);
    expect(failing('string', null)).toEqual(['string']);
    expect(failing('max:30', null)).toEqual([]);
  });

  test('present checks the name only', () => {
    expect(failing('present', null)).toEqual([]);
    expect(failing('present', absent)).toEqual(['present']);
  });
});

describe('sizes', () => {
  test('count characters unless a rule makes the value a number', () => {
    expect(failing('required|string|max:3', '9999')).toEqual(['max']);
    expect(failing('required|between:1,10', '64')).toEqual([]);
    expect(failing('required|string|max:2', '🎮🎮')).toEqual([]);
    expect(failing('required|integer|max:3', '4')).toEqual(['max']);
    expect(failing('required|numeric|between:0.1,64', '0.05')).toEqual(['between']);
  });

  test('report whether they counted characters or a number', () => {
    expect(judge('integer|max:3', '4')[0]?.kind).toBe('numeric');
    expect(judge('string|max:3', 'four')[0]?.kind).toBe('string');
  });

  test('are exact beyond floating point', () => {
    expect(failing('required|integer|max:76561202255233023', '76561202255233023')).toEqual([]);
    expect(failing('required|integer|max:76561202255233023', '76561202255233024')).toEqual(['max']);
  });

  test('gt compares with its own number', () => {
    expect(failing('required|integer|gt:0', '0')).toEqual(['gt']);
    expect(failing('required|integer|gt:0', '1')).toEqual([]);
  });
});

describe('kinds', () => {
  test('integer has 64 bits and no leading zeros', () => {
    expect(failing('integer', '9223372036854775807')).toEqual([]);
    expect(failing('integer', '9223372036854775808')).toEqual(['integer']);
    expect(failing('int', '007')).toEqual(['integer']);
  });

  test('boolean takes 0 and 1, not words', () => {
    expect(failing('boolean', '0')).toEqual([]);
    expect(failing('bool', 'true')).toEqual(['boolean']);
  });

  test('in compares numbers as numbers and reads quotes', () => {
    expect(failing('in:0,1', '01')).toEqual([]);
    expect(failing('in:"a b","c,d"', 'c,d')).toEqual([]);
    expect(failing('in:,beta', 'alpha')).toEqual(['in']);
    expect(failing('in:Vanilla', 'vanilla')).toEqual(['in']);
  });

  test('all failed rules are reported, in order', () => {
    expect(failing('required|alpha_num|size:4', 'a-b')).toEqual(['alpha_num', 'size']);
    expect(failing('bail|alpha_num|size:4', 'a-b')).toEqual(['alpha_num']);
  });

  test('numbers in JSON are numbers', () => {
    expect(failing('required|numeric', 7)).toEqual([]);
    expect(failing('required|string', 7)).toEqual(['string']);
  });
});

describe('patterns', () => {
  test('any delimiter, flags, and no added anchors', () => {
    expect(failing('regex:/^([\\w\\d._-]+)(\\.jar)$/', 'server.exe')).toEqual(['regex']);
    expect(failing('regex:([a-z-0-9]+$)', '!!! ok')).toEqual([]);
    expect(failing('regex:#^abc$#i', 'ABC')).toEqual([]);
    expect(failing('not_regex:/[;&]/', 'a;b')).toEqual(['not_regex']);
  });

  test('a pipe inside a pattern splits a string of rules, but not a list', () => {
    expect(() => failing('required|regex:/^(a|b)$/', 'a')).toThrow(RuleError);
    expect(failing(['required', 'regex:/^(a|b)$/'], 'a')).toEqual([]);
  });

  test('without the flag u, characters are bytes', () => {
    expect(failing('regex:/^.{2}$/', 'ü')).toEqual([]);
    expect(failing('regex:/^.{1}$/u', 'ü')).toEqual([]);
  });
});

test('an unknown rule is an error of the panel', () => {
  expect(() => failing('required|port', '80')).toThrow(
    expect.objectContaining({ code: 'BadMethodCallException' }),
  );
  expect(failing('required|string|', 'ok')).toEqual([]);
});

describe.each(verdictSets())('$name', ({ isRecorded, values }) => {
  test('are the same in the sandbox', (context) => {
    const wanted = values.flatMap(({ rules, value, raw, http }) => [
      ...(raw === null ? [] : [{ rules, value, verdict: raw }]),
      { rules, value: cleaned(value), verdict: http },
    ]);
    if (isRecorded) countRecorded(context, { verdicts: wanted.length });
    expect(wanted.length).toBeGreaterThan(200);
    expect(wanted.filter(({ rules, value, verdict }) => !isSame(verdict, verdictOn(rules, value)))).toEqual(
      [],
    );
  });
});

function verdictOn(rules: string | string[], value: unknown): RuleVerdict {
  try {
    const failed = failing(rules, value);
    return { passes: failed.length === 0, failed };
  } catch (error) {
    if (error instanceof RuleError) return { passes: null, failed: [] };
    throw error;
  }
}

function isSame(wanted: RuleVerdict, got: RuleVerdict): boolean {
  if (wanted.passes === null) return got.passes === null;
  return wanted.passes === got.passes && String(wanted.failed) === String(got.failed);
}
