/**
 * Flags that open Perch to other programs: they let them read its pages, its memory and its keys, or put code of theirs
 * into it. Chromium takes them before Perch is asked, so Perch ends (PLATFORM "Security").
 */
const refused = new Set([
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'js-flags',
  'load-extension',
]);

/** The first such flag, without its value; null where there is none. */
export function refusedFlag(argv: readonly string[]): string | null {
  for (const word of argv.slice(1)) {
    // What comes behind these two is no flag, to Chromium neither.
    if (word === '--') return null;
    const [, name] = /^(?:--?|\/)([a-z][a-z-]*)(?:=|$)/i.exec(word) ?? [];
    if (name !== undefined && (refused.has(name.toLowerCase()) || /^inspect(-|$)/i.test(name)))
      return `--${name}`;
  }
  return null;
}

/** For whoever started Perch on a command line, where the language is not known yet. */
export function refusalOf(flag: string): string {
  return `Perch does not start with ${flag}: it lets other programs read your keys. Start it without this flag.\n`;
}
