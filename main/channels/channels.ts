/** Channels that take alerts to a person elsewhere (CHANNELS "Delivery"). */
import { placeOf } from '../../bridge/alerts/alert-settings.js';
import { takesKind, takesPlace } from '../../bridge/alerts/channel-choice.js';
import { PerchError } from '../../bridge/errors.js';
import {
  mostEvents,
  type AlertChannel,
  type ChannelPost,
  type ChannelState,
  type PostText,
} from '../../bridge/schema/alert-channels.js';
import type { HistoryEvent } from '../../bridge/schema/events.js';
import type { Settings } from '../../bridge/schema/settings.js';
import { say, spoken } from '../../messages/messages.js';
import type { Alert } from '../alerts/alert.js';
import { Disposables } from '../base/disposables.js';
import { Observable } from '../base/observable.js';
import type { Log, Random, Clock, ChannelStore } from '../base/ports.js';
import type { ChannelSecrets } from './channel-secrets.js';
import { ChannelDelivery } from './delivery.js';
import { exchange, type ExchangeDeps, type Outcome } from './exchange.js';
import type { ChannelSecret } from './channel-sender.js';
import { Outbox } from './outbox.js';
import { messageOf } from './post-message.js';
import { senders } from './senders.js';
import { StatusBoards, type BoardFleet } from './status-boards.js';
import type { PostFact } from './deliveries-after.js';

export interface ChannelsDeps extends ExchangeDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly store: ChannelStore;
  readonly secrets: ChannelSecrets;
  readonly settings: {
    readonly current: Pick<Settings, 'channels' | 'groups'>;
    listen(listener: () => void): () => void;
  };
  readonly fleet: BoardFleet;
  readonly newId: () => string;
  /** Messages to a channel about these events. */
  noteDelivery(eventIds: readonly string[], fact: PostFact): void;
}

export class Channels {
  /** State of each channel, for windows. */
  readonly states = new Observable<ChannelState[]>([]);
  readonly #outbox: Outbox;
  readonly #boards: StatusBoards;
  readonly #deliveries = new Map<string, ChannelDelivery>();
  readonly #disposables = new Disposables();

  constructor(private readonly deps: ChannelsDeps) {
    const outbox = new Outbox({ ...deps, news: (post, news) => this.#noteDelivery(post, news) });
    this.#outbox = outbox;
    this.#boards = new StatusBoards({ ...deps, outbox, changed: () => this.#show() });
  }

  /** Sends unsent messages of earlier runs. Never rejects. */
  async start(): Promise<void> {
    this.#disposables.add(this.deps.settings.listen(() => this.#follow()));
    await this.#outbox.load((id) => this.#find(id) !== undefined);
    this.#boards.start();
    this.#follow();
  }

  stop(): void {
    this.#disposables.dispose();
    this.#boards.stop();
    for (const delivery of this.#deliveries.values()) delivery.stop();
  }

  /** Takes an alert that the desktop shows, too. */
  tell(alert: Alert): void {
    if (alert.phase === 'over') return this.#tellEnd(alert.id, textOf(alert), true);
    for (const channel of this.#channels) {
      if (!channel.isOn || !this.#takes(channel, alert)) continue;
      this.#outbox.tell({
        channelId: channel.id,
        alertId: alert.id,
        kind: alert.kind,
        eventId: alert.serverIds.length > 1 ? null : alert.id,
        eventIds: alert.eventIds.slice(0, mostEvents),
        isUrgent: alert.kind === 'stays-down',
        at: alert.at,
        news: textOf(alert),
      });
      this.#look(channel.id);
    }
  }

  /** The alert no longer holds. A message that can be edited says so; no further message is sent. */
  withdraw(alertId: string): void {
    this.#endQuietly(this.#outbox.open(alertId));
  }

  /** An event of the log ended: messages of an earlier run have no alert any more that would end them. */
  eventEnded({ id }: Pick<HistoryEvent, 'id'>): void {
    this.#endQuietly(this.#outbox.leftOpen(id));
  }

  /** The network is back, the computer woke up, or the keychain may answer again. */
  hurry(): void {
    for (const delivery of this.#deliveries.values()) delivery.hurry();
    this.#boards.hurry();
  }

  resume(channelId: string): void {
    this.#outbox.pause(channelId, null);
    this.#deliveries.get(channelId)?.resume();
    this.renewBoard(channelId);
  }

  /** Makes a stopped status board again. */
  renewBoard(channelId: string): void {
    this.#boards.resume(channelId);
    this.#show();
  }

  forget(channelId: string): void {
    this.#outbox.forget(channelId);
    this.#follow();
  }

  /** Sends a test message past all others. Rejects with the service's refusal. */
  async test(
    channel: Pick<AlertChannel, 'kind' | 'name' | 'template'>,
    secret: ChannelSecret,
  ): Promise<void> {
    const message = {
      id: this.deps.newId(),
      version: 1,
      phase: 'test',
      kind: 'test',
      isUrgent: false,
      at: this.deps.clock.wall(),
      title: say('channels.test-title'),
      body: say('channels.test-body', { name: channel.name }),
    } as const;
    const { template } = channel;
    const outcome = await exchange(this.deps, channel.kind, { secret, message, edits: null, template });
    if (outcome.is !== 'taken') throw new PerchError(outcome.problem);
  }

  get #channels(): readonly AlertChannel[] {
    return this.deps.settings.current.channels;
  }

  #find(id: string): AlertChannel | undefined {
    return this.#channels.find((channel) => channel.id === id);
  }

  #takes(channel: AlertChannel, { kind, accountId, serverIds }: Alert): boolean {
    const places = serverIds.length === 0 ? [null] : serverIds;
    return (
      takesKind(channel, kind) &&
      places.some((serverId) =>
        takesPlace(channel, placeOf(this.deps.settings.current, { serverId, accountId })),
      )
    );
  }

