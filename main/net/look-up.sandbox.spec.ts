import { expect, it } from 'vitest';
import { countAddresses } from './look-up.js';

it('counts the addresses of a name, and rejects where there are none', async () => {
  expect(await countAddresses('localhost')).toBeGreaterThan(0);
  await expect(countAddresses('no-such-name.invalid')).rejects.toThrow();
});
