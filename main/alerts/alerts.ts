/** Turns events into alerts, by the user's settings, with damping and quiet hours. */
import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { eventPlacesOf } from '../../bridge/events/event-places.js';
import { newsKind } from '../../bridge/events/event-news.js';
import { isLasting, type HistoryEvent } from '../../bridge/schema/events.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { EventChange, EventLog } from '../events/event-log.js';
import type { Alert, NotifiableEvent } from './alert.js';
import { isWelcome } from './alert-rules.js';
import { flappingWords, manyOverWords, manyWords, newsWords, overWords, type Words } from './alert-words.js';
import { Damping, isDamped } from './damping.js';
import { DeferredDownAlert } from './deferred-down-alert.js';
import { Joining } from './joining.js';
import { isEndOfProcess, ManyAtOnce, nodeKeyOf, type Many } from './many.js';
import { isMoreNews } from './more-news.js';

/** Delay that gathers related events: a crash with the node's reaction to it, or all servers of one node. */
const gatherMs = 700;
/** This number of servers of one node at once makes one shared alert. */
const manyFrom = 3;
/** After this time a stop can no longer turn out to be a restart. */
const settledMs = 60_000;
/** Shortest trouble of a server whose end makes an alert. For a panel or a node the length does not matter. */
const noteworthyMs = 60_000;

export interface AlertsDeps {
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'listen' | 'find' | 'recent'>;
  readonly settings: { readonly current: Pick<Settings, 'alerts' | 'groups'> };
  /** Node of the server; null for an unknown server. */
  nodeOf(serverId: string): string | null;
  /** Whether the subject of an event that ended is well again now. */
  isWell(event: HistoryEvent): boolean;
  /** Called with each new or changed alert. */
  onAlert(alert: Alert): void;
  /** Called when an alert no longer holds: a false alarm, or a trouble that ended without an alert of its own. */
  onWithdrawn(alertId: string): void;
}

/** Alert on display that may still end or be withdrawn. */
interface ShownAlert {
  readonly kind: AlertKind;
  readonly accountId: string;
  /** Monotonic time of the alert. */
  readonly at: number;
}

export class Alerts {
  readonly #gathering: Alarm;
  /** Ids of events that wait for `gatherMs`. */
  readonly #waiting = new Set<string>();
  readonly #damping = new Map<string, Damping>();
  readonly #held: DeferredDownAlert;
  /** Shown alerts by event id. */
  readonly #shown = new Map<string, ShownAlert>();
  readonly #many = new ManyAtOnce();
  readonly #joining: Joining;
  #end: (() => void) | null = null;

  constructor(private readonly deps: AlertsDeps) {
    this.#gathering = new Alarm(deps.clock);
    this.#held = new DeferredDownAlert(deps.clock);
    this.#joining = new Joining(deps.clock, (many) => this.#tellMany(many));
  }

  start(): void {
    this.#end ??= this.deps.log.listen((change) => this.#consider(change));
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
    this.#gathering.clear();
    this.#held.stop();
    this.#joining.stop();
  }

  /** Withdraws all alerts of an account that the user removes. */
  forget(accountId: string): void {
    // Events that another account shares stay in the log.
    const isGone = (id: string): boolean => this.deps.log.find(id) === undefined;
    const withdrawn = [...this.#shown].filter(([id, of]) => of.accountId === accountId && isGone(id));
    const many = this.#many.forget(accountId, isGone);
    for (const one of many) this.#joining.drop(one);
    for (const id of [...withdrawn.map(([id]) => id), ...many.map(({ first }) => first.event.id)]) {
      this.#shown.delete(id);
      this.deps.onWithdrawn(id);
    }
    for (const id of this.#damping.keys()) if (id.startsWith(`${accountId}/`)) this.#damping.delete(id);
  }

  #consider({ event, before }: EventChange): void {
    const kind = newsKind(event);
    if (before === null || before.what.kind !== event.what.kind) {
      // The event makes no alert any more, for example a stop that turned out to be a restart.
      this.#withdraw(event.id);
      if (kind !== null) this.#tellSoon(event.id);
    } else if (isMoreNews(before, event)) this.#tellSoon(event.id);
    if (before?.endedAt === null && typeof event.endedAt === 'number') this.#over(event, event.endedAt);
    if (event.what.kind === 'removed') this.#damping.delete(event.serverId ?? '');
  }

  #tellSoon(eventId: string): void {
    this.#waiting.add(eventId);
    if (!this.#gathering.isSet) this.#gathering.set(gatherMs, () => this.#tellAll());
  }

  #tellAll(): void {
    const ids = [...this.#waiting];
    this.#waiting.clear();
    const byNode = new Map<string, NotifiableEvent[]>();
    for (const id of ids) {
      const news = this.#wanted(id);
      if (news === null) continue;
      const node = nodeKeyOf(news.event, (serverId) => this.deps.nodeOf(serverId));
      // An update of an alert on display replaces that alert and does not join the shared alert of a node.
      if (node === null || this.#shown.has(id)) this.#tell(news);
      else byNode.set(node, [...(byNode.get(node) ?? []), news]);
    }
    for (const [node, news] of byNode) this.#tellOfNode(node, news);
  }

  #wanted(eventId: string): NotifiableEvent | null {
    const event = this.deps.log.find(eventId);
    const kind = event === undefined ? null : newsKind(event);
    if (event === undefined || kind === null) return null;
    return this.#isWelcome(event, kind) ? { event, kind } : null;
  }

  /** Whether the settings allow an alert of this kind for this place now. */
  #isWelcome(event: HistoryEvent, kind: AlertKind): boolean {
    return isWelcome(event, kind, this.deps.settings.current, this.deps.clock.wall());
  }

