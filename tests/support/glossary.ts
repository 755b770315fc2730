/**
 * Checks messages against `messages/glossary.json`: the word each language uses for a thing, and words it must not use.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writtenLanguages } from '../../messages/messages.js';

/** Forbidden word as a regular expression for whole words, and its replacement. */
export interface Rule {
  word: string;
  use: string;
}

const term = z.object({ use: z.string(), not: z.array(z.string()) });
const phrase = z.object({ not: z.string(), use: z.string() });
const perLanguage = <Of extends z.ZodType>(
  of: Of,
): z.ZodObject<Record<(typeof writtenLanguages)[number], Of>> =>
  z.object({ en: of, de: of, fr: of, es: of, pl: of });

const schema = z.object({
  terms: z.array(perLanguage(term).extend({ means: z.string() })),
  phrases: perLanguage(z.array(phrase)),
  /** Message id -> words allowed there. */
  except: z.record(z.string(), z.array(z.string())),
});

export const glossary = schema.parse(
  JSON.parse(readFileSync(join(import.meta.dirname, '../../messages/glossary.json'), 'utf8')),
);

/**
 * Messages that use a forbidden word. Search synonyms (`find-...`) hold other people's words and are skipped.
 *
 * @returns one sentence per finding
 */
export function broken(
  messages: Readonly<Record<string, string>>,
  rules: readonly Rule[],
  except: Readonly<Record<string, readonly string[]>>,
): string[] {
  const patterns = rules.map((rule) => ({ ...rule, pattern: apart(rule.word) }));
  const any = apart(rules.map(({ word }) => word).join('|'));
  return Object.entries(messages)
    .filter(([id]) => !id.includes('.find-'))
    .flatMap(([id, text]) => {
      // Names of placeholders do not count.
      const read = text.replaceAll(/\{\w+(?:, \w+)?[,}]/g, ' ');
      if (!any.test(read)) return [];
      return patterns
        .filter(({ word, pattern }) => !(except[id] ?? []).includes(word) && pattern.test(read))
        .map(({ word, use }) => `${id}: "${text}" says ${word}, the glossary has: ${use}`);
    });
}

/** Pattern of the whole word: an adjacent letter makes a different word. */
function apart(word: string): RegExp {
  return new RegExp(String.raw`(?<![\p{L}\d])(?:${word})(?![\p{L}\d])`, 'u');
}
