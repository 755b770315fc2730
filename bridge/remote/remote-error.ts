import type { RemoteFailure } from '../schema/remote.js';

/** A failure as an exception, on both sides of the local socket. */
export class RemoteError extends Error {
  readonly failure: RemoteFailure;

  constructor(failure: RemoteFailure) {
    super(failure.message);
    this.name = 'RemoteError';
    this.failure = failure;
  }
}
