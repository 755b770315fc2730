import { expect, it } from 'vitest';
import { maySeePasswords, passwordPermission } from './password-permission.js';

const pterodactyl = { naming: { nameMax: 191, descriptionMax: null, description: 'with-name' } } as const;
const pelican = { naming: { nameMax: 255, descriptionMax: null, description: 'apart' } } as const;

it('is spelled as the panel spells it', () => {
  expect(passwordPermission(pterodactyl)).toBe('database.view_password');
  expect(passwordPermission(pelican)).toBe('database.view-password');
});

it.each([
  [null, true],
  [['*'], true],
  [['database.view_password'], true],
  [['database.view-password'], true],
  [['database.read'], false],
  [[], false],
])('with the grants %j passwords may be seen: %s', (permissions, may) => {
  expect(maySeePasswords({ permissions })).toBe(may);
});
