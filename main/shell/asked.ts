/** What somebody asks of Perch by starting it: a place, or that nothing is shown. */

export interface Asked {
  /** As it was written, to be read by nobody but `readLink`; null = none. */
  readonly link: string | null;
  /** No window: the session has started it. */
  readonly hidden: boolean;
}

const nothing: Asked = { link: null, hidden: false };

/** Of the words of a command line, behind the program itself. */
export function askedBy(words: readonly string[]): Asked {
  return {
    link: words.find((word) => /^perch:/i.test(word)) ?? null,
    hidden: words.includes('--hidden'),
  };
}

/**
 * The same as a second start hands it over: its command line arrives reordered, so it says what it was asked itself
 * (PLATFORM "Life" 3).
 */
export function askedOf(data: unknown): Asked {
  if (typeof data !== 'object' || data === null) return nothing;
  const { link, hidden } = { link: null, hidden: false, ...data };
  return { link: typeof link === 'string' ? link : null, hidden: hidden === true };
}
