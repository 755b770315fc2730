/**
 * Console feed of one server. Lines go directly to the screen; only the connection state is reactive. Drawn lines are
 * acknowledged to main in portions (back-pressure).
 */
import { consoleCost } from '../../../bridge/console/console-cost.js';
import type { FeedChange, FeedSnapshot } from '../../../bridge/schema/contract.js';
import type { Link } from '../../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import type { Problem } from '../../../bridge/errors.js';
import type { PerchClient } from '../../api.js';
import { Feed } from '../../state/feeds/feed.svelte.js';

/** Draws lines in the given order. */
export interface ConsoleScreen {
  clear(): void;
  /** Calls `drawn` after these lines are on the screen. */
  write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void;
}

/** Cost (`consoleCost`) per acknowledgement; the rest is acknowledged when no line waits to be drawn. */
const portion = 5_000;

export class ConsoleFeed extends Feed<'console'> {
  link = $state.raw<Link>({ kind: 'none' });
  /** Problem that ended the feed because the server no longer exists; null before. */
  problem = $state.raw<Problem | null>(null);
  #waiting = 0;
  #drawn = 0;
  #lastSeq: number | null = null;
  #lastAt = -Infinity;
  /**
   * Newest line that the user cleared; a restarted feed skips it and all older lines. Compared by sequence number and
   * time: numbers start again after a server was gone.
   */
  #cleared = { seq: -1, at: -Infinity };
  /** Number of feed starts; lines of an earlier start are not acknowledged. */
  #round = 0;

  constructor(
    client: PerchClient,
    private readonly serverId: string,
    private readonly screen: ConsoleScreen,
  ) {
    super(client, 'console', { serverId });
  }

  /** Restarts the feed and draws all lines again. Main keeps its lines, because the old subscription ends last. */
  override start(): () => void {
    this.#round += 1;
    this.#waiting = 0;
    this.#drawn = 0;
    return super.start();
  }

  override stop(): void {
    this.#round += 1;
    super.stop();
  }

  /** Clears the current lines for good; later lines are shown. */
  clear(): void {
    if (this.#lastSeq !== null) this.#cleared = { seq: this.#lastSeq, at: this.#lastAt };
    this.screen.clear();
  }

  protected override onSnapshot({ lines, link }: FeedSnapshot<'console'>): void {
    this.#clear();
    this.link = link;
    this.problem = null;
    this.#write(lines);
  }

  protected override onChange({ lines, link, reset }: FeedChange<'console'>): void {
    if (reset === true) this.#clear();
    if (link !== undefined) this.link = link;
    if (lines !== undefined) this.#write(lines);
  }

  protected override onFailed(problem: Problem): void {
    this.problem = problem;
  }

  #clear(): void {
    this.#lastSeq = null;
    this.screen.clear();
  }

  #write(arrived: readonly ConsoleLine[]): void {
    const { seq: clearedSeq, at: clearedAt } = this.#cleared;
    const lines = arrived.filter(({ seq, at }) => seq > clearedSeq || at > clearedAt);
    const first = lines[0];
    if (first === undefined) return this.#acknowledgeCleared(arrived);
    const skipped = this.#lastSeq === null ? 0 : Math.max(0, first.seq - this.#lastSeq - 1);
    const last = lines.at(-1) ?? first;
    this.#lastSeq = last.seq;
    this.#lastAt = last.at;
    const cost = consoleCost(arrived);
    const round = this.#round;
    this.#waiting += 1;
    this.screen.write(lines, skipped, () => {
      if (round !== this.#round) return;
      this.#waiting -= 1;
      this.#drawn += cost;
      if (this.#drawn >= portion || this.#waiting === 0) this.#acknowledge();
    });
  }

  #acknowledgeCleared(lines: readonly ConsoleLine[]): void {
    this.#drawn += consoleCost(lines);
    this.#acknowledge();
  }

  #acknowledge(): void {
    const cost = this.#drawn;
    this.#drawn = 0;
    if (!this.isStarted || cost === 0) return;
    // A failed call needs no handling: without a connection to main no lines are held back.
    this.client.send('console.acknowledge', { serverId: this.serverId, cost });
  }
}
