import { expect, it } from 'vitest';
import { hasUsableCopy, isCopyName } from './copy-names.js';

it.each([
  ['server copy.properties', 'server.properties'],
  ['server copy 1.properties', 'server.properties'],
  ['world copy 12.tar.gz', 'world.tar.gz'],
  ['notes copy', 'notes'],
  ['a copy copy.txt', 'a copy.txt'],
  ['acopy.2026-11-29T20:00:00+01:00.txt', 'a.txt'],
])('%j may be a copy of %j', (copy, name) => {
  expect(isCopyName(copy, name)).toBe(true);
});

it.each([
  ['a.txt', 'a.txt'],
  ['a copy.txt', 'a copy.txt'],
  ['a copy x.txt', 'a.txt'],
  ['a copy.txt.bak', 'a.txt'],
  ['b copy.txt', 'a.txt'],
  ['world.tar copy.gz', 'world.tar.gz'],
])('%j is no copy of %j', (copy, name) => {
  expect(isCopyName(copy, name)).toBe(false);
});

it.each([
  ['server.properties', true],
  ['.htaccess.txt', true],
  ['.env', false],
  [`${'a'.repeat(246)}.txt`, false],
])('a panel can act on a copy of %j: %s', (name, isUsable) => {
  expect(hasUsableCopy(name)).toBe(isUsable);
});
