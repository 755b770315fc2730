import type { UpdateChannel } from '../../bridge/updates.js';

/** A version that the feed announces. */
export interface Announced {
  readonly version: string;
  /** As the feed has them: hostile text. */
  readonly notes: string;
  /**
   * Compared with the version that runs, by the rules of semantic versioning. `staged` = newer, and not for this computer
   * yet.
   */
  readonly is: 'newer' | 'same' | 'older' | 'staged';
}

/** Why there is no answer, or no file. */
export type UpdateFailureWhy =
  | 'unreachable'
  | 'untrusted'
  | 'silent'
  /** The server answered with an error. */
  | 'refused'
  /** There is no such feed. */
  | 'missing'
  /** What came is no feed, or one that can't be relied on. */
  | 'not-a-feed'
  | 'broken-off'
  | 'checksum'
  | 'signature'
  | 'no-space'
  | 'not-written';

export class UpdateFailure extends Error {
  readonly why: UpdateFailureWhy;

  constructor(why: UpdateFailureWhy, message: string = why, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'UpdateFailure';
    this.why = why;
  }
}

/** Where new versions come from. What it rejects with is an `UpdateFailure`. */
export interface UpdateSource {
  /** Reads the feed; nothing else is asked for. `lot`: 0 to 99, for staged roll-outs. */
  look(channel: UpdateChannel, lot: number): Promise<Announced>;
  /** Downloads what `look` found and checks it. `progress` is told the share, between 0 and 1. */
  fetch(progress: (share: number) => void): Promise<void>;
  /** Ends what is on its way; its promise rejects, sooner or later. */
  abandon(): void;
  /**
   * Puts what was fetched in the place of this version, which is about to end. What fails leaves it as it was, and starts
   * it again where a restart was wanted.
   */
  install(how: { readonly restart: boolean }): Promise<void>;
}
