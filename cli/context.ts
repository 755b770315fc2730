import type { Terminal } from './terminal.js';

/** How Perch is started where it does not run: the program and its words. */
export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
}

/** What one run of the command line is given. */
export interface Context {
  readonly words: readonly string[];
  readonly version: string;
  readonly dataFolder: string;
  /** Why nothing of the folder is to be believed: it, or the file, is another user's or others may write it. */
  readonly refused: { readonly kind: 'foreign' | 'open'; readonly path: string } | null;
  /** null where it can't be started from here. */
  readonly launch: Launch | null;
  readonly terminal: Terminal;
}
