/** Turns what happens into what a person is told: what they want to know, once, and not at night. */
import {
  isQuiet,
  isServerSilenced,
  isSilenced,
  isSwitchedOn,
  minuteOfDay,
} from '../../bridge/alerts/alert-settings.js';
import type { AlertKind } from '../../bridge/alerts/alert-kinds.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { newsKind } from '../../bridge/events/event-news.js';
import { placesOf } from '../../bridge/events/event-places.js';
import { isLasting, type HistoryEvent } from '../../bridge/schema/events.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { EventChange, EventLog } from '../events/event-log.js';
import type { Alert, News } from './alert.js';
import { flappingWords, manyOverWords, manyWords, newsWords, overWords, type Words } from './alert-words.js';
import { Damping, isDamped } from './damping.js';
import { HeldDown } from './deferred-down-alert.js';
import { Joining } from './joining.js';
import { ManyAtOnce, type Many } from './many.js';
import { placeOf } from './place.js';

/** What belongs together comes together: a crash and what the node does about it, or all servers of one node. */
const gatherMs = 700;
/** So many servers of one node at once are one piece of news. */
const manyFrom = 3;
/** A stop of which so much time has passed does not turn out to be a restart any more. */
const settledMs = 60_000;
/** That something is over is news where it has lasted for so long; what was told of a panel or a node always is. */
const noteworthyMs = 60_000;

export interface AlertsDeps {
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'listen' | 'find' | 'recent'>;
  readonly settings: { readonly current: Pick<Settings, 'alerts' | 'groups'> };
  /** The node that this server is on; null where it is gone. */
  nodeOf(serverId: string): string | null;
  /** Whether what this entry told, and what is over now, is really well again. */
  isWell(event: HistoryEvent): boolean;
  /** What a person should be told. */
  onAlert(alert: Alert): void;
  /** What was told turned out to be nothing, or is over without a word. */
  onWithdrawn(alertId: string): void;
}

/** What was told and may be told to be over, or taken back. */
interface Told {
  readonly kind: AlertKind;
  readonly accountId: string;
  /** Monotonic time. */
  readonly at: number;
}

export class Alerts {
  readonly #deps: AlertsDeps;
  readonly #gathering: Alarm;
  /** Entries of the log that are to be told, by id. */
  readonly #waiting = new Set<string>();
  readonly #damping = new Map<string, Damping>();
  readonly #held: HeldDown;
  /** By the entry's id. */
  readonly #told = new Map<string, Told>();
  readonly #many = new ManyAtOnce();
  readonly #joining: Joining;
  #end: (() => void) | null = null;

  constructor(deps: AlertsDeps) {
    this.#deps = deps;
    this.#gathering = new Alarm(deps.clock);
    this.#held = new HeldDown(deps.clock);
    this.#joining = new Joining(deps.clock, (many) => this.#tellMany(many));
  }

  start(): void {
    this.#end ??= this.#deps.log.listen((change) => this.#consider(change));
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
    this.#gathering.clear();
    this.#held.stop();
    this.#joining.stop();
  }

  /** The person takes a panel out of Perch: nothing of it is shown any more. */
  forget(accountId: string): void {
    // What is another account's as well stays in the log.
    const isGone = (id: string): boolean => this.#deps.log.find(id) === undefined;
    const told = [...this.#told].filter(([id, of]) => of.accountId === accountId && isGone(id));
    const many = this.#many.forget(accountId, isGone);
    for (const one of many) this.#joining.drop(one);
    for (const id of [...told.map(([id]) => id), ...many.map(({ first }) => first.event.id)]) {
      this.#told.delete(id);
      this.#deps.onWithdrawn(id);
    }
    for (const id of this.#damping.keys()) if (id.startsWith(`${accountId}/`)) this.#damping.delete(id);
  }

  #consider({ event, before }: EventChange): void {
    const kind = newsKind(event);
    if (before === null || before.what.kind !== event.what.kind) {
      // A stop that turns out to be a restart.
      this.#withdraw(event.id);
      if (kind !== null) this.#tellSoon(event.id);
    } else if (kind === 'stays-down' && newsKind(before) !== kind) this.#tellSoon(event.id);
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
    const byNode = new Map<string, News[]>();
    for (const id of ids) {
      const news = this.#wanted(id);
      if (news === null) continue;
      const node = this.#nodeKey(news.event);
      // More is known of what was told: that takes its place, and is not told again with others.
      if (node === null || this.#told.has(id)) this.#tell(news);
      else byNode.set(node, [...(byNode.get(node) ?? []), news]);
    }
    for (const [node, news] of byNode) this.#tellOfNode(node, news);
  }

  #wanted(eventId: string): News | null {
    const event = this.#deps.log.find(eventId);
    const kind = event === undefined ? null : newsKind(event);
    if (event === undefined || kind === null) return null;
    return this.#isWelcome(event, kind) ? { event, kind } : null;
  }

  /** Whether the person wants to hear of this kind, there, now. */
  #isWelcome(event: HistoryEvent, kind: AlertKind): boolean {
    const { alerts, groups } = this.#deps.settings.current;
    const wall = this.#deps.clock.wall();
    if (!alerts.isOn || isQuiet(alerts, minuteOfDay(wall))) return false;
    const places = placesOf(event);
    // Who silences a server means the server, whichever of their accounts has told of it.
    if (places.some(({ serverId }) => isServerSilenced(alerts, serverId, wall))) return false;
    return places
      .map((place) => placeOf(place, groups))
      .some((place) => isSwitchedOn(alerts, kind, place) && !isSilenced(alerts, place, wall));
  }

