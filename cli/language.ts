import { languages, learn, speak, writtenLanguages, type Language } from '../messages/messages.js';

/** Language of the terminal, used until a running Perch has named its language. */
export function languageOfTerminal(env: NodeJS.ProcessEnv): Language {
  const forced = languages.find((one) => one === env['PERCH_LANGUAGE']);
  if (forced !== undefined) return forced;
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((one) => (one ?? '') !== '') ?? '';
  const [tag] = named.toLowerCase().split(/[_.@-]/);
  return writtenLanguages.find((one) => one === tag) ?? 'en';
}

/** Speaks the language that the running Perch speaks. */
export async function speakAs(name: string): Promise<void> {
  const language = languages.find((one) => one === name) ?? 'en';
  await learn(language);
  speak(() => language);
}
