import { languages, writtenLanguages, type Language } from '../messages/messages.js';

/** The language of the terminal, as long as no running Perch has said what it speaks. */
export function languageOfTerminal(env: NodeJS.ProcessEnv): Language {
  const forced = languages.find((one) => one === env['PERCH_LANGUAGE']);
  if (forced !== undefined) return forced;
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((one) => (one ?? '') !== '') ?? '';
  const [tag] = named.toLowerCase().split(/[_.@-]/);
  return writtenLanguages.find((one) => one === tag) ?? 'en';
}
