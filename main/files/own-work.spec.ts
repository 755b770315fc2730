import { expect, it } from 'vitest';
import { isOwnWork } from './own-work.js';

const id = '22222222-2222-4222-8222-000000000000';
const day = 86_400_000;

it.each([
  [`.${id}.perch-part`, true],
  [`.perch-${id}-1`, true],
  [`.perch-${id}-12-0a1b2c3d.tar.gz`, true],
  [`perch-${id}.tar.gz`, true],
  [`.perch-${id}-sftp`, true],
  [`.perch-aside-${id}-0123456789ab`, true],
  [`.perch-aside-${id}-notes`, false],
  ['.perch-part', false],
  [`perch-${id}.zip`, false],
  [`.perch-${id}-1.txt`, false],
  ['world', false],
])('%s is a file that Perch works with: %s', (name, is) => {
  expect(isOwnWork({ name, modifiedAt: 5 * day }, 5 * day + 1000)).toBe(is);
});

it('a file that stayed for a day was left behind', () => {
  expect(isOwnWork({ name: `.${id}.perch-part`, modifiedAt: 0 }, day)).toBe(false);
});

it('a file can’t hide behind a time that is still to come', () => {
  const name = `.${id}.perch-part`;
  expect(isOwnWork({ name, modifiedAt: 6 * day - 1 }, 5 * day)).toBe(true);
  expect(isOwnWork({ name, modifiedAt: 6 * day }, 5 * day)).toBe(false);
});
