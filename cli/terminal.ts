/** Input and output of a command. */
export interface Terminal {
  /** Writes to standard output. */
  out(text: string): void;
  /** Writes to standard error. */
  err(text: string): void;
  /** Reads a typed line; empty at the end of the input. */
  readLine(): string;
  /** Reads the whole input. */
  readAll(): string;
  /** Whether the output goes to a terminal. */
  readonly isShown: boolean;
  /** Whether the user can be asked. */
  readonly canAsk: boolean;
  readonly hasColours: boolean;
}

/** The reader of the output has closed the pipe, as `head` does. The command ends without an error. */
export class PipeClosed extends Error {}