  #tellOfNode(key: string, all: readonly NotifiableEvent[]): void {
    const now = this.deps.clock.now();
    const parts = all.map((one) => ({ one, part: this.#many.partOf(key, one, now) }));
    const ofPart = (wanted: 'joins' | null): NotifiableEvent[] =>
      parts.flatMap(({ one, part }) => (part === wanted ? [one] : []));
    const joined = ofPart('joins');
    const many = joined.length === 0 ? null : this.#many.join(key, joined);
    if (many !== null) this.#joining.add(many);
    const news = ofPart(null);
    if (news.length < manyFrom) return news.forEach((one) => this.#tell(one));
    const node = this.deps.nodeOf(news[0]?.event.serverId ?? '') ?? '';
    const begun = this.#many.begin(key, node, news, now);
    if (begun !== null) this.#tellMany(begun);
  }

  /** Shows the alert of all servers that the group has now. It replaces the group's earlier alert. */
  #tellMany({ first, node, entries }: Many): void {
    const events = [...entries.values()].flatMap((id) => this.deps.log.find(id) ?? []);
    const serverIds = events.flatMap(({ serverId }) => serverId ?? []);
    this.#send(first, manyWords(events, node), { serverIds, eventIds: events.map(({ id }) => id) });
  }

  #tell(news: NotifiableEvent): void {
    const { event, kind } = news;
    const { serverId } = event;
    if (serverId !== null && isDamped(kind)) {
      const verdict = this.#dampingOf(serverId).judge(kind, this.deps.clock.now(), event.id);
      if (verdict !== 'tell' && kind === 'stays-down')
        this.#held.hold(event.id, () => this.#tellHeld(event.id));
      if (verdict === 'silent') return;
      if (verdict !== 'tell') return this.#send(news, flappingWords(event, verdict.flapping));
    }
    this.#show(news);
  }

  #tellHeld(eventId: string): void {
    const news = this.#wanted(eventId);
    if (news?.kind === 'stays-down') this.#show(news);
  }

  /** Shows the alert of one event, and remembers it until it can no longer change. */
  #show(news: NotifiableEvent): void {
    const { event, kind } = news;
    const now = this.deps.clock.now();
    for (const [id, { at }] of this.#shown) {
      const known = now - at < settledMs ? undefined : this.deps.log.find(id);
      if (now - at >= settledMs && (known === undefined || !isLasting(known))) this.#shown.delete(id);
    }
    this.#shown.set(event.id, { kind, accountId: event.accountId, at: now });
    this.#send(news, newsWords(event));
  }

  #dampingOf(serverId: string): Damping {
    const damping = this.#damping.get(serverId) ?? new Damping();
    this.#damping.set(serverId, damping);
    return damping;
  }

  #over(event: HistoryEvent, endedAt: number): void {
    this.#held.drop(event.id);
    // A trouble that ends before its alert makes no alert. A crash always makes one.
    if (!isEndOfProcess(event)) this.#waiting.delete(event.id);
    const kind = this.#shown.get(event.id)?.kind;
    this.#shown.delete(event.id);
    const many = this.#many.ended(event.id);
    if (many !== null) {
      this.#joining.flush(many);
      this.#manyOver(many, event, endedAt);
    } else if (kind !== undefined && this.#isOverNews(event, kind, endedAt)) {
      this.#send({ event, kind }, overWords(event, endedAt), { phase: 'over' });
    } else if (kind !== undefined) this.#endSilently(event, kind);
  }

  /** Withdraws the alert of a trouble that ended. The alert of a crash stays, unless the user started the server. */
  #endSilently(event: HistoryEvent, kind: AlertKind): void {
    if (kind !== 'crashed' || this.#endedByMe(event)) this.deps.onWithdrawn(event.id);
  }

  #manyOver({ first, node, entries }: Many, last: HistoryEvent, endedAt: number): void {
    const { event, kind } = first;
    const isNews = endedAt - event.at >= noteworthyMs && this.deps.isWell(last);
    if (!isNews || !this.#isWelcome(event, kind)) return this.#endSilently(event, kind);
    const words = manyOverWords(event, node, endedAt);
    const [serverIds, eventIds] = [[...entries.keys()], [...entries.values()]];
    this.#send(first, words, { phase: 'over', serverIds, eventIds });
  }

  #isOverNews(event: HistoryEvent, kind: AlertKind, endedAt: number): boolean {
    const isShort = event.serverId !== null && endedAt - event.at < noteworthyMs;
    if (isShort || !this.deps.isWell(event)) return false;
    return !this.#endedByMe(event) && this.#isWelcome(event, kind);
  }

  /** The user needs no "is back" alert after a start of their own. */
  #endedByMe({ id, serverId }: HistoryEvent): boolean {
    const later = this.deps.log.recent.findLast((one) => one.serverId === serverId && one.id > id);
    return later !== undefined && 'by' in later.what && later.what.by?.kind === 'me';
  }

  #withdraw(eventId: string): void {
    this.#waiting.delete(eventId);
    if (this.#shown.delete(eventId)) this.deps.onWithdrawn(eventId);
  }

  #send({ event, kind }: NotifiableEvent, words: Words, differs: Partial<Alert> = {}): void {
    const { id, accountId, at } = event;
    const { kind: what } = event.what;
    const isShared = what === 'plan-missed' || what === 'schedule-stuck';
    const shared = isShared ? eventPlacesOf(event) : [event];
    const serverIds = shared.flatMap(({ serverId }) => serverId ?? []);
    const alert = { id, kind, phase: 'news', accountId, serverIds, eventIds: [id], at } as const;
    this.deps.onAlert({ ...alert, ...words, ...differs });
  }
}
