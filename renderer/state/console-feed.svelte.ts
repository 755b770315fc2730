/**
 * The console of one server. Lines go straight to whoever draws them and are not kept here; only the state of the
 * connection is Svelte's. What has been drawn is acknowledged to main in portions (back-pressure).
 */
import { consoleCost } from '../../bridge/console-cost.js';
import type { ConsoleLine, Link } from '../../bridge/domain.js';
import type { Problem } from '../../bridge/errors.js';
import type { PerchClient } from '../api.js';

/** Draws lines, in the order in which they are given. */
export interface ConsoleScreen {
  clear(): void;
  /** Calls `drawn` once these lines are on the screen. */
  write(lines: readonly ConsoleLine[], skipped: number, drawn: () => void): void;
}

/** Acknowledge after so much (`consoleCost`), and whenever nothing waits to be drawn. */
const portion = 5_000;

export class ConsoleFeed {
  link = $state.raw<Link>({ kind: 'none' });
  /** Why the feed ended: the server is gone. */
  problem = $state.raw<Problem | null>(null);
  readonly #client: PerchClient;
  readonly #serverId: string;
  readonly #screen: ConsoleScreen;
  #end: (() => void) | null = null;
  #waiting = 0;
  #drawn = 0;
  #lastSeq: number | null = null;

  constructor(client: PerchClient, serverId: string, screen: ConsoleScreen) {
    this.#client = client;
    this.#serverId = serverId;
    this.#screen = screen;
  }

  start(): void {
    this.#end = this.#client.watch(
      'console',
      { serverId: this.#serverId },
      {
        snapshot: ({ lines, link }) => {
          this.#clear();
          this.link = link;
          this.problem = null;
          this.#write(lines);
        },
        change: ({ lines, link, reset }) => {
          if (reset === true) this.#clear();
          if (link !== undefined) this.link = link;
          if (lines !== undefined) this.#write(lines);
        },
        failed: (problem) => {
          this.problem = problem;
        },
      },
    );
  }

  stop(): void {
    this.#end?.();
    this.#end = null;
  }

  #clear(): void {
    this.#lastSeq = null;
    this.#screen.clear();
  }

  #write(lines: readonly ConsoleLine[]): void {
    const first = lines[0];
    if (first === undefined) return;
    const skipped = this.#lastSeq === null ? 0 : Math.max(0, first.seq - this.#lastSeq - 1);
    this.#lastSeq = lines.at(-1)?.seq ?? first.seq;
    const cost = consoleCost(lines);
    this.#waiting += 1;
    this.#screen.write(lines, skipped, () => {
      this.#waiting -= 1;
      this.#drawn += cost;
      if (this.#drawn >= portion || this.#waiting === 0) this.#acknowledge();
    });
  }

  #acknowledge(): void {
    const characters = this.#drawn;
    this.#drawn = 0;
    if (this.#end === null || characters === 0) return;
    // A window that can't reach main any more has nothing to hold back either.
    this.#client.call('console.acknowledge', { serverId: this.#serverId, characters }).catch(() => undefined);
  }
}
