import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMessages, valuesOf } from '../build/words.mjs';

const root = join(import.meta.dirname, '..');
const english = readMessages('en');
const german = readMessages('de');

describe('the message files', () => {
  it('hold the same messages in both languages', () => {
    expect(Object.keys(german).sort()).toEqual(Object.keys(english).sort());
  });

  it('want the same values in both languages', () => {
    const wanted = (messages: Record<string, string>): unknown =>
      Object.entries(messages).map(([id, text]) => [id, Object.fromEntries([...valuesOf(text)].sort())]);
    const order = Object.fromEntries(Object.keys(english).map((id) => [id, german[id] ?? '']));
    expect(wanted(order)).toEqual(wanted(english));
  });

  it('hold no empty message, and none with space around it', () => {
    const untidy = [...Object.entries(english), ...Object.entries(german)].filter(
      ([, text]) => text === '' || text !== text.trim(),
    );
    expect(untidy).toEqual([]);
  });

  it('write an ellipsis as one character', () => {
    const dotted = [...Object.entries(english), ...Object.entries(german)].filter(([, text]) =>
      text.includes('...'),
    );
    expect(dotted).toEqual([]);
  });

  it('hold no message that nothing says', () => {
    const code = ['bridge', 'main', 'renderer', 'words'].flatMap((room) => texts(room)).join('\n');
    const beginnings = [...code.matchAll(/`([a-z-]+\.[\w.-]*)\$\{/g)].map(([, beginning]) => beginning ?? '');
    const unused = Object.keys(english).filter(
      (id) => !code.includes(`'${id}'`) && !beginnings.some((beginning) => id.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});

function texts(room: string): string[] {
  return readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|svelte)$/.test(path) && !/\.spec\.ts$|compiled/.test(path))
    .map((path) => readFileSync(join(root, room, path), 'utf8'));
}
