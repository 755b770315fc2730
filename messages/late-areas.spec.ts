import { afterAll, expect, it } from 'vitest';
import { isMessage, learn, learnArea, say, speak, type Language } from './messages.js';

let language: Language = 'en';
speak(() => language);
afterAll(() => speak(() => 'en'));

it('reads an area on demand, and with each language that is learned later', async () => {
  expect(isMessage('config-forms.unwritable')).toBe(false);
  await learn('de');
  language = 'de';
  await learnArea('config-forms');
  const german = say('config-forms.unwritable');
  language = 'en';
  const english = say('config-forms.unwritable');
  await learn('pl');
  language = 'pl';
  const polish = say('config-forms.unwritable');
  expect(isMessage('config-forms.unwritable')).toBe(true);
  expect(new Set([english, german, polish, 'config-forms.unwritable']).size).toBe(4);
  expect(say('common.cancel')).not.toBe('common.cancel');
  expect(isMessage('command-line.about')).toBe(false);
});
