import { spoken, type IdWithNext, type Sentence } from '../../messages/messages.js';
import type { RemoteCause, RemoteFailure } from '../schema/remote.js';

/** A failure as an exception, on both sides of the local socket. */
export class RemoteError extends Error {
  constructor(readonly failure: RemoteFailure) {
    super(failure.message);
    this.name = 'RemoteError';
  }
}

/**
 * A failure with its next step; null = none. Without `next`, that is the message whose id is the id of `message` and
 * `-next`.
 */
export function newFailure<Id extends IdWithNext>(cause: RemoteCause, message: Sentence<Id>): RemoteFailure;
export function newFailure(cause: RemoteCause, message: Sentence, next: Sentence | null): RemoteFailure;
export function newFailure(
  cause: RemoteCause,
  message: Sentence,
  next: Sentence | null = { id: `${message.id}-next` },
): RemoteFailure {
  return { cause, message: spoken(message), next: next === null ? '' : spoken(next) };
}
