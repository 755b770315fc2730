import { describe, expect, it } from 'vitest';
import { markTwins, mayMeanOther, plainName } from './plain-name.js';

describe('plainName', () => {
  it('keeps a name that is one short line', () => {
    expect(plainName('Anna the Great')).toEqual({ name: 'Anna the Great' });
  });

  it.each(['An\u200bna', ' Anna ', 'Anna\u001b[31m', 'An\u202ena', 'Anna\n'])('marks %j', (raw) => {
    expect(plainName(raw)).toEqual({ name: 'Anna', isAltered: true });
  });

  it('marks a name that was cut, and has none for what nobody can see', () => {
    expect(plainName('x'.repeat(65))?.isAltered).toBe(true);
    expect(plainName('\u200b')).toBeNull();
  });
});

it('marks each player whose name somebody else has too', () => {
  expect(markTwins([{ name: 'Anna' }, { name: 'Bob' }, { name: 'anna' }])).toEqual([
    { name: 'Anna', isAltered: true },
    { name: 'Bob' },
    { name: 'anna', isAltered: true },
  ]);
});

it('finds a name that may mean somebody else', () => {
  const players = [{ name: 'Anna', isAltered: true as const }, { name: 'Bob' }];
  expect(mayMeanOther('anna', players)).toBe(true);
  expect(mayMeanOther('Bob', players)).toBe(false);
  expect(mayMeanOther('Eve', players)).toBe(false);
});
