/** Formats words as a list. */
import { perLanguage } from '../../messages/messages.js';

const lists = perLanguage((language) => new Intl.ListFormat(language, { type: 'conjunction' }));

/** `Monday, Friday, and Sunday`, in the user's language. */
export function listOf(words: readonly string[]): string {
  return lists().format(words);
}
