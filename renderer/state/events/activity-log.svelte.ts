import type { ActivityEntry, ActivityPage } from '../../../bridge/schema/activity.js';
import { Task } from '../task.svelte.js';
import { joinedPages } from './joined-pages.js';

/** Asks main for one page of an activity log. `event` = parts of the names of events, with commas between them. */
export type AskActivity = (page: number, event: string | undefined) => Promise<ActivityPage>;

/** Activity of a server or of an account, as far as a view has read it: newest first, one page of the panel at a time. */
export class ActivityLog {
  /** null until the first page has come. */
  entries = $state.raw<readonly ActivityEntry[] | null>(null);
  /** Number of entries at the panel. */
  total = $state.raw(0);
  /** Number of entries of the pages so far that Perch cannot read. */
  unread = $state.raw(0);
  /** Parts of the names of events to read; undefined = all. */
  event = $state.raw<string | undefined>(undefined);
  readonly reading = new Task();
  /** True while page after page is read. */
  isReadingOn = $state(false);
  /** The work of `rest`, also while its last page is on the way after `stop`; null = none. */
  #round: symbol | null = null;
  /** Wall-clock time in ms to which `rest` reads back. */
  #since = -Infinity;
  /** Ends with the page that is being read. */
  #underWay: Promise<void> = Promise.resolve();
  #page = $state.raw(0);
  #pages = $state.raw(0);

  constructor(private readonly ask: AskActivity) {}

  get hasMore(): boolean {
    return this.#page < this.#pages;
  }

  get #count(): number {
    return this.entries?.length ?? 0;
  }

  /** Reads the newest page instead of all pages. */
  async read(): Promise<void> {
    this.stop();
    this.#round = null;
    this.reading.forget();
    await this.#readPage(1, (read) => {
      this.entries = read.entries;
      this.unread = 0;
      this.#took(read, 1);
    });
  }

  /** Adds the next page, or waits for the page that is being read. */
  async more(): Promise<void> {
    if (!this.hasMore) return;
    if (this.reading.isRunning) return this.#underWay;
    const page = this.#page + 1;
    await this.#readPage(page, (read) => {
      const known = this.#count;
      this.entries = joinedPages(this.entries ?? [], read.entries);
      // A page without new entries is the last page, whatever the panel says.
      this.#took(this.#count > known ? read : { ...read, pages: page }, page);
    });
  }

  /** Adds pages until one reaches back to `since` (wall-clock ms), until the log ends, or until a page fails. */
  async rest(since: number): Promise<void> {
    this.isReadingOn = true;
    this.#since = since;
    // After `stop` a round still waits for its page. That round continues, so no second round starts.
    if (this.#round !== null) return;
    const round = Symbol('round');
    this.#round = round;
    // A page of a hostile panel may bring nothing new; the number of pages is the panel's word.
    for (let known = -1; this.isReadingOn && this.hasMore && known < this.#count;) {
      known = this.#count;
      if ((this.entries?.at(-1)?.at ?? this.#since) < this.#since) break;
      await this.more();
      if (this.#round !== round) return;
    }
    this.#round = null;
    this.isReadingOn = false;
  }

  /** Ends `rest` after the page that is being read. */
  stop(): void {
    this.isReadingOn = false;
  }

  /** Reads other events. */
  choose(event: string | undefined): void {
    if (event === this.event) return;
    this.event = event;
    this.entries = null;
    void this.read();
  }

  #readPage(page: number, take: (read: ActivityPage) => void): Promise<void> {
    const { event } = this;
    const answer = this.reading.run(() => this.ask(page, event), take);
    this.#underWay = answer.then(() => undefined);
    return this.#underWay;
  }

  #took({ total, pages, unread = 0 }: ActivityPage, page: number): void {
    this.total = Math.max(total, this.#count);
    this.unread += unread;
    this.#page = page;
    this.#pages = pages;
  }
}
