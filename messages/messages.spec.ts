import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { untranslated } from '../tests/support/untranslated.js';
import { inEnglish, learn, locale, say, sentence, speak, spoken, type Language } from './messages.js';

const inLanguage = (language: Language): void => speak(() => language);

beforeAll(() => learn('de'));
afterEach(() => inLanguage('en'));

describe('messages', () => {
  it('follow the current language', () => {
    const said = sentence('settings.language');
    expect(spoken(said)).toBe('Language');
    inLanguage('de');
    expect(spoken(said)).toBe('Sprache');
    expect(say('settings.language')).toBe('Sprache');
    expect(locale()).toBe('de');
  });

  it('translate a nested sentence into the same language', () => {
    inLanguage('de');
    expect(say('common.verbatim', { text: sentence('settings.language') })).toBe('Sprache');
  });

  it('are English in the log, whatever the language, also nested ones', () => {
    inLanguage('de');
    const inner = sentence('settings.language');
    expect(inEnglish(sentence('common.verbatim', { text: inner }))).toBe('Language');
  });

  it('fall back to English for a missing message, also nested', () => {
    untranslated('settings.language');
    inLanguage('de');
    expect(say('settings.language')).toBe('Language');
    expect(say('common.verbatim', { text: sentence('settings.language') })).toBe('Language');
    expect(say('settings.theme')).toBe('Farbschema');
  });

  it('cross processes as plain data', () => {
    const said = sentence('common.verbatim', { text: 'Skyblock' });
    expect(JSON.parse(JSON.stringify(said))).toEqual({ id: 'common.verbatim', values: { text: 'Skyblock' } });
    expect(spoken(said)).toBe('Skyblock');
  });

  it('use a value unchanged, whatever it contains', () => {
    const hostile = "{name, plural} '{'# <b>\uE000x\uE001";
    expect(say('common.verbatim', { text: hostile })).toBe(hostile);
  });

  it('show the id of an unknown message', () => {
    expect(spoken({ id: 'no.such' })).toBe('no.such');
    expect(spoken({ id: 'constructor' })).toBe('constructor');
  });

  it('are longer and accented in the pseudo-language, except for values', () => {
    inLanguage('pseudo');
    expect(say('settings.language')).toBe('[Láñgüágé~~~]');
    expect(say('common.verbatim', { text: 'Skyblock' })).toBe('Skyblock');
    expect(locale()).toBe('en');
  });
});
