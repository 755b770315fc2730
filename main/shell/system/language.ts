import type { Settings } from '../../../bridge/schema/settings.js';
import { languages, learn, writtenLanguages, type Language } from '../../../messages/messages.js';
import { Observable } from '../../base/observable.js';

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
  const preferred = system.map((tag) => tag.split('-')[0]);
  return preferred.flatMap((tag) => writtenLanguages.find((language) => language === tag) ?? [])[0] ?? 'en';
}

export interface SpokenLanguageDeps {
  readonly settings: { listen(listener: () => void): () => void };
  /** Which language is wanted now. */
  wanted(): Language;
}

/** The language that main speaks: the one that is wanted, from when its sentences are read. */
export class SpokenLanguage {
  readonly #deps: SpokenLanguageDeps;
  readonly #spoken = new Observable<Language>('en');
  #end: (() => void) | null = null;

  constructor(deps: SpokenLanguageDeps) {
    this.#deps = deps;
  }

  get current(): Language {
    return this.#spoken.value;
  }

  listen(listener: (language: Language) => void): () => void {
    return this.#spoken.listen(listener);
  }

  /** Resolves once it is spoken. */
  async start(): Promise<void> {
    this.#end = this.#deps.settings.listen(() => void this.#follow());
    await this.#follow();
  }

  stop(): void {
    this.#end?.();
  }

  async #follow(): Promise<void> {
    const wanted = this.#deps.wanted();
    if (wanted === this.current) return;
    try {
      await learn(wanted);
    } catch {
      // Its file can't be read: what is spoken now is better than nothing.
      return;
    }
    // The person may have chosen yet another one meanwhile.
    if (wanted === this.#deps.wanted() && wanted !== this.current) this.#spoken.set(wanted);
  }
}
