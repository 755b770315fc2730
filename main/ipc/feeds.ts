/**
 * Feed subscriptions of windows.
 *
 * The first event of a subscription is a snapshot, then changes follow. The revision grows by one per event. A hidden
 * window gets no events: its sources stop, and each subscription starts with a fresh snapshot when the window shows. A
 * window's subscriptions end when the window navigates or is destroyed.
 */
import type { FeedEvent, FeedName } from '../../bridge/schema/contract.js';
import { feeds } from '../../bridge/schema/feeds.js';
import { type Push } from '../../bridge/schema/wire.js';
import { PerchError, toProblem, newProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import * as z from 'zod';
import type { Sources, Watcher } from '../base/feed-source.js';
import type { Log } from '../base/ports.js';
import { withoutUnfitElements } from './fitting.js';
import { invalidCall, unknownName } from './problems.js';

/** Access to the windows, for feeds. */
export interface FeedWindows {
  isVisible(webContentsId: number): boolean;
  /** Sends on the push channel. No-op if the window is gone. */
  push(webContentsId: number, push: Push): void;
}

interface Subscription {
  readonly id: number;
  readonly name: FeedName;
  readonly params: unknown;
  revision: number;
  stop: (() => void) | null;
}

/**
 * Feeds that continue in a hidden window.
 *
 * `navigation` sends only requests of main; a fresh snapshot would undo the user's own navigation. `closed`
 * tells a window that it was hidden. A window stays empty before its `language`.
 */
const alwaysOn: ReadonlySet<FeedName> = new Set(['navigation', 'closed', 'language', 'palette']);

/** Limit of subscriptions per window, against a page that subscribes in a loop. */
const maxSubscriptions = 64;

export class Feeds {
  readonly #byWindow = new Map<number, Map<number, Subscription>>();

  constructor(private readonly deps: { sources: Sources; windows: FeedWindows; log: Log }) {}

  /**
   * Starts a subscription. Throws `PerchError` for an unknown name, invalid params, a used id or too many
   * subscriptions.
   */
  watch(webContentsId: number, id: number, name: string, rawParams: unknown): void {
    if (!isFeed(name)) throw new PerchError(unknownName('feed'));
    const params = feeds[name].params.safeParse(rawParams);
    if (!params.success) throw new PerchError(invalidCall(name, params.error));
    const own = this.#byWindow.get(webContentsId) ?? new Map<number, Subscription>();
    if (own.has(id) || own.size >= maxSubscriptions) throw new PerchError(tooMany);
    const subscription: Subscription = { id, name, params: params.data, revision: 0, stop: null };
    own.set(id, subscription);
    this.#byWindow.set(webContentsId, own);
    if (alwaysOn.has(name) || this.deps.windows.isVisible(webContentsId))
      this.#start(webContentsId, subscription);
  }

  unwatch(webContentsId: number, id: number): void {
    const own = this.#byWindow.get(webContentsId);
    own?.get(id)?.stop?.();
    own?.delete(id);
    if (own?.size === 0) this.#byWindow.delete(webContentsId);
  }

  /** Ends all subscriptions of a window that navigated or is gone. */
  endAll(webContentsId: number): void {
    for (const id of [...(this.#byWindow.get(webContentsId)?.keys() ?? [])]) this.unwatch(webContentsId, id);
  }

  /** Starts or pauses the subscriptions of a window that was shown or hidden. */
  setVisible(webContentsId: number, visible: boolean): void {
    for (const subscription of [...(this.#byWindow.get(webContentsId)?.values() ?? [])]) {
      if (visible && subscription.stop === null) this.#start(webContentsId, subscription);
      if (!visible && !alwaysOn.has(subscription.name)) this.#pause(subscription);
    }
  }

  /** Ends every subscription. Call when Perch quits. */
  stop(): void {
    for (const id of [...this.#byWindow.keys()]) this.endAll(id);
  }

  get size(): number {
    return [...this.#byWindow.values()].reduce((sum, own) => sum + own.size, 0);
  }

  #pause(subscription: Subscription): void {
    const stop = subscription.stop;
    subscription.stop = null;
    stop?.();
  }

  #start(webContentsId: number, subscription: Subscription): void {
    let ended = false;
    let end: (() => void) | null = null;
    subscription.stop = () => {
      ended = true;
      end?.();
    };
    const send = (event: EventBody): void => {
      if (!ended) this.#send(webContentsId, subscription, event);
    };
    // TypeScript cannot match params and sink with the source of the same name; `Sources` guarantees the match.
    const source = this.deps.sources[subscription.name] as unknown as AnySource;
    const sink: AnySink = {
      snapshot: (snapshot) => send({ kind: 'snapshot', snapshot }),
      change: (change) => send({ kind: 'change', change }),
    };
    try {
      end = source(subscription.params, sink, { webContentsId });
      if (ended) end();
    } catch (error) {
      this.#fail(webContentsId, subscription, error);
    }
  }

  #send(webContentsId: number, subscription: Subscription, body: EventBody): void {
    const { name } = subscription;
    let parsed = parse(name, body);
    if (!parsed.success && leavesOut(name)) parsed = parse(name, this.#fitting(name, body));
    if (!parsed.success) {
      this.#fail(webContentsId, subscription, new Error(`${subscription.name}: ${parsed.error.message}`));
      return;
    }
    const revision = ++subscription.revision;
    const event = { kind: body.kind, revision, [body.kind]: parsed.data } as unknown as FeedEvent<FeedName>;
    this.deps.windows.push(webContentsId, { subscription: subscription.id, event });
  }

  /** The event without list elements that do not fit the schema. The log gets a line for each. */
  #fitting(name: FeedName, body: EventBody): EventBody {
    const leftOut = (error: z.ZodError): void =>
      this.deps.log.error('feed.left-out', { feed: name, message: z.prettifyError(error) });
    const { snapshot, change } = feeds[name];
    return body.kind === 'snapshot'
      ? { kind: 'snapshot', snapshot: withoutUnfitElements(snapshot, body.snapshot, leftOut) }
      : { kind: 'change', change: withoutUnfitElements(change, body.change, leftOut) };
  }

  #fail(webContentsId: number, subscription: Subscription, error: unknown): void {
    if (!(error instanceof PerchError)) {
      this.deps.log.error('feed.failed', { feed: subscription.name, message: String(error) });
    }
    this.unwatch(webContentsId, subscription.id);
    const event: FeedEvent<FeedName> = { kind: 'failed', problem: toProblem(error) };
    this.deps.windows.push(webContentsId, { subscription: subscription.id, event });
  }
}

type EventBody = { kind: 'snapshot'; snapshot: unknown } | { kind: 'change'; change: unknown };
interface AnySink {
  snapshot(snapshot: unknown): void;
  change(change: unknown): void;
}
type AnySource = (params: unknown, sink: AnySink, watcher: Watcher) => () => void;

function parse(name: FeedName, body: EventBody) {
  const { snapshot, change } = feeds[name];
  return body.kind === 'snapshot' ? snapshot.safeParse(body.snapshot) : change.safeParse(body.change);
}

function leavesOut(name: FeedName): boolean {
  return 'leavesOut' in feeds[name];
}

function isFeed(name: string): name is FeedName {
  return Object.hasOwn(feeds, name);
}

const tooMany = newProblem('invalid', sentence('desktop.watches-too-much'));
