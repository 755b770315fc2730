import { afterEach, describe, expect, it, vi } from 'vitest';
import { untranslated } from '../../../tests/support/untranslated.js';
import { say, speak, type Language } from '../../../messages/messages.js';
import { Emitter } from '../../base/emitter.js';
import { languageOf, SpokenLanguage } from './language.js';

const asked = { setting: 'system', system: ['en-GB'], forced: undefined } as const;

describe('languageOf', () => {
  it.each([
    ['what is set, before what the system prefers', { setting: 'de' as const }, 'de'],
    ['the first language of the system that there is', { system: ['nl-NL', 'de-AT', 'en-US'] }, 'de'],
    ['no language after it', { system: ['en-US', 'de-DE'] }, 'en'],
    ['English where there is none', { system: ['nl-NL', 'ja'] }, 'en'],
    ['English where the system tells nothing', { system: [] }, 'en'],
    ['what is forced, before all', { setting: 'de' as const, forced: 'pseudo' }, 'pseudo'],
    ['nothing unknown', { setting: 'de' as const, forced: 'klingon' }, 'de'],
  ])('takes %s', (_what, choice, language) => {
    expect(languageOf({ ...asked, ...choice })).toBe(language);
  });
});

describe('SpokenLanguage', () => {
  afterEach(() => speak(() => 'en'));

  function rig(first: Language) {
    const changes = new Emitter<void>();
    let wanted = first;
    const spoken = new SpokenLanguage({ settings: changes, wanted: () => wanted });
    const told: Language[] = [];
    spoken.listen((language) => told.push(language));
    const choose = (language: Language): void => {
      wanted = language;
      changes.emit();
    };
    return { spoken, told, choose };
  }

  it('is the wanted one from the start', async () => {
    const { spoken } = rig('de');
    await spoken.start();
    expect(spoken.current).toBe('de');
  });

  it('follows the settings, with one event per language', async () => {
    const { spoken, told, choose } = rig('en');
    await spoken.start();
    choose('de');
    await vi.waitFor(() => expect(told).toEqual(['de']));
    choose('de');
    choose('en');
    await vi.waitFor(() => expect(told).toEqual(['de', 'en']));
  });

  it('falls back to English for missing messages', async () => {
    untranslated('settings.language');
    const { spoken } = rig('de');
    await spoken.start();
    speak(() => spoken.current);
    expect([say('settings.language'), say('settings.theme')]).toEqual(['Language', 'Farbschema']);
  });

  it('uses the last of two quick choices', async () => {
    const { spoken, told, choose } = rig('en');
    await spoken.start();
    choose('pseudo');
    choose('de');
    await vi.waitFor(() => expect(told).toEqual(['de']));
  });
});
