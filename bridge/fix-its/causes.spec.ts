import { describe, expect, it, vi } from 'vitest';
import { PROFILES } from '../../sandbox/games/profiles.js';
import { causeLines, healthyLines } from '../../tests/support/cause-lines.js';
import { isMessage, spoken } from '../../messages/messages.js';
import { fixKindSchema, type FixKind } from '../schema/fix-its.js';
import { causeText, longestLiteral, matchCause } from './cause-text.js';
import { causeSentence } from './cause-words.js';
import { causes } from './causes.js';
import { isNamedFix } from './fix-kinds.js';
import { isAtLeastAsSpecific, symptomOf } from './symptoms.js';

const examples = Object.entries(causeLines).flatMap(([kind, lines]) =>
  lines.map((example): [kind: string, line: string, about: string | undefined] =>
    typeof example === 'string' ? [kind, example, undefined] : [kind, ...example],
  ),
);

describe('the causes', () => {
  it.each(examples)('%s is named by %j', (kind, line, about) => {
    const symptom = symptomOf(line);
    expect([symptom?.kind, symptom?.about]).toEqual([kind, about]);
  });

  it('have two lines or more each, and no text without a line', () => {
    const lines = examples.map(([, line]) => line.toLowerCase());
    const idle = causes.flatMap(({ texts }) =>
      texts.filter((text) => !lines.some((line) => matchCause(causeText(text), line, line) !== null)),
    );
    expect(idle).toEqual([]);
    const few = causes.filter(({ kind }) => (causeLines[kind]?.length ?? 0) < 2);
    expect(few).toEqual([]);
  });

  it.each(healthyLines)('do not match %j', (line) => expect(symptomOf(line)).toBeNull());

  it.each(Object.entries(PROFILES))('have nothing to do with the ordinary lines of %s', (_name, game) => {
    const scene = { name: 'World', seconds: 2, players: ['Olive'], slots: 20 };
    const printed = [
      ...[...game.boot, ...game.chatter].map((line) => line(scene)),
      ...game.list(scene),
      ...game.saving,
      ...game.crash(),
      game.joined('Olive'),
      game.left('Olive'),
      game.said('hello'),
      game.info('hello'),
      game.unknown('hello'),
    ];
    expect(printed.filter((line) => symptomOf(line) !== null)).toEqual([]);
  });

  it('have texts in lower case with a literal that is long enough to be found first', () => {
    const texts = causes.flatMap((cause) => cause.texts);
    expect(texts.filter((text) => text !== text.toLowerCase() || longestLiteral(text).length < 6)).toEqual(
      [],
    );
  });

  it('capture an object exactly if their message names an object', () => {
    const wrong = causes.flatMap(({ kind, texts }) =>
      texts.filter((text) => text.includes('{}') !== isNamedFix(kind)),
    );
    expect(wrong).toEqual([]);
  });

  it.each(fixKindSchema.options)('have a sentence and a meaning: %s', (kind) => {
    expect(isMessage(`fixes.${kind}-means`)).toBe(true);
    expect(spoken(causeSentence({ kind, about: 'THING' })).includes('THING')).toBe(isNamedFix(kind));
  });
});

describe('the object that a line names', () => {
  it('is one plain line of at most 60 characters', () => {
    const hostile = `\u001b[31m\u202eevil\u0007${'x'.repeat(150)}`;
    const about = symptomOf(`Could not load '${hostile}' in folder 'plugins'`)?.about ?? '';
    expect(about).toMatch(/^evil x{54}…$/);
  });

  it('is not named if it has no visible character, or if it is too long for a name', () => {
    expect(symptomOf("Could not load '\u200b \u202e' in folder 'plugins'")).toBeNull();
    expect(symptomOf(`Could not load '${'x'.repeat(300)}' in folder 'plugins'`)).toBeNull();
  });

  it('keeps its capital letters, except in a line whose length changes in lower case', () => {
    expect(symptomOf('Error: Unable to access jarfile Server.JAR')?.about).toBe('Server.JAR');
    expect(symptomOf('İİ Error: Unable to access jarfile Server.JAR')?.about).toBe('server.jar');
  });
});

describe('hostile lines', () => {
  it('cost one search for each literal of a text', () => {
    const literals = causes.flatMap(({ texts }) => texts.flatMap((text) => text.split(/…|\{\}/)));
    const opening = causes.flatMap(({ texts }) => texts.map((text) => text.split(/…|\{\}/)[0] ?? ''));
    const searches = vi.spyOn(String.prototype, 'indexOf');
    try {
      for (const text of opening) {
        searches.mockClear();
        symptomOf(text.repeat(Math.ceil(2000 / Math.max(1, text.length))));
        expect(searches.mock.calls.length).toBeLessThanOrEqual(literals.length);
      }
    } finally {
      vi.restoreAllMocks();
    }
  });
});

describe('saysMore', () => {
  it.each<[FixKind, FixKind]>([
    ['memory', 'plugin-enable'],
    ['address', 'port'],
    ['mod-missing', 'mod-version'],
    ['plugin-dependency', 'plugin-load'],
    ['config-broken', 'code-syntax'],
    ['file-missing', 'killed'],
  ])('%s, compared with %s', (one, other) => {
    expect([isAtLeastAsSpecific(one, other), isAtLeastAsSpecific(other, one)]).toEqual([true, false]);
  });
});
