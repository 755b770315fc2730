/**
 * Types of all calls and feeds between main and the windows.
 * A missing handler in main does not compile, the windows' client takes its types from here, and both directions
 * are parsed.
 */
import type * as z from 'zod';
import type { calls } from './calls.js';
import type { feeds } from './feeds.js';
import type { problemSchema } from './problem.js';

type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

/** Types on main's side: the input is parsed already, the output is not. */
export type HandlerInput<N extends CallName> = z.output<Calls[N]['input']>;
export type HandlerOutput<N extends CallName> = z.input<Calls[N]['output']>;

type Feeds = typeof feeds;
export type FeedName = keyof Feeds;
export type FeedParams<N extends FeedName> = z.input<Feeds[N]['params']>;
export type FeedSnapshot<N extends FeedName> = z.output<Feeds[N]['snapshot']>;
export type FeedChange<N extends FeedName> = z.output<Feeds[N]['change']>;

/** Types of a feed's source in main: params are parsed already, events are not. */
export type SourceParams<N extends FeedName> = z.output<Feeds[N]['params']>;
export type SourceSnapshot<N extends FeedName> = z.input<Feeds[N]['snapshot']>;
export type SourceChange<N extends FeedName> = z.input<Feeds[N]['change']>;

/** Event that a subscriber receives. `revision` grows by one per event; after a gap the client subscribes again. */
export type FeedEvent<N extends FeedName> =
  | { kind: 'snapshot'; revision: number; snapshot: FeedSnapshot<N> }
  | { kind: 'change'; revision: number; change: FeedChange<N> }
  | { kind: 'failed'; problem: z.infer<typeof problemSchema> };
