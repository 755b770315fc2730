import { expect, it, vi } from 'vitest';
import { registerLinks } from './registration.js';

it.each([
  ['win32', true, false, 1],
  ['win32', true, true, 0],
  ['win32', false, false, 0],
  ['linux', true, false, 0],
  ['darwin', true, false, 0],
] as const)('on %s, packaged %s, registered %s: %i times', (platform, isPackaged, isAlready, times) => {
  const setAsDefaultProtocolClient = vi.fn(() => true);
  registerLinks(
    { isPackaged, isDefaultProtocolClient: () => isAlready, setAsDefaultProtocolClient },
    platform,
  );
  expect(setAsDefaultProtocolClient).toHaveBeenCalledTimes(times);
  if (times > 0) expect(setAsDefaultProtocolClient).toHaveBeenCalledWith('perch');
});
