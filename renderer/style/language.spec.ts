/** A window follows the language: no component keeps a sentence from the moment of its creation. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
/** A value of a component that is computed once: no rune, no function, no object of a class. */
const keptOnce = /\n {2}const (\w+)(?:: [^\n]+?)? = (?!\$|new |async |\(|<)(?!\w+ =>)([^;]*?);\n/g;

function keptSentences(source: string): string[] {
  const script = /<script lang="ts">(.*?)<\/script>/s.exec(source)?.[1] ?? '';
  return [...script.matchAll(keptOnce)].flatMap(([, name = '', value = '']) =>
    /\bsay\(/.test(value) ? [name] : [],
  );
}

it('finds sentences that are asked for once', () => {
  const script = (line: string) => `<script lang="ts">\n  ${line}\n</script>`;
  expect(keptSentences(script("const choices = kinds.map((kind) => ({ label: say('a.b') }));"))).toEqual([
    'choices',
  ]);
  expect(keptSentences(script("const choices = $derived(kinds.map(() => say('a.b')));"))).toEqual([]);
  expect(keptSentences(script("const words = (): string => say('a.b');"))).toEqual([]);
});

it('no component asks for its sentences once', () => {
  const kept = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .flatMap((file) =>
      keptSentences(readFileSync(join(root, file), 'utf8')).map((name) => `${file}: ${name}`),
    );
  expect(kept).toEqual([]);
});
