/**
 * Flags that open Perch to other programs: its pages, memory and keys, or code injection.
 *
 * Chromium applies them before Perch runs, so Perch ends (PLATFORM "Security").
 */
const refused = new Set([
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'js-flags',
  'load-extension',
]);

/** The first refused flag, without its value; null = none. */
export function refusedFlag(argv: readonly string[]): string | null {
  for (const word of argv.slice(1)) {
    // Chromium, too, reads no flags after `--`.
    if (word === '--') return null;
    const [, name] = /^(?:--?|\/)([a-z][a-z-]*)(?:=|$)/i.exec(word) ?? [];
    if (name !== undefined && (refused.has(name.toLowerCase()) || /^inspect(-|$)/i.test(name)))
      return `--${name}`;
  }
  return null;
}

/** Message on the command line. In English, because the language is not known yet. */
export function flagRefusal(flag: string): string {
  return `Perch does not start with ${flag}: it lets other programs read your keys. Start it without this flag.\n`;
}
