/** What somebody asks of Perch by starting it: a place, or that nothing is shown. */

export interface Asked {
  /** As it was written, to be read by nobody but `readLink`; null = none. */
  readonly link: string | null;
  /** No window: the session has started it. */
  readonly hidden: boolean;
  /** As the menus of desktops have it for an application. */
  readonly wants: 'settings' | 'quit' | null;
}

const nothing: Asked = { link: null, hidden: false, wants: null };

/** A link that Perch reads is shorter (`links/perch-link.ts`), and a message shows no more of any other. */
export const longestLink = 500;

/** Of the words of a command line, behind the program itself. */
export function askedBy(words: readonly string[]): Asked {
  return {
    link: words.find((word) => /^perch:/i.test(word))?.slice(0, longestLink) ?? null,
    hidden: words.includes('--hidden'),
    wants: words.includes('--quit') ? 'quit' : words.includes('--settings') ? 'settings' : null,
  };
}

/**
 * The same as a second start hands it over: its command line arrives reordered, so it says what it was asked itself
 * (PLATFORM "Life" 3).
 */
export function askedOf(data: unknown): Asked {
  if (typeof data !== 'object' || data === null) return nothing;
  const { link, hidden, wants }: { [Name in keyof Asked]: unknown } = { ...nothing, ...data };
  return {
    link: typeof link === 'string' ? link.slice(0, longestLink) : null,
    hidden: hidden === true,
    wants: wants === 'settings' || wants === 'quit' ? wants : null,
  };
}
