// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { languageOfFile, type LanguageName } from './languages.js';
import { mistakesIn } from './mistakes.js';

/** The text at the first mistake. */
async function first(language: LanguageName, text: string): Promise<string | null> {
  const [mistake] = await mistakesIn(language, text);
  return mistake === undefined ? null : text.slice(mistake.from);
}

describe('mistakesIn', () => {
  it.each<[LanguageName, string]>([
    ['json', '{"a": [1, 2], "b": null}'],
    ['json5', '// comment\n{a: .5, b: [1, 2,],}'],
    ['yaml', 'a: 1\nb:\n  - c\n---\nd: e\n'],
    ['toml', 'a = 1\n[b]\nc = 1979-05-27T07:32:00Z\n'],
    ['xml', '<?xml version="1.0"?><a b="c"><d/></a>'],
    ['properties', 'a=b\n= \n'],
    ['ini', '[Section]\nKey=1\nKey=2\n'],
    ['json', '  \n'],
  ])('finds none in %s that is right', async (language, text) => {
    expect(await mistakesIn(language, text)).toEqual([]);
  });

  it.each<[LanguageName, string, string]>([
    ['json', '{"a": 1 "b": 2}', '"b": 2}'],
    ['json', '{"a": 1,}', '}'],
    ['json', '// no\n{}', '// no\n{}'],
    ['json5', '{a: 1\nb: 2}', 'b: 2}'],
    ['yaml', 'a: 1\n b: 2\n', '1\n b: 2\n'],
    ['yaml', 'a: 1\na: 2\n', 'a: 2\n'],
    ['toml', 'a = 1\nb = \n', '\n'],
  ])('finds the place of a mistake in %s: %j', async (language, text, rest) => {
    expect(await first(language, text)).toBe(rest);
  });

  it('finds the line of a mistake in XML', async () => {
    const [mistake] = await mistakesIn('xml', '<a>\n  <b>\n</a>\n');
    expect(mistake?.why).not.toBe('');
  });

  it.each<LanguageName>(['json', 'json5', 'yaml', 'toml'])(
    'survives a hostile text in %s',
    async (language) => {
      expect((await mistakesIn(language, `a = ${'['.repeat(100_000)}`)).length).toBeLessThan(51);
    },
  );

  it('looks at no text that would stop the window', async () => {
    expect(await mistakesIn('json', '{'.padEnd(600_000))).toEqual([]);
  });
});

describe('languageOfFile', () => {
  it.each([
    ['/server.properties', 'properties'],
    ['/eula.txt', 'properties'],
    ['/config/paper-global.yml', 'yaml'],
    ['/Pal/Saved/Config/PalWorldSettings.ini', 'ini'],
    ['/OPS.JSON', 'json'],
    ['/logs/latest.log', 'log'],
    ['/crash-reports/crash-2026-11-29.txt', 'log'],
    ['/start.sh', 'shell'],
    ['/bot.py', 'python'],
    ['/readme', 'text'],
    ['/a.constructor', 'text'],
  ])('of %s is %s', (path, language) => {
    expect(languageOfFile(path)).toBe(language);
  });
});
