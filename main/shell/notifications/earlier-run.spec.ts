import { expect, it, vi } from 'vitest';
import { removeEarlier } from './earlier-run.js';

it.each([
  ['darwin', 1],
  ['win32', 0],
  ['linux', 0],
] as const)('removes notifications of an earlier run on %s %i times', (platform, times) => {
  const removeAll = vi.fn();
  removeEarlier({ removeAll }, platform);
  expect(removeAll).toHaveBeenCalledTimes(times);
});

it('does nothing if Electron cannot remove notifications', () => {
  expect(() => removeEarlier({}, 'darwin')).not.toThrow();
});
