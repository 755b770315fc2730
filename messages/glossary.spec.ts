import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMessages } from '../build/messages.mjs';
import { broken, glossary, type Rule } from '../tests/support/glossary.js';
import { writtenLanguages } from './messages.js';

const page = readFileSync(join(import.meta.dirname, '../docs/messages.md'), 'utf8');
const { terms, phrases, except } = glossary;

describe.each(writtenLanguages)('the messages in %s', (language) => {
  const messages = readMessages(language);
  const rules: Rule[] = [...terms.map((term) => term[language]), ...phrases[language]].flatMap(
    ({ use, not }) => [not].flat().map((word) => ({ word, use })),
  );

  it('use the words of the glossary', () => {
    expect(broken(messages, rules, except)).toEqual([]);
  });

  it('have an ellipsis after a space in German, and right behind the word elsewhere', () => {
    const wrong = language === 'de' ? /[^\s{]…/ : /\w …/;
    expect(Object.entries(messages).filter(([, text]) => wrong.test(text))).toEqual([]);
  });

  it('have typographic apostrophes', () => {
    // ICU writes a straight apostrophe as two.
    expect(Object.entries(messages).filter(([, text]) => /'/.test(text))).toEqual([]);
  });
});

describe('the messages in French', () => {
  it('have a no-break space before high punctuation and inside quotation marks', () => {
    const wrong = /[^\u00A0\u202F]:(?=\s|$)|[^\u202F][;?!»](?=\s|$)|«[^\u202F]/;
    expect(Object.entries(readMessages('fr')).filter(([, text]) => wrong.test(text))).toEqual([]);
  });
});

describe('the glossary', () => {
  it.each([
    ['a word that is not its', 'Ask your provider.', 'provider'],
    ['a form of one', 'Two alerts are new.', '[Aa]lerts?'],
    ['one in a plural', '{count, plural, one {# provider} other {# providers}}', 'providers?'],
  ])('finds %s', (_what, text, word) => {
    expect(broken({ 'a.b': text }, [{ word, use: 'x' }], {})).toEqual([
      `a.b: "${text}" says ${word}, the glossary has: x`,
    ]);
  });

  it.each([
    ['a part of another word', 'An alerted person', '[Aa]lerts?'],
    ['the name of a value', 'Node {node}', 'nodes?'],
    ['other words that a search finds', 'alert', 'alert'],
  ])('leaves alone %s', (what, text, word) => {
    const id = what.startsWith('other') ? 'settings.find-notifications' : 'a.b';
    expect(broken({ [id]: text }, [{ word, use: 'x' }], {})).toEqual([]);
  });

  it('has exceptions only for messages that need them', () => {
    const all = Object.entries(except).flatMap(([id, words]) => words.map((word) => ({ id, word })));
    const idle = all.filter(({ id, word }) =>
      writtenLanguages.every(
        (language) =>
          broken({ [id]: readMessages(language)[id] ?? '' }, [{ word, use: '' }], {}).length === 0,
      ),
    );
    expect(idle).toEqual([]);
  });

  it('equals the table of its page', () => {
    const rows = terms.map(
      (term) => `${term.means} | ${writtenLanguages.map((language) => term[language].use).join(' | ')}`,
    );
    const written = page
      .split('\n')
      .filter((line) => line.startsWith('| ') && !/^\| (?:-|meaning)/.test(line))
      .map((line) =>
        line
          .replace(/^\| | \|$/g, '')
          .replaceAll(/ +\| /g, ' | ')
          .trim(),
      );
    expect(written).toEqual(rows);
  });
});
