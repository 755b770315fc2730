/**
 * Messages that channels still have to send or may still have to change, kept on disk.
 * A message has the newest text of its incident only: texts that were overtaken before they were sent are not sent.
 */
import type {
  ChannelPost,
  ChannelRecord,
  ChannelMessage,
  PostText,
} from '../../bridge/schema/alert-channels.js';
import type { Problem } from '../../bridge/errors.js';
import type { BoardRecord } from '../../bridge/schema/status-board.js';
import type { ChannelStore, Clock, Log } from '../base/ports.js';
import { OutboxWrites } from './outbox-writes.js';
import type { PostNews } from './deliveries-after.js';

/** Longest age of a text that may still be sent, in ms (12 hours). */
const longestWaitMs = 12 * 3_600_000;
/** After this time nobody expects a message to change (7 days, in ms). */
const longestOpenMs = 7 * 24 * 3_600_000;
/** Messages of one channel, sent messages included. */
const mostOfChannel = 500;
const mostDeliveries = 20;

export interface OutboxDeps {
  readonly clock: Pick<Clock, 'wall'>;
  readonly log: Log;
  readonly store: ChannelStore;
  readonly newId: () => string;
  /** Outcome of a message, for the log of events. */
  news(post: ChannelPost, news: PostNews): void;
}

type News = Pick<
  ChannelPost,
  'channelId' | 'alertId' | 'kind' | 'eventId' | 'eventIds' | 'isUrgent' | 'at' | 'news'
>;

export class Outbox {
  /** In the order in which texts came. */
  #posts: readonly ChannelPost[] = [];
  readonly #records = new Map<string, ChannelRecord>();
  /** Ids of messages of an earlier run. */
  #earlier: ReadonlySet<string> = new Set();
  /** Ids of messages with an attempt in this run. */
  readonly #begun = new Set<string>();
  /** Nothing is written or sent before the file was read. */
  #isLoaded = false;
  readonly #writes: OutboxWrites;

