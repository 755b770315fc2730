/** The language of this window: main decides it, from the person's choice and the system's. */
import type { Language } from '../../words/words.js';
import type { PerchClient } from '../api.js';

export class LanguageFeed {
  current = $state.raw<Language>('en');

  /** Resolves once main has told which one, or will never tell: nothing is shown before, so no sentence changes at once. */
  start(client: PerchClient): Promise<void> {
    return new Promise((resolve) => {
      const take = (language: Language): void => {
        this.current = language;
        document.documentElement.lang = language === 'pseudo' ? 'en' : language;
        resolve();
      };
      client.watch('language', undefined, { snapshot: take, change: take, failed: () => resolve() });
    });
  }
}
