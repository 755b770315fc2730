import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMessages, valuesOf } from '../build/messages.mjs';
import { writtenLanguages } from './messages.js';

const root = join(import.meta.dirname, '..');
const english = readMessages('en');
const translated = writtenLanguages.filter((language) => language !== 'en');
const all = writtenLanguages.flatMap((language) => Object.entries(readMessages(language)));

describe.each(translated)('the message files in %s', (language) => {
  const messages = readMessages(language);

  // Missing messages appear in English; `npm run messages` lists them.
  it('have no message that English lacks', () => {
    expect(Object.keys(messages).filter((id) => !(id in english))).toEqual([]);
  });

  it('need the same values', () => {
    const wanted = (text: string): unknown => Object.fromEntries([...valuesOf(text)].sort());
    const shared = Object.entries(messages).filter(([id]) => id in english);
    expect(shared.map(([id, text]) => [id, wanted(text)])).toEqual(
      shared.map(([id]) => [id, wanted(english[id] ?? '')]),
    );
  });
});

describe('the message files', () => {
  it('have no empty message, and none with surrounding spaces', () => {
    expect(all.filter(([, text]) => text === '' || text !== text.trim())).toEqual([]);
  });

  it('write an ellipsis as one character', () => {
    expect(all.filter(([, text]) => text.includes('...'))).toEqual([]);
  });

  it('have no unused message', () => {
    const code = ['bridge', 'cli', 'main', 'renderer', 'messages']
      .flatMap((module) => texts(module))
      .join('\n');
    const named = new Set(Array.from(code.matchAll(/'([a-z-]+\.[\w.-]+)'/g), ([, id]) => id));
    const beginnings = [...code.matchAll(/`([a-z-]+\.[\w.-]*)\$\{/g)].map(([, beginning]) => beginning ?? '');
    const nexts = [...code.matchAll(/\bnew(?:Problem|Failure|Fault)\([^;]*?'([a-z-]+\.[\w.-]+)'/g)].map(
      ([, id]) => `${id}-next`,
    );
    const unused = Object.keys(english).filter(
      (id) =>
        !named.has(id) && !nexts.includes(id) && !beginnings.some((beginning) => id.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});

function texts(module: string): string[] {
  return readdirSync(join(root, module), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(?:ts|svelte)$/.test(path) && !/\.spec\.ts$|compiled/.test(path))
    .map((path) => readFileSync(join(root, module, path), 'utf8'));
}
