import type { UpdateChannel } from '../../bridge/updates.js';

/** A version that the feed announces. */
export interface Announced {
  readonly version: string;
  /** Release notes as the feed has them: hostile text. */
  readonly notes: string;
  /**
   * Compared with the running version, by semantic versioning. `staged` = newer, but not yet rolled out to this
   * computer.
   */
  readonly is: 'newer' | 'same' | 'older' | 'staged';
}

/** Why a check or a download failed. */
export type UpdateFailureWhy =
  | 'unreachable'
  | 'untrusted'
  | 'silent'
  /** The server answered with an error status. */
  | 'refused'
  /** The server does not have this feed. */
  | 'missing'
  /** The answer is no feed, or an unsafe feed. */
  | 'not-a-feed'
  | 'broken-off'
  | 'checksum'
  | 'signature'
  | 'no-space'
  | 'not-written';

export class UpdateFailure extends Error {
  constructor(
    readonly why: UpdateFailureWhy,
    message: string = why,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'UpdateFailure';
  }
}

/** Source of new versions. Every failure is an `UpdateFailure`. */
export interface UpdateSource {
  /** Reads the feed and nothing else. `rolloutBucket`: 0 to 99, for staged roll-outs. */
  check(channel: UpdateChannel, rolloutBucket: number): Promise<Announced>;
  /** Downloads and checks the version that `check` found. `progress` gets the share, 0 to 1. */
  fetch(progress: (share: number) => void): Promise<void>;
  /** Aborts the check or download; its promise rejects at some later time. */
  abandon(): void;
  /**
   * Replaces this version, which is about to end, by the downloaded version.
   *
   * After a failure the old version is unchanged, and starts again if `restart` is true.
   */
  install(how: { readonly restart: boolean }): Promise<void>;
}
