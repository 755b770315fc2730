/** Request of a start of Perch: a view, or no window. */

export interface LaunchRequest {
  /** The raw link; only `readLink` parses it. null = none. */
  readonly link: string | null;
  /** True for a start without a window, as at login. */
  readonly hidden: boolean;
  /** Entry of a desktop menu that was chosen; null = none. */
  readonly wants: 'settings' | 'quit' | null;
}

const requests = ['--hidden', '--settings', '--quit'];

const nothing: LaunchRequest = { link: null, hidden: false, wants: null };

/**
 * Longest link that is passed on, in characters. Valid links are shorter (`links/perch-link.ts`); an error message
 * needs no more.
 */
export const longestLink = 500;

/** Reads the request from the arguments of the command line. `words` = arguments without the program's name. */
export function askedBy(words: readonly string[]): LaunchRequest {
  return {
    link: words.find((word) => /^perch:/i.test(word))?.slice(0, longestLink) ?? null,
    hidden: words.includes('--hidden'),
    wants: words.includes('--quit') ? 'quit' : words.includes('--settings') ? 'settings' : null,
  };
}

/** Words of a start with this request, and with the other words of `words`. */
export function wordsFor({ link, hidden, wants }: LaunchRequest, words: readonly string[]): string[] {
  const others = words.filter((word) => !/^perch:/i.test(word) && !requests.includes(word));
  return [
    ...others,
    ...(hidden ? ['--hidden'] : []),
    ...(wants === null ? [] : [`--${wants}`]),
    ...(link === null ? [] : [link]),
  ];
}

/**
 * The request of a second start, from its data.
 *
 * Chromium reorders the second command line, so the second process sends the parsed request (PLATFORM "Lifecycle" 3).
 */
export function askedOf(data: unknown): LaunchRequest {
  if (typeof data !== 'object' || data === null) return nothing;
  const { link, hidden, wants }: { [Name in keyof LaunchRequest]: unknown } = { ...nothing, ...data };
  return {
    link: typeof link === 'string' ? link.slice(0, longestLink) : null,
    hidden: hidden === true,
    wants: wants === 'settings' || wants === 'quit' ? wants : null,
  };
}
