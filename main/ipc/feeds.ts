/**
 * Subscriptions of windows. The first event of each is a snapshot, then changes; the revision counts up by one per
 * event. Nothing goes to a hidden window: its sources stop, and on show each subscription starts with a fresh
 * snapshot. All of a window's subscriptions end when it navigates or is destroyed.
 */
import { feeds, type FeedEvent, type FeedName } from '../../bridge/schema/contract.js';
import { type Push } from '../../bridge/schema/wire.js';
import { PerchError, toProblem } from '../../bridge/errors.js';
import { sentence } from '../../messages/messages.js';
import * as z from 'zod';
import type { Sources, Watcher } from '../base/feed-source.js';
import type { Log } from '../base/ports.js';
import { fitting } from './fitting.js';
import { invalid, unknownName } from './problems.js';

/** The windows as feeds see them. */
export interface FeedWindows {
  isVisible(webContentsId: number): boolean;
  /** Sends on the push channel; does nothing where the window is gone. */
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
 * These go on while the window is hidden. `navigation` carries only what main asks of a window, and between two such
 * events the window goes its own ways, from which a fresh snapshot would take it back; `closed` is about being hidden;
 * a window waits for its `language` before it shows anything.
 */
const alwaysOn: ReadonlySet<FeedName> = new Set(['navigation', 'closed', 'language', 'palette']);

/** More than any window needs; a page that subscribes in a loop is stopped here. */
const maxSubscriptions = 64;

export class Feeds {
  readonly #sources: Sources;
  readonly #windows: FeedWindows;
  readonly #log: Log;
  readonly #byWindow = new Map<number, Map<number, Subscription>>();

  constructor(deps: { sources: Sources; windows: FeedWindows; log: Log }) {
    this.#sources = deps.sources;
    this.#windows = deps.windows;
    this.#log = deps.log;
  }

  /** Throws `PerchError` for an unknown name, invalid params or a number that is taken. */
  watch(webContentsId: number, id: number, name: string, rawParams: unknown): void {
    if (!isFeed(name)) throw new PerchError(unknownName('feed'));
    const params = feeds[name].params.safeParse(rawParams);
    if (!params.success) throw new PerchError(invalid(name, params.error));
    const own = this.#byWindow.get(webContentsId) ?? new Map<number, Subscription>();
    if (own.has(id) || own.size >= maxSubscriptions) throw new PerchError(tooMany);
    const subscription: Subscription = { id, name, params: params.data, revision: 0, stop: null };
    own.set(id, subscription);
    this.#byWindow.set(webContentsId, own);
    if (alwaysOn.has(name) || this.#windows.isVisible(webContentsId))
      this.#start(webContentsId, subscription);
  }

  unwatch(webContentsId: number, id: number): void {
    const own = this.#byWindow.get(webContentsId);
    own?.get(id)?.stop?.();
    own?.delete(id);
    if (own?.size === 0) this.#byWindow.delete(webContentsId);
  }

  /** The window navigated or is gone. */
  endAll(webContentsId: number): void {
    for (const id of [...(this.#byWindow.get(webContentsId)?.keys() ?? [])]) this.unwatch(webContentsId, id);
  }

  /** The window was shown or hidden. */
  setVisible(webContentsId: number, visible: boolean): void {
    for (const subscription of [...(this.#byWindow.get(webContentsId)?.values() ?? [])]) {
      if (visible && subscription.stop === null) this.#start(webContentsId, subscription);
      if (!visible && !alwaysOn.has(subscription.name)) this.#pause(subscription);
    }
  }

  /** Ends every subscription, for quitting. */
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
    // TypeScript can't tie params and sink to the source of the same name; `Sources` does.
    const source = this.#sources[subscription.name] as unknown as AnySource;
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
    this.#windows.push(webContentsId, { subscription: subscription.id, event });
  }

  /** Without the elements of lists that do not fit; the log says so of each. */
  #fitting(name: FeedName, body: EventBody): EventBody {
    const leftOut = (error: z.ZodError): void =>
      this.#log.error('feed.left-out', { feed: name, message: z.prettifyError(error) });
    const { snapshot, change } = feeds[name];
    return body.kind === 'snapshot'
      ? { kind: 'snapshot', snapshot: fitting(snapshot, body.snapshot, leftOut) }
      : { kind: 'change', change: fitting(change, body.change, leftOut) };
  }

  #fail(webContentsId: number, subscription: Subscription, error: unknown): void {
    if (!(error instanceof PerchError)) {
      this.#log.error('feed.failed', { feed: subscription.name, message: String(error) });
    }
    this.unwatch(webContentsId, subscription.id);
    const event: FeedEvent<FeedName> = { kind: 'failed', problem: toProblem(error) };
    this.#windows.push(webContentsId, { subscription: subscription.id, event });
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

const tooMany = {
  code: 'invalid',
  message: sentence('desktop.watches-too-much'),
  next: sentence('desktop.watches-too-much-next'),
} as const;
