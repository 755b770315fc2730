import { consoleCost } from '../../../bridge/console/console-cost.js';
import type { FeedChange } from '../../../bridge/schema/contract.js';
import type { ConsoleLine, Link } from '../../../bridge/schema/domain.js';
import type { ConsoleListener, Consoles } from '../api.js';
import type { Sink, Source } from '../../base/feed-source.js';

/** The feed `console`, with back-pressure: what windows have yet to draw slows the live session down. */
export class ConsoleSource {
  readonly #consoles: Consoles;
  readonly #watches = new Set<ConsoleWatch>();

  constructor(consoles: Consoles) {
    this.#consoles = consoles;
  }

  readonly source: Source<'console'> = ({ serverId }, sink, { webContentsId }) => {
    const watch = new ConsoleWatch(serverId, webContentsId, sink, () => this.#measure(serverId));
    this.#watches.add(watch);
    const end = this.#consoles.watch(serverId, watch);
    return () => {
      end();
      this.#watches.delete(watch);
      this.#measure(serverId);
    };
  };

  /** A window has drawn this much of a server's console, by `consoleCost`. */
  acknowledge(webContentsId: number, serverId: string, cost: number): void {
    for (const watch of this.#watches) {
      if (watch.serverId === serverId && watch.webContentsId === webContentsId) watch.acknowledge(cost);
    }
  }

  /** The slowest window sets the pace. */
  #measure(serverId: string): void {
    const backlogs = [...this.#watches].filter((watch) => watch.serverId === serverId);
    this.#consoles.setBacklog(serverId, Math.max(0, ...backlogs.map((watch) => watch.backlog)));
  }
}

/** One window's console: passes on what comes, which is in batches already, and knows what the window has yet to draw. */
class ConsoleWatch implements ConsoleListener {
  readonly serverId: string;
  readonly webContentsId: number;
  readonly #sink: Sink<'console'>;
  readonly #onBacklog: () => void;
  #isReset = false;
  #backlog = 0;

  constructor(serverId: string, webContentsId: number, sink: Sink<'console'>, onBacklog: () => void) {
    this.serverId = serverId;
    this.webContentsId = webContentsId;
    this.#sink = sink;
    this.#onBacklog = onBacklog;
  }

  /** By `consoleCost`. */
  get backlog(): number {
    return this.#backlog;
  }

  snapshot(lines: readonly ConsoleLine[], link: Link): void {
    // Before it is sent: a window may acknowledge at once.
    this.#grow(lines);
    this.#sink.snapshot({ lines: [...lines], link });
  }

  lines(lines: readonly ConsoleLine[]): void {
    this.#grow(lines);
    this.#change({ lines: [...lines] });
  }

  link(link: Link): void {
    this.#change({ link });
  }

  /** Sent with what comes next: the history that replaces the lines is on its way, and no window goes blank before. */
  reset(): void {
    this.#isReset = true;
  }

  acknowledge(cost: number): void {
    this.#backlog = Math.max(0, this.#backlog - cost);
    this.#onBacklog();
  }

  #change(change: FeedChange<'console'>): void {
    const isReset = this.#isReset;
    this.#isReset = false;
    this.#sink.change(isReset ? { reset: true, ...change } : change);
  }

  #grow(lines: readonly ConsoleLine[]): void {
    this.#backlog += consoleCost(lines);
    this.#onBacklog();
  }
}
