import { newFailure, RemoteError } from '../../bridge/remote/remote-error.js';
import type { RemoteInput, RemoteOutput, RemoteUpdate, RemoteVerb } from '../../bridge/schema/remote.js';
import { sentence } from '../../messages/messages.js';

/** The client of a call: a user at a terminal, or a program (`perch mcp`). Programs need the user's consent to act. */
export interface CallingClient {
  readonly kind: 'person' | 'program';
  readonly name: string;
}

/** One request that is being carried out. */
export interface Call<V extends RemoteVerb> {
  readonly client: CallingClient;
  /**
   * Sends an update to the client. `written` is called when the operating system has taken the text, so the client
   * keeps up.
   */
  event(event: RemoteUpdate<V>, written?: () => void): void;
  /** Resolves when the client cancels the request or disconnects. */
  readonly ended: Promise<void>;
  readonly isEnded: boolean;
}

/** Throws `refused` if the client cancelled or disconnected. Call directly before each change. */
export function stillWanted({ isEnded }: Pick<Call<'power'>, 'isEnded'>): void {
  if (!isEnded) return;
  throw new RemoteError(newFailure('refused', sentence('remote.cancelled'), sentence('remote.refused-next')));
}

/** The handler of each verb; a missing handler does not compile. */
export type RemoteHandlers = {
  readonly [V in Exclude<RemoteVerb, 'hello'>]: (
    input: RemoteInput<V>,
    call: Call<V>,
  ) => Promise<RemoteOutput<V>>;
};
