import { describe, expect, it } from 'vitest';
import { languageOf } from './language.js';

const asked = { setting: 'system', system: ['en-GB'], forced: undefined } as const;

describe('languageOf', () => {
  it.each([
    ['what is set, before what the system prefers', { setting: 'de' as const }, 'de'],
    ['the first language of the system that there is', { system: ['fr-FR', 'de-AT', 'en-US'] }, 'de'],
    ['no language after it', { system: ['en-US', 'de-DE'] }, 'en'],
    ['English where there is none', { system: ['fr-FR', 'ja'] }, 'en'],
    ['English where the system tells nothing', { system: [] }, 'en'],
    ['what is forced, before all', { setting: 'de' as const, forced: 'pseudo' }, 'pseudo'],
    ['nothing unknown', { setting: 'de' as const, forced: 'klingon' }, 'de'],
  ])('takes %s', (_what, choice, language) => {
    expect(languageOf({ ...asked, ...choice })).toBe(language);
  });
});
