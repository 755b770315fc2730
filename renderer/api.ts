/** Typed client over `window.perch`: the only connection from a window to main. */
import type {
  CallInput,
  CallName,
  CallOutput,
  FeedChange,
  FeedEvent,
  FeedName,
  FeedParams,
  FeedSnapshot,
} from '../bridge/schema/contract.js';
import type { DroppedFile, Envelope, PerchBridge } from '../bridge/schema/wire.js';
import { PerchError, toProblem, type Problem } from '../bridge/errors.js';

declare global {
  interface Window {
    /** Exposed by the preload script. */
    readonly perch: PerchBridge;
  }
}

/** Rest parameters for a call's input: none if the input is optional. */
type Rest<T> = undefined extends T ? [] : [T];

/** Callbacks of a subscription. */
export interface FeedListener<N extends FeedName> {
  /** The whole state: first event, after a gap, and whenever main starts over (the window was hidden). */
  snapshot(snapshot: FeedSnapshot<N>): void;
  change(change: FeedChange<N>): void;
  /** The feed ended with a problem; no further events follow. */
  failed?(problem: Problem): void;
}

export class PerchClient {
  constructor(private readonly bridge: PerchBridge) {}

  /** Sends a call to main. Throws `PerchError` with main's `Problem`, or `internal` if main did not answer. */
  call<N extends CallName>(name: N, ...input: Rest<CallInput<N>>): Promise<CallOutput<N>> {
    return this.#answered<N>(this.bridge.call(name, input[0]));
  }

  /** Uploads files that a person dropped onto the window. Throws as `call` does. */
  upload(
    input: Pick<CallInput<'files.upload'>, 'serverId' | 'folder'>,
    files: readonly DroppedFile[],
  ): Promise<CallOutput<'files.upload'>> {
    return this.#answered<'files.upload'>(this.bridge.upload({ ...input, what: 'files' }, files));
  }

  /** Sends a call whose failure has nothing to show, because nobody waits for its result. */
  send<N extends CallName>(name: N, ...input: Rest<CallInput<N>>): void {
    this.call(name, ...input).catch(() => undefined);
  }

  /**
   * Subscribes to a feed until the returned function is called.
   * Events arrive in order: a snapshot, then changes. After a gap in the revisions, the client subscribes again and
   * the listener gets another snapshot.
   */
  watch<N extends FeedName>(name: N, params: FeedParams<N>, listener: FeedListener<N>): () => void {
    let end: (() => void) | null = null;
    let round = 0;
    let ended = false;

    const begin = (): void => {
      const mine = ++round;
      let revision: number | null = null;
      const stop = this.bridge.watch(name, params, (untyped) => {
        if (ended || mine !== round) return;
        // The preload script delivers only this subscription's events, so their feed is N.
        const event = untyped as FeedEvent<N>;
        if (event.kind === 'failed') {
          listener.failed?.(event.problem);
        } else if (event.kind === 'snapshot') {
          revision = event.revision;
          listener.snapshot(event.snapshot);
        } else if (revision !== null && event.revision === revision + 1) {
          revision = event.revision;
          listener.change(event.change);
        } else {
          round += 1;
          // Not inside the listener: the bridge may still be iterating over its subscriptions.
          queueMicrotask(again);
        }
      });
      if (ended) stop();
      else end = stop;
    };
    const again = (): void => {
      if (ended) return;
      end?.();
      begin();
    };

    begin();
    return () => {
      ended = true;
      end?.();
      end = null;
    };
  }

  async #answered<N extends CallName>(answer: Promise<Envelope>): Promise<CallOutput<N>> {
    let envelope;
    try {
      envelope = await answer;
    } catch (error) {
      throw new PerchError(toProblem(error), { cause: error });
    }
    if (!envelope.ok) throw new PerchError(envelope.error);
    // Main validated the output against the schema of this call.
    return envelope.value as CallOutput<N>;
  }
}
