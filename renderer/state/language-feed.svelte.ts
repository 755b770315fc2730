/** The language of this window: main decides it, from the person's choice and the system's. */
import type { Language } from '../../words/words.js';
import type { PerchClient } from '../api.js';
import { Feed } from './feed.svelte.js';

export class LanguageFeed extends Feed<'language'> {
  current = $state.raw<Language>('en');
  #tell: () => void = () => undefined;
  /** Resolves once main has told which one, or will never tell: nothing is shown before, so no sentence changes at once. */
  readonly told = new Promise<void>((resolve) => (this.#tell = resolve));

  constructor(client: PerchClient) {
    super(client, 'language', undefined);
  }

  protected override onSnapshot(language: Language): void {
    this.current = language;
    document.documentElement.lang = language === 'pseudo' ? 'en' : language;
    this.#tell();
  }

  protected override onChange(language: Language): void {
    this.onSnapshot(language);
  }

  protected override onFailed(): void {
    this.#tell();
  }
}
