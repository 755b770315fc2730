/** The language of this window: main decides it, from the person's choice and the system's. */
import { learn, type Language } from '../../../messages/messages.js';
import type { PerchClient } from '../../api.js';
import { Feed } from './feed.svelte.js';

export class LanguageFeed extends Feed<'language'> {
  current = $state.raw<Language>('en');
  #wanted: Language = 'en';
  #tell: () => void = () => undefined;
  /** Resolves once main has told which one, or will never tell: nothing is shown before, so no sentence changes at once. */
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
    // A window whose sentences can't be read is better in English than not there.
    await learn(language).catch(() => undefined);
    if (this.#wanted !== language) return;
    this.current = language;
    document.documentElement.lang = language === 'pseudo' ? 'en' : language;
    this.#tell();
  }
}
