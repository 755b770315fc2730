/**
 * Data shared by the main process and the thread of the command line.
 * Electron's main thread waits for the command line before Chromium starts, so no window, display or graphics process
 * is involved.
 */
import type { Context } from './context.js';

export interface ThreadData extends Omit<Context, 'terminal'> {
  /** `[0 = started, 1 = loaded, 2 = done; exit code]`, shared. */
  readonly ending: Int32Array;
}

/** The arguments for the command line; null if the arguments start the application. */
export function commandWords(words: readonly string[]): readonly string[] | null {
  const first = words.find((word) => !word.startsWith('-'));
  if (first !== undefined) return first.includes(':') ? null : words.filter(isOurs);
  return words.some((word) => ['--help', '-h', '--version', '-V'].includes(word))
    ? words.filter(isOurs)
    : null;
}

/** Chromium options that desktops, distribution wrappers and tests add in front. Chromium never starts here. */
const forChromium =
  /^--(?:no-sandbox|ozone-platform(?:-hint)?=.*|(?:enable|disable)-features=.*|enable-wayland-ime|wayland-text-input-version=.*|disable-gpu(?:-sandbox)?|disable-dev-shm-usage|password-store=.*|force-device-scale-factor=.*|class=.*|gtk-version=.*)$/;

/** Other options before the verb are the user's, and an error if the verb does not know them. */
function isOurs(word: string, index: number, words: readonly string[]): boolean {
  const verbAt = words.findIndex((one) => !one.startsWith('-'));
  const isBefore = verbAt === -1 || index < verbAt;
  return !isBefore || !forChromium.test(word);
}
