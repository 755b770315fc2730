import type { RemoteInput, RemoteOutput, RemoteUpdate, RemoteVerb } from '../../bridge/schema/remote.js';

/** Who asks: a person at a terminal, or a program that a person lets act, which is asked about. */
export interface Client {
  readonly kind: 'person' | 'program';
  readonly name: string;
}

/** One request under way. */
export interface Call<V extends RemoteVerb> {
  readonly client: Client;
  /** `written` is called once the system has taken it: the client keeps up. */
  event(event: RemoteUpdate<V>, written?: () => void): void;
  /** Resolves when the client has had enough, or is gone. */
  readonly ended: Promise<void>;
  readonly isEnded: boolean;
}

/** What each verb does; a missing one does not compile. */
export type RemoteHandlers = {
  readonly [V in Exclude<RemoteVerb, 'hello'>]: (
    input: RemoteInput<V>,
    call: Call<V>,
  ) => Promise<RemoteOutput<V>>;
};
