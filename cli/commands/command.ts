import { cleanJson } from '../clean-text.js';
import type { Connection } from '../connection.js';
import type { Options } from '../parse.js';
import type { Terminal } from '../terminal.js';

/** What a verb is given. */
interface Task {
  readonly perch: Connection;
  readonly args: readonly string[];
  /** So many of them, the last ones, stood behind `--`. */
  readonly plain: number;
  readonly options: Options;
  readonly terminal: Terminal;
  /** By `Date.now`: when the person waits no more, for a verb that has a timeout. */
  readonly deadline: number;
}

export type Command = (task: Task) => Promise<void>;

/** One JSON value on a line of its own. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${cleanJson(value)}\n`);
}
