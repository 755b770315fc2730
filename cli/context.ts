import type { Terminal } from './terminal.js';

/** Program and arguments that start Perch. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** Input of one run of the command line. */
export interface Context {
  readonly words: readonly string[];
  readonly version: string;
  readonly dataFolder: string;
  /**
   * Why the data folder can't be trusted: it or a file in it belongs to another user, or others may write it; null =
   * trusted.
   */
  readonly refused: { readonly kind: 'foreign' | 'open'; readonly path: string } | null;
  /** null if Perch can't be started from here. */
  readonly launch: Launch | null;
  readonly terminal: Terminal;
}