  #tellEnd(alertId: string, end: PostText, needsWord: boolean): void {
    for (const post of this.#outbox.open(alertId)) this.#end(post, end, needsWord);
  }

  #endQuietly(posts: readonly ChannelPost[]): void {
    for (const post of posts)
      this.#end(post, { title: say('channels.over', { title: post.news.title }), body: '' }, false);
  }

  #end(post: ChannelPost, end: PostText, needsWord: boolean): void {
    const channel = this.#find(post.channelId);
    const isTold = channel !== undefined && (needsWord || senders[channel.kind].can.edit);
    // A false alarm that nobody has seen is not sent at all.
    if (!isTold || (!needsWord && this.#outbox.isUnseen(post))) this.#outbox.close(post);
    else this.#outbox.end(post, end);
    this.#look(post.channelId);
  }

  #noteDelivery({ channelId, eventIds }: ChannelPost, news: PostFact['news']): void {
    if (eventIds.length === 0) return;
    const found = this.#find(channelId);
    const channel = found === undefined ? null : { kind: found.kind, name: found.name };
    // A service that knows repetitions but edits without an id has put the text in the place of the earlier one.
    const can = found === undefined ? null : senders[found.kind].can;
    const isInPlace = news === 'again' && can !== null && can.edit && can.once;
    const at = this.deps.clock.wall();
    this.deps.noteDelivery(eventIds, { channelId, channel, news: isInPlace ? 'edited' : news, at });
  }

  /** Begins new channels, and ends removed channels. */
  #follow(): void {
    for (const [id, delivery] of this.#deliveries)
      if (this.#find(id) === undefined) {
        delivery.stop();
        this.#deliveries.delete(id);
      }
    for (const { id, isOn } of this.#channels)
      if (isOn) this.#look(id);
      else this.#outbox.dropWaiting(id);
    this.#boards.follow();
    this.#show();
  }

  #look(channelId: string): void {
    this.#show();
    const known = this.#deliveries.get(channelId);
    if (known !== undefined) return known.look();
    const delivery = new ChannelDelivery({
      ...this.deps,
      outbox: this.#outbox,
      channel: () => this.#find(channelId),
      attempt: (channel, post) => this.#attempt(channel, post),
      changed: () => this.#show(),
    });
    this.#deliveries.set(channelId, delivery);
    delivery.look();
  }

  #attempt(channel: AlertChannel, post: ChannelPost): Promise<Outcome> {
    const sender = senders[channel.kind];
    const message = messageOf(post, sender);
    const edits = sender.can.edit ? post.reference : null;
    const { kind, template } = channel;
    return this.deps.secrets.use(channel, (secret) =>
      exchange(this.deps, kind, { secret, message, edits, template }),
    );
  }

  #show(): void {
    this.states.set(
      this.#channels.map(({ id }) => ({
        ...this.#outbox.recordOf(id),
        board: this.#boards.recordOf(id),
        waiting: this.#outbox.waiting(id),
        problem: this.#deliveries.get(id)?.problem ?? null,
        boardProblem: this.#boards.problemOf(id),
      })),
    );
  }
}

function textOf({ title, body }: Alert): PostText {
  return { title: spoken(title).slice(0, 300), body: spoken(body).slice(0, 1000) };
}
