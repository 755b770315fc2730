import { describe, expect, it } from 'vitest';
import { SteadyEntries } from './steady-entries.js';

const entries = (ids: string, hint = '') => [...ids].map((id) => ({ id, hint }));
const idsOf = (some: readonly { id: string }[]): string => some.map(({ id }) => id).join('');

describe('SteadyEntries', () => {
  it('puts what is found as well behind what was there', () => {
    const steady = new SteadyEntries<{ id: string; hint: string }>();
    expect(idsOf(steady.of(entries('bd'), ['running']))).toBe('bd');
    expect(idsOf(steady.of(entries('abcd'), ['running']))).toBe('bdac');
  });

  it('leaves what is found no longer in its place', () => {
    const steady = new SteadyEntries<{ id: string; hint: string }>();
    steady.of(entries('abc'), ['running']);
    expect(idsOf(steady.of(entries('c'), ['running']))).toBe('abc');
  });

  it('begins anew with another question', () => {
    const steady = new SteadyEntries<{ id: string; hint: string }>();
    steady.of(entries('abc'), ['running', 1]);
    expect(idsOf(steady.of(entries('cb'), ['runnin', 1]))).toBe('cb');
    expect(idsOf(steady.of(entries('ba'), ['runnin', 2]))).toBe('ba');
    expect(idsOf(steady.of(entries('d'), []))).toBe('d');
  });

  it('shows an entry as it is now', () => {
    const steady = new SteadyEntries<{ id: string; hint: string }>();
    steady.of(entries('a', 'old name'), ['']);
    expect(steady.of(entries('a', 'new name'), [''])).toEqual(entries('a', 'new name'));
  });
});
