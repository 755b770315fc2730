/** Turns what happens into what a person is told: what they want to know, once, and not at night. */
import { isQuiet, isSilenced, isSwitchedOn, type AlertKind } from '../../bridge/alert-settings.js';
import type { Settings } from '../../bridge/domain.js';
import { newsKind } from '../../bridge/event-news.js';
import type { HistoryEvent } from '../../bridge/events.js';
import { Alarm } from '../base/alarm.js';
import type { Clock } from '../base/ports.js';
import type { EventChange, EventLog } from '../events/event-log.js';
import type { Alert } from './alert.js';
import { flappingWords, manyWords, newsWords, overWords, type Words } from './alert-words.js';
import { Damping } from './damping.js';
import { placeOf } from './place.js';

/** What belongs together comes together: a crash and what the node does about it, or all servers of one node. */
const gatherMs = 700;
/** So many servers of one node at once are one piece of news, and for a while those that follow are a part of it. */
const manyFrom = 3;
const sameNewsMs = 60_000;
/** That something is over is news where it has lasted for so long. */
const noteworthyMs = 60_000;

export interface AlertsDeps {
  readonly clock: Clock;
  readonly log: Pick<EventLog, 'listen' | 'find' | 'recent'>;
  readonly settings: { readonly current: Pick<Settings, 'alerts' | 'groups'> };
  /** The node that this server is on; null where it is gone. */
  nodeOf(serverId: string): string | null;
  /** What a person should be told. */
  onAlert(alert: Alert): void;
  /** What was told turned out to be nothing. */
  onWithdrawn(alertId: string): void;
}

interface News {
  readonly event: HistoryEvent;
  readonly kind: AlertKind;
}

export class Alerts {
  readonly #deps: AlertsDeps;
  readonly #gathering: Alarm;
  /** Entries of the log that are to be told, by id. */
  readonly #waiting = new Set<string>();
  readonly #damping = new Map<string, Damping>();
  /** What was told and is not over: the entry's id. */
  readonly #told = new Map<string, AlertKind>();
  /** When many servers of a node were told of as one. */
  readonly #manyAt = new Map<string, number>();
  #end: (() => void) | null = null;

  constructor(deps: AlertsDeps) {
    this.#deps = deps;
    this.#gathering = new Alarm(deps.clock);
  }

  start(): void {
    this.#end ??= this.#deps.log.listen((change) => this.#consider(change));
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
    this.#gathering.clear();
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
      if (node === null) this.#tell(news);
      else byNode.set(node, [...(byNode.get(node) ?? []), news]);
    }
    for (const [node, news] of byNode) this.#tellOfNode(node, news);
  }

  #wanted(eventId: string): News | null {
    const event = this.#deps.log.find(eventId);
    const kind = event === undefined ? null : newsKind(event);
    if (event === undefined || kind === null) return null;
    const { settings, clock } = this.#deps;
    const { alerts, groups } = settings.current;
    const place = placeOf(event, groups);
    const wall = clock.wall();
    if (!isSwitchedOn(alerts, kind, place) || isSilenced(alerts, place, wall)) return null;
    return isQuiet(alerts, minuteOfDay(wall)) ? null : { event, kind };
  }

  #tellOfNode(node: string, news: readonly News[]): void {
    const now = this.#deps.clock.now();
    if (now - (this.#manyAt.get(node) ?? -Infinity) < sameNewsMs) return;
    const [first] = news;
    if (news.length < manyFrom || first === undefined) return news.forEach((one) => this.#tell(one));
    this.#manyAt.set(node, now);
    const events = news.map(({ event }) => event);
    const name = this.#deps.nodeOf(first.event.serverId ?? '') ?? '';
    const serverIds = events.flatMap(({ serverId }) => serverId ?? []);
    this.#send(first, manyWords(events, name), { serverIds });
  }

  #tell(news: News): void {
    const { event, kind } = news;
    const damping = this.#dampingOf(event.serverId);
    const verdict = damping.judge(kind, this.#deps.clock.now(), this.#told.has(event.id));
    if (verdict === 'silent') return;
    if (verdict !== 'tell') return this.#send(news, flappingWords(event, verdict.flapping));
    this.#told.set(event.id, kind);
    this.#send(news, newsWords(event));
  }

  #dampingOf(serverId: string | null): Damping {
    const known = this.#damping.get(serverId ?? '');
    if (known !== undefined) return known;
    const made = new Damping();
    this.#damping.set(serverId ?? '', made);
    return made;
  }

  #over(event: HistoryEvent, endedAt: number): void {
    const kind = this.#told.get(event.id);
    this.#told.delete(event.id);
    if (kind === undefined || endedAt - event.at < noteworthyMs || this.#endedByMe(event)) return;
    const place = placeOf(event, this.#deps.settings.current.groups);
    const wall = this.#deps.clock.wall();
    const { alerts } = this.#deps.settings.current;
    if (isSilenced(alerts, place, wall) || isQuiet(alerts, minuteOfDay(wall))) return;
    this.#send({ event, kind }, overWords(event, endedAt), { phase: 'over' });
  }

  /** Who has started it themselves knows that it runs again. */
  #endedByMe({ id, serverId }: HistoryEvent): boolean {
    const later = this.#deps.log.recent.findLast((one) => one.serverId === serverId && one.id > id);
    return later !== undefined && 'by' in later.what && later.what.by.kind === 'me';
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
    const isEnd = ['crashed', 'went-offline', 'stopped', 'restarted'].includes(what.kind);
    if (serverId === null || !isEnd) return null;
    return JSON.stringify([accountId, this.#deps.nodeOf(serverId)]);
  }
}

/** Where the person is. */
function minuteOfDay(wall: number): number {
  const date = new Date(wall);
  return date.getHours() * 60 + date.getMinutes();
}
