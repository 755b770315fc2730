/** Language of this window. Main derives it from the user's choice and the system's language. */
import { learn, type Language } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class LanguageFeed extends Feed<'language'> {
  current = $state.raw<Language>('en');
  #wanted: Language = 'en';
  #tell: () => void = () => undefined;
  /**
   * Resolves once the language is loaded, or main's feed has failed.
   * The window shows nothing before, so its text never changes right after the start.
   */
  readonly told = new Promise<void>((resolve) => (this.#tell = resolve));

  constructor(client: PerchClient) {
    super(client, 'language', undefined);
  }

  protected override onSnapshot(language: Language): void {
    void this.#take(language);
  }

  protected override onChange(language: Language): void {
    void this.#take(language);
  }

  protected override onFailed(): void {
    this.#tell();
  }

  async #take(language: Language): Promise<void> {
    this.#wanted = language;
    // If the messages cannot be loaded, the window appears in English.
    await learn(language).catch(() => undefined);
    if (this.#wanted !== language) return;
    this.current = language;
    document.documentElement.lang = language === 'pseudo' ? 'en' : language;
    this.#tell();
  }
}
