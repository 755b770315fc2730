import { describe, expect, it } from 'vitest';
import { nextRead } from './next-read.js';

describe('the next read', () => {
  it('is none without servers', () => {
    expect(nextRead([], 100)).toBeNull();
  });

  it('is an unknown server before known servers that are also due', () => {
    const known = { id: 'known', isUnknown: false, dueAt: null };
    const unknown = { id: 'unknown', isUnknown: true, dueAt: 90 };
    expect(nextRead([known, unknown], 100)).toEqual({ id: 'unknown', at: 90 });
    expect(nextRead([unknown, known], 100)).toEqual({ id: 'unknown', at: 90 });
  });

  it('is a due server before an unknown one that waits after a refusal', () => {
    const due = { id: 'due', isUnknown: false, dueAt: null };
    const refused = { id: 'refused', isUnknown: true, dueAt: 500 };
    expect(nextRead([refused, due], 100)).toEqual({ id: 'due', at: 100 });
  });

  it('is an unknown server if any is due, in any order and however long a known server has waited', () => {
    const kinds = [true, false].flatMap((isUnknown) =>
      [null, 50, 90, 500].map((dueAt) => ({ isUnknown, dueAt })),
    );
    for (const a of kinds)
      for (const b of kinds)
        for (const c of kinds) {
          const candidates = [a, b, c].map((kind, at) => ({ id: String(at), ...kind }));
          const chosen = candidates.find(({ id }) => id === nextRead(candidates, 100)?.id);
          const due = candidates.filter(({ dueAt }) => (dueAt ?? 0) <= 100);
          const first = due.some(({ isUnknown }) => isUnknown)
            ? due.filter(({ isUnknown }) => isUnknown)
            : due;
          expect(first.length === 0 ? candidates : first).toContain(chosen);
        }
  });

  it('is the server that has waited longest, or the first that will be due', () => {
    const at = (id: string, dueAt: number) => ({ id, isUnknown: false, dueAt });
    expect(nextRead([at('b', 60), at('a', 50)], 100)?.id).toBe('a');
    expect(nextRead([at('b', 600), at('a', 500)], 100)).toEqual({ id: 'a', at: 500 });
  });
});
