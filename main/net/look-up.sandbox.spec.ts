import { expect, it } from 'vitest';
import { countAddresses } from './look-up.js';

it('addresses of a name are counted, and a name without any rejects', async () => {
  expect(await countAddresses('localhost')).toBeGreaterThan(0);
  await expect(countAddresses('no-such-name.invalid')).rejects.toThrow();
});
