import { expect, it } from 'vitest';
import { languageOfTerminal } from './language.js';

it.each<[string, NodeJS.ProcessEnv]>([
  ['en', {}],
  ['de', { LANG: 'de_DE.UTF-8' }],
  ['de', { LANG: 'DE' }],
  ['fr', { LC_MESSAGES: 'fr_CA', LANG: 'de_DE' }],
  ['es', { LC_ALL: 'es@euro', LC_MESSAGES: 'fr_CA', LANG: 'de_DE' }],
  ['pl', { LC_ALL: '', LC_MESSAGES: 'pl-PL' }],
  ['en', { LANG: 'C.UTF-8' }],
  ['en', { LANG: 'ja_JP.UTF-8' }],
  ['en', { LC_ALL: 'C', LANG: 'de_DE' }],
  ['fr', { PERCH_LANGUAGE: 'fr', LC_ALL: 'de_DE' }],
  ['de', { PERCH_LANGUAGE: 'klingon', LC_ALL: 'de_DE' }],
])('the command line speaks %s in a terminal with %j', (language, env) => {
  expect(languageOfTerminal(env)).toBe(language);
});