  constructor(private readonly deps: OutboxDeps) {
    const content = () => ({ posts: this.#posts, channels: [...this.#records.values()] });
    this.#writes = new OutboxWrites({ ...deps, content });
  }

  /** Reads the messages of earlier runs, except those of removed channels. Never rejects. */
  async load(isKnown: (channelId: string) => boolean): Promise<void> {
    const { posts, channels } = await this.deps.store.load();
    // Alerts may have come while the file was read.
    const came = this.#posts;
    this.#posts = [...posts.filter(({ channelId }) => isKnown(channelId)), ...came];
    for (const record of channels)
      if (isKnown(record.channelId) && !this.#records.has(record.channelId))
        this.#records.set(record.channelId, record);
    this.#earlier = new Set(posts.map(({ id }) => id));
    this.#isLoaded = true;
    if (came.length > 0) this.#save();
  }

  recordOf(channelId: string): ChannelRecord {
    return this.#records.get(channelId) ?? { channelId, paused: null, deliveries: [], board: null };
  }

  waiting(channelId: string): number {
    return this.#of(channelId).filter(isDue).length;
  }

  /** The message that the channel has to send next. Messages that waited too long are dropped and noted. */
  next(channelId: string): ChannelPost | null {
    const due = this.#isLoaded ? this.#of(channelId).filter(isDue) : [];
    const old = due.filter(({ changedAt }) => this.deps.clock.wall() - changedAt > longestWaitMs);
    for (const post of old) this.drop(post, 'too-old');
    return due.find((post) => !old.includes(post)) ?? null;
  }

  /** Notes a new or changed text of an alert. */
  tell(news: News): void {
    const known = this.#find(news.channelId, news.alertId);
    const changedAt = this.deps.clock.wall();
    // An incident that ended and comes again under the same id is a new message.
    if (known !== undefined && known.end === null) {
      // An edit makes no sound, so "stays down" is a message of its own.
      const isWorse = news.kind === 'stays-down' && known.kind !== 'stays-down';
      const reference = isWorse ? null : known.reference;
      this.#replace(known, { ...known, ...news, version: known.version + 1, changedAt, reference });
    } else {
      const others = this.#posts.filter((post) => post !== known || isDue(post));
      const fresh = { end: null, version: 1, sent: 0, reference: null };
      this.#posts = [...others, { ...news, id: this.deps.newId(), changedAt, ...fresh }];
    }
    this.#bound(news.channelId);
    this.#save();
  }

  /** Notes the text after the end of the incident. */
  end(post: ChannelPost, end: PostText): void {
    this.#replace(post, { ...post, end, version: post.version + 1, changedAt: this.deps.clock.wall() });
    this.#save();
  }

  /** Sends no further message about the incident. */
  close(post: ChannelPost): void {
    this.deps.news(post, 'over');
    this.#posts = this.#posts.filter((one) => one !== post);
    this.#save();
  }

  /** The channel begins to send the message, so somebody may see its text from now on. */
  begin({ id }: ChannelPost): void {
    this.#begun.add(id);
  }

  /** True if nobody can have seen the message. */
  isUnseen({ id, sent }: ChannelPost): boolean {
    return sent === 0 && !this.#begun.has(id);
  }

  /** Messages about an alert that may still change. */
  open(alertId: string): readonly ChannelPost[] {
    return this.#posts.filter((post) => post.alertId === alertId && post.end === null);
  }

  /** Messages of an earlier run about one event that ended by now. */
  leftOpen(eventId: string): readonly ChannelPost[] {
    return this.#posts.filter(
      (post) => post.eventId === eventId && post.end === null && this.#earlier.has(post.id),
    );
  }

  /** The service took the text with this version. */
  taken({ id, version }: ChannelPost, reference: string | null): void {
    const post = this.#posts.find((one) => one.id === id);
    if (post === undefined) return;
    const isEdit = post.reference !== null;
    this.#note(post, isEdit ? 'edited' : 'sent');
    this.deps.news(post, isEdit ? 'edited' : post.sent > 0 ? 'again' : 'sent');
    const sent = { ...post, sent: version, reference: reference ?? post.reference };
    // The next one-time alert for the same server has the same id.
    const isDone = sent.end !== null || sent.kind === 'wish';
    if (isDone && !isDue(sent)) this.#posts = this.#posts.filter((one) => one !== post);
    else this.#replace(post, sent);
    this.#save();
  }

  /** An attempt failed. The message stays. */
  failed(post: ChannelPost): void {
    this.deps.news(post, 'failed');
  }

  drop({ id }: ChannelPost, outcome: Exclude<ChannelMessage['outcome'], 'sent' | 'edited'>): void {
    const post = this.#posts.find((one) => one.id === id);
    if (post === undefined) return;
    this.#note(post, outcome);
    this.deps.news(post, outcome);
    this.#posts = this.#posts.filter((one) => one !== post);
    this.#save();
  }

  /** Drops the messages that the channel has not sent yet. */
  dropWaiting(channelId: string): void {
    const due = this.#of(channelId).filter(isDue);
    if (due.length === 0) return;
    for (const post of due) this.deps.news(post, 'off');
    this.#posts = this.#posts.filter((post) => !due.includes(post));
    this.#save();
  }

  pause(channelId: string, paused: Problem | null): void {
    this.#records.set(channelId, { ...this.recordOf(channelId), paused });
    this.#save();
  }

  /** Keeps the state of the status board. Resolves with the disk's problem; null = the state is on disk. */
  async keepBoard(channelId: string, board: BoardRecord): Promise<Problem | null> {
    this.#records.set(channelId, { ...this.recordOf(channelId), board });
    this.#tidy();
    return this.#isLoaded ? this.#writes.saved() : null;
  }

  forget(channelId: string): void {
    this.dropWaiting(channelId);
    this.#posts = this.#posts.filter((post) => post.channelId !== channelId);
    this.#records.delete(channelId);
    this.#save();
  }

  #of(channelId: string): readonly ChannelPost[] {
    return this.#posts.filter((post) => post.channelId === channelId);
  }

  #find(channelId: string, alertId: string): ChannelPost | undefined {
    return this.#posts.findLast((post) => post.channelId === channelId && post.alertId === alertId);
  }

  /** A changed text goes to the end, so that a channel sends texts in the order in which they came. */
  #replace(post: ChannelPost, changed: ChannelPost): void {
    const isNewText = changed.version !== post.version;
    this.#posts = isNewText
      ? [...this.#posts.filter((one) => one !== post), changed]
      : this.#posts.map((one) => (one === post ? changed : one));
  }

  #note({ channelId, news, end }: ChannelPost, outcome: ChannelMessage['outcome']): void {
    const record = this.recordOf(channelId);
    const delivery = { at: this.deps.clock.wall(), title: (end ?? news).title, outcome };
    const deliveries = [delivery, ...record.deliveries].slice(0, mostDeliveries);
    this.#records.set(channelId, { ...record, deliveries });
  }

  #bound(channelId: string): void {
    const [oldest] = this.#of(channelId);
    if (oldest === undefined || this.#of(channelId).length <= mostOfChannel) return;
    const sent = this.#of(channelId).find((post) => !isDue(post));
    if (sent === undefined) this.drop(oldest, 'too-many');
    else this.#posts = this.#posts.filter((post) => post !== sent);
  }

  #tidy(): void {
    const wall = this.deps.clock.wall();
    this.#posts = this.#posts.filter((post) => isDue(post) || wall - post.changedAt < longestOpenMs);
  }

  #save(): void {
    this.#tidy();
    // Nothing is written before the file was read.
    if (this.#isLoaded) this.#writes.save();
  }
}

function isDue({ version, sent }: ChannelPost): boolean {
  return version > sent;
}
