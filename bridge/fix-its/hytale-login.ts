/**
 * The page on which a person signs in to Hytale for a server, as the server prints its address.
 *
 * A hostile server can print any address, so Perch accepts only this host, this path and a code of plain letters.
 */

/** The beginning of the address; the code follows. */
export const hytalePage = 'https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=';

const address = new RegExp(`${hytalePage.replace(/[.?]/g, '\\$&')}([\\w-]{4,40})(?![\\w-])`, 'gi');

/** The newest address in the lines, oldest line first; null if they hold none. */
export function hytaleSignIn(lines: readonly string[]): string | null {
  for (const line of lines.toReversed()) {
    const code = [...line.matchAll(address)].at(-1)?.[1];
    if (code !== undefined) return `${hytalePage}${code}`;
  }
  return null;
}
