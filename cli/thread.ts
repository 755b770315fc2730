/**
 * What the main process and the thread of the command line agree on. The main thread of Electron waits until the command
 * line is done, before Chromium has begun: nothing of a window, a display or a graphics process is ever started.
 */
import type { Context, Launch } from './context.js';

export interface ThreadData {
  readonly words: readonly string[];
  readonly version: string;
  readonly dataFolder: string;
  readonly refused: Context['refused'];
  readonly launch: Launch | null;
  /** `[0 = begun, 1 = loaded, 2 = done; exit code]`, shared. */
  readonly ending: Int32Array;
}

/** The words of a command line that are for the command line; null where they start the application. */
export function commandWords(words: readonly string[]): readonly string[] | null {
  const first = words.find((word) => !word.startsWith('-'));
  if (first !== undefined) return first.includes(':') ? null : words.filter(isOurs);
  return words.some((word) => ['--help', '-h', '--version', '-V'].includes(word))
    ? words.filter(isOurs)
    : null;
}

/** What desktops, wrappers of distributions and tests put in front for Chromium, which never starts here. */
const forChromium =
  /^--(?:no-sandbox|ozone-platform(?:-hint)?=.*|(?:enable|disable)-features=.*|enable-wayland-ime|wayland-text-input-version=.*|disable-gpu(?:-sandbox)?|disable-dev-shm-usage|password-store=.*|force-device-scale-factor=.*|class=.*|gtk-version=.*)$/;

/** Anything else in front of the verb is the person's, and an error where the verb does not know it. */
function isOurs(word: string, index: number, words: readonly string[]): boolean {
  const verbAt = words.findIndex((one) => !one.startsWith('-'));
  const isBefore = verbAt === -1 || index < verbAt;
  return !isBefore || !forChromium.test(word);
}
