import { describe, expect, it } from 'vitest';
import { keepFilesPrivate } from './file-mask.js';

function aProcess(platform: NodeJS.Platform) {
  const state = { mask: 0o022 };
  const umask = (mask: number): number => {
    const before = state.mask;
    state.mask = mask;
    return before;
  };
  return { state, asPerson: keepFilesPrivate({ platform, umask }) };
}

describe('keepFilesPrivate', () => {
  it("keeps files private, and gives programs the user's mask", () => {
    const { state, asPerson } = aProcess('linux');
    expect(state.mask).toBe(0o077);
    expect(asPerson(() => state.mask)).toBe(0o022);
    expect(state.mask).toBe(0o077);
    expect(() =>
      asPerson(() => {
        throw new Error('no such program');
      }),
    ).toThrow('no such program');
    expect(state.mask).toBe(0o077);
  });

  it('leaves Windows alone, which has no mask', () => {
    const { state, asPerson } = aProcess('win32');
    expect(state.mask).toBe(0o022);
    expect(asPerson(() => state.mask)).toBe(0o022);
  });
});
