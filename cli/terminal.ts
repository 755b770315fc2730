/** What a verb writes to and reads from. */
export interface Terminal {
  /** To what the person reads, or a pipe. */
  out(text: string): void;
  /** To what the person reads even where the other goes into a file. */
  err(text: string): void;
  /** One line that the person types; empty at the end of the input. */
  readLine(): string;
  /** All of the input. */
  readAll(): string;
  /** Whether a person looks at what is written. */
  readonly isShown: boolean;
  /** Whether a person can be asked. */
  readonly canAsk: boolean;
  readonly hasColours: boolean;
}

/** The far end of a pipe has read enough, as `head` does: there is nothing more to do, and nothing went wrong. */
export class PipeClosed extends Error {}
