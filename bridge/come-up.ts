/** An action on many servers that waits until each is running waits for one no longer than this (milliseconds). */
export const comeUpMs = 5 * 60_000;
