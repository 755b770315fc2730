import type { App } from 'electron';
import type { Settings } from '../../../bridge/schema/settings.js';
import { languages, learn, writtenLanguages, type Language } from '../../../messages/messages.js';
import { Disposables } from '../../base/disposables.js';
import { Watchable } from '../../base/observable.js';

export interface LanguageChoice {
  readonly setting: Settings['language'];
  /** Preferred languages of the system, best first, for example `de-AT`. */
  readonly system: readonly string[];
  /** Value of `PERCH_LANGUAGE`, ignored in packages. Tests use it, also for the language `pseudo`. */
  readonly forced: string | undefined;
}

/** The language to use. English if Perch has none of the preferred languages. */
export function languageOf({ setting, system, forced }: LanguageChoice): Language {
  const known = languages.find((language) => language === forced);
  if (known !== undefined) return known;
  if (setting !== 'system') return setting;
  const preferred = system.map((tag) => tag.split('-')[0]);
  return preferred.flatMap((tag) => writtenLanguages.find((language) => language === tag) ?? [])[0] ?? 'en';
}

export interface SpokenLanguageDeps {
  readonly settings: { listen(listener: () => void): () => void };
  /** The language that is wanted now. */
  wanted(): Language;
}

/** Current language of main. A new language takes effect when its messages are loaded. */
export class SpokenLanguage extends Watchable<Language> {
  readonly #disposables = new Disposables();

  constructor(private readonly deps: SpokenLanguageDeps) {
    super('en');
  }

  /** Resolves when the language is in effect. */
  async start(): Promise<void> {
    this.#disposables.add(this.deps.settings.listen(() => void this.#follow()));
    await this.#follow();
  }

  stop(): void {
    this.#disposables.dispose();
  }

  async #follow(): Promise<void> {
    const wanted = this.deps.wanted();
    if (wanted === this.current) return;
    try {
      await learn(wanted);
    } catch {
      // Keep the current language if the message file cannot be read.
      return;
    }
    // The user may have chosen another language in the meantime.
    if (wanted === this.deps.wanted() && wanted !== this.current) this.set(wanted);
  }
}

/** The spoken language: of the environment (`forced`, ignored in packages), else of the settings, else of the system. */
export function spokenLanguage({
  settings,
  app,
  forced,
}: {
  readonly settings: SpokenLanguageDeps['settings'] & { readonly current: Pick<Settings, 'language'> };
  readonly app: Pick<App, 'isPackaged' | 'getPreferredSystemLanguages'>;
  readonly forced: string | undefined;
}): SpokenLanguage {
  /** Cached: the system is slow to answer, and each message needs the language. */
  let system: readonly string[] | null = null;
  const wanted = (): Language =>
    languageOf({
      setting: settings.current.language,
      system: (system ??= app.getPreferredSystemLanguages()),
      forced: app.isPackaged ? undefined : forced,
    });
  return new SpokenLanguage({ settings, wanted });
}
