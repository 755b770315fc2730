import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { untranslated } from '../tests/support/untranslated.js';
import { inEnglish, learn, locale, say, sentence, speak, spoken, type Language } from './messages.js';

const inLanguage = (language: Language): void => speak(() => language);

beforeAll(() => learn('de'));
afterEach(() => inLanguage('en'));

describe('messages', () => {
  it('are said in the language that is spoken now', () => {
    const said = sentence('settings.language');
    expect(spoken(said)).toBe('Language');
    inLanguage('de');
    expect(spoken(said)).toBe('Sprache');
    expect(say('settings.language')).toBe('Sprache');
    expect(locale()).toBe('de');
  });

  it('say a sentence inside a sentence in the same language', () => {
    inLanguage('de');
    expect(say('common.verbatim', { text: sentence('settings.language') })).toBe('Sprache');
  });

  it('are English for the log, whatever is spoken, also inside', () => {
    inLanguage('de');
    const inner = sentence('settings.language');
    expect(inEnglish(sentence('common.verbatim', { text: inner }))).toBe('Language');
  });

  it('are English where the language lacks a message, inside a sentence too', () => {
    untranslated('settings.language');
    inLanguage('de');
    expect(say('settings.language')).toBe('Language');
    expect(say('common.verbatim', { text: sentence('settings.language') })).toBe('Language');
    expect(say('settings.theme')).toBe('Farbschema');
  });

  it('cross as plain data', () => {
    const said = sentence('common.verbatim', { text: 'Skyblock' });
    expect(JSON.parse(JSON.stringify(said))).toEqual({ id: 'common.verbatim', values: { text: 'Skyblock' } });
    expect(spoken(said)).toBe('Skyblock');
  });

  it('take a value as it is, whatever it holds', () => {
    const hostile = "{name, plural} '{'# <b>\uE000x\uE001";
    expect(say('common.verbatim', { text: hostile })).toBe(hostile);
  });

  it('name a message that is not there', () => {
    expect(spoken({ id: 'no.such' })).toBe('no.such');
    expect(spoken({ id: 'constructor' })).toBe('constructor');
  });

  it('are longer and accented in the pseudo-language, but for values', () => {
    inLanguage('pseudo');
    expect(say('settings.language')).toBe('[Láñgüágé~~~]');
    expect(say('common.verbatim', { text: 'Skyblock' })).toBe('Skyblock');
    expect(locale()).toBe('en');
  });
});
