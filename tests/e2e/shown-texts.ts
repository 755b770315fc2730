import type { JSHandle, Page } from '@playwright/test';

/** Records each text that a part of a page shows, for texts that may go before a test looks. */
export class ShownTexts {
  #texts: JSHandle<Set<string>> | undefined;

  constructor(
    private readonly page: Page,
    /** CSS selector of the part; it need not exist yet. */
    private readonly place: string,
  ) {}

  /** Forgets what was shown before. */
  async begin(): Promise<void> {
    this.#texts = await this.page.evaluateHandle((place) => {
      const texts = new Set<string>();
      const look = (): void => {
        for (const part of document.querySelectorAll(place)) texts.add(part.textContent);
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      return texts;
    }, this.place);
  }

  async read(): Promise<string> {
    return (await this.#texts?.evaluate((texts) => [...texts].join('\n'))) ?? '';
  }
}
