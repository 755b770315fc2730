import { beforeEach, expect, it } from 'vitest';
import { TypeAhead } from './type-ahead.js';

const names = ['banned.json', 'Bukkit.yml', 'eula.txt', 'server 2', 'server.properties', 'spigot.yml'];
const plain = { ctrlKey: false, metaKey: false, altKey: false };
let typed: TypeAhead;
let at: number;
let now: number;

function types(text: string, everyMs = 100): string | undefined {
  for (const key of text) {
    now += everyMs;
    const found = typed.type({ key, timeStamp: now }, names, at);
    if (found !== -1) at = found;
  }
  return names[at];
}

beforeEach(() => {
  typed = new TypeAhead();
  at = 0;
  now = 0;
});

it('finds the next name that begins with the letters, in any case', () => {
  expect(types('SE')).toBe('server 2');
  expect(types('rver.')).toBe('server.properties');
});

it('goes through all names of a letter that is typed again, and starts again at the end', () => {
  expect(types('b')).toBe('Bukkit.yml');
  expect(types('b')).toBe('banned.json');
});

it('starts again after a pause, and stays where no name fits', () => {
  expect(types('s')).toBe('server 2');
  expect(types('e', 1000)).toBe('eula.txt');
  expect(types('q', 1000)).toBe('eula.txt');
});

it('takes letters only: no commands, no keys with names, and a space only within a text', () => {
  const takes = (key: string, more: object = {}) => typed.takes({ key, timeStamp: now, ...plain, ...more });
  expect(takes('a')).toBe(true);
  expect(takes('a', { ctrlKey: true })).toBe(false);
  expect(['Enter', '/', '?', ' '].map((key) => takes(key))).toEqual([false, false, false, false]);
  types('server');
  expect(takes(' ')).toBe(true);
  expect(types(' ')).toBe('server 2');
});
