import type { Settings } from '../../bridge/domain.js';
import { languages, type Language } from '../../words/words.js';

export interface LanguageChoice {
  readonly setting: Settings['language'];
  /** What the person's system prefers, best first, as `de-AT`. */
  readonly system: readonly string[];
  /** `PERCH_LANGUAGE`, outside packages only: tests want a language of their own, and `pseudo` no person wants. */
  readonly forced: string | undefined;
}

/** Which language Perch speaks: English where the person's is none of ours. */
export function languageOf({ setting, system, forced }: LanguageChoice): Language {
  const known = languages.find((language) => language === forced);
  if (known !== undefined) return known;
  if (setting !== 'system') return setting;
  const ours = system.map((tag) => tag.split('-')[0]).find((tag) => tag === 'en' || tag === 'de');
  return ours === 'de' ? 'de' : 'en';
}
