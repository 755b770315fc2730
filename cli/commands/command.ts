import { cleanJson } from '../clean-text.js';
import type { PerchConnection } from '../connection.js';
import type { Options } from '../parse.js';
import type { Terminal } from '../terminal.js';

/** Input of a command. */
interface Task {
  readonly perch: PerchConnection;
  readonly args: readonly string[];
  /** Number of arguments after `--`. These are the last arguments. */
  readonly plain: number;
  readonly options: Options;
  readonly terminal: Terminal;
  /** Time by `Date.now` at which the command gives up; Infinity without a timeout. */
  readonly deadline: number;
}

export type Command = (task: Task) => Promise<void>;

/** Prints a JSON value on its own line. */
export function printJson(terminal: Terminal, value: unknown): void {
  terminal.out(`${cleanJson(value)}\n`);
}