  #tellOfNode(key: string, all: readonly News[]): void {
    const now = this.#deps.clock.now();
    const parts = all.map((one) => ({ one, part: this.#many.partOf(key, one, now) }));
    const ofPart = (wanted: 'joins' | null): News[] =>
      parts.flatMap(({ one, part }) => (part === wanted ? [one] : []));
    const joined = ofPart('joins');
    const many = joined.length === 0 ? null : this.#many.join(key, joined);
    if (many !== null) this.#joining.add(many);
    const news = ofPart(null);
    if (news.length < manyFrom) return news.forEach((one) => this.#tell(one));
    const node = this.#deps.nodeOf(news[0]?.event.serverId ?? '') ?? '';
    const begun = this.#many.begin(key, node, news, now);
    if (begun !== null) this.#tellMany(begun);
  }

  /** With all servers that are a part of it by now; it takes the place of what was told before. */
  #tellMany({ first, node, entries }: Many): void {
    const events = [...entries.values()].flatMap((id) => this.#deps.log.find(id) ?? []);
    const serverIds = events.flatMap(({ serverId }) => serverId ?? []);
    this.#send(first, manyWords(events, node), { serverIds });
  }

  #tell(news: News): void {
    const { event, kind } = news;
    const now = this.#deps.clock.now();
    const { serverId } = event;
    if (serverId !== null && isDamped(kind)) {
      const verdict = this.#dampingOf(serverId).judge(kind, now, event.id);
      if (verdict !== 'tell' && kind === 'stays-down')
        this.#held.hold(event.id, () => this.#tellHeld(event.id));
      if (verdict === 'silent') return;
      if (verdict !== 'tell') return this.#send(news, flappingWords(event, verdict.flapping));
    }
    this.#remember(news, now);
    this.#send(news, newsWords(event));
  }

  #tellHeld(eventId: string): void {
    const news = this.#wanted(eventId);
    if (news?.kind !== 'stays-down') return;
    this.#remember(news, this.#deps.clock.now());
    this.#send(news, newsWords(news.event));
  }

  #remember({ event, kind }: News, now: number): void {
    for (const [id, { at }] of this.#told) {
      const told = now - at < settledMs ? undefined : this.#deps.log.find(id);
      if (now - at >= settledMs && (told === undefined || !isLasting(told))) this.#told.delete(id);
    }
    this.#told.set(event.id, { kind, accountId: event.accountId, at: now });
  }

  #dampingOf(serverId: string): Damping {
    const known = this.#damping.get(serverId);
    if (known !== undefined) return known;
    const made = new Damping();
    this.#damping.set(serverId, made);
    return made;
  }

  #over(event: HistoryEvent, endedAt: number): void {
    this.#held.drop(event.id);
    // What is over before it was told is no news; but a crash is one, whatever follows.
    if (!isEndOfProcess(event)) this.#waiting.delete(event.id);
    const kind = this.#told.get(event.id)?.kind;
    this.#told.delete(event.id);
    const many = this.#many.ended(event.id);
    if (many !== null) {
      this.#joining.flush(many);
      this.#manyOver(many, event, endedAt);
    } else if (kind !== undefined && this.#isOverNews(event, kind, endedAt)) {
      this.#send({ event, kind }, overWords(event, endedAt), { phase: 'over' });
    } else if (kind !== undefined) this.#overUntold(event, kind);
  }

  /** What is over is not said to go on; a crash that its node mended at once stays told, for it did happen. */
  #overUntold(event: HistoryEvent, kind: AlertKind): void {
    if (kind !== 'crashed' || this.#endedByMe(event)) this.#deps.onWithdrawn(event.id);
  }

  #manyOver({ first, node, entries }: Many, last: HistoryEvent, endedAt: number): void {
    const { event, kind } = first;
    const isNews = endedAt - event.at >= noteworthyMs && this.#deps.isWell(last);
    if (!isNews || !this.#isWelcome(event, kind)) return this.#overUntold(event, kind);
    const words = manyOverWords(event, node, endedAt);
    this.#send(first, words, { phase: 'over', serverIds: [...entries.keys()] });
  }

  #isOverNews(event: HistoryEvent, kind: AlertKind, endedAt: number): boolean {
    const isShort = event.serverId !== null && endedAt - event.at < noteworthyMs;
    if (isShort || !this.#deps.isWell(event)) return false;
    return !this.#endedByMe(event) && this.#isWelcome(event, kind);
  }

  /** Who has started it themselves knows that it runs again. */
  #endedByMe({ id, serverId }: HistoryEvent): boolean {
    const later = this.#deps.log.recent.findLast((one) => one.serverId === serverId && one.id > id);
    return later !== undefined && 'by' in later.what && later.what.by?.kind === 'me';
  }

  #withdraw(eventId: string): void {
    this.#waiting.delete(eventId);
    if (this.#told.delete(eventId)) this.#deps.onWithdrawn(eventId);
  }

  #send({ event, kind }: News, words: Words, differs: Partial<Alert> = {}): void {
    const { id, accountId, serverId, at } = event;
    const serverIds = serverId === null ? [] : [serverId];
    this.#deps.onAlert({ id, kind, phase: 'news', accountId, serverIds, at, ...words, ...differs });
  }

  /** Servers that went at the same time, on the same node; null for what is told one by one. */
  #nodeKey({ serverId, accountId, what }: HistoryEvent): string | null {
    if (serverId === null || !isEndOfProcess({ what })) return null;
    return JSON.stringify([accountId, this.#deps.nodeOf(serverId)]);
  }
}

function isEndOfProcess({ what }: Pick<HistoryEvent, 'what'>): boolean {
  return ['crashed', 'went-offline', 'stopped', 'restarted'].includes(what.kind);
}
