import { consoleCost } from '../../../bridge/console/console-cost.js';
import type { FeedChange } from '../../../bridge/schema/contract.js';
import type { Link } from '../../../bridge/schema/domain.js';
import type { ConsoleLine } from '../../../bridge/schema/console-line.js';
import type { ConsoleListener, Consoles } from '../api.js';
import type { Sink, Source } from '../../base/feed-source.js';

/** The feed `console`, with back-pressure: a backlog of undrawn lines in windows slows the session down. */
export class ConsoleSource {
  readonly #watches = new Set<ConsoleWatch>();

  constructor(private readonly consoles: Consoles) {}

  readonly source: Source<'console'> = ({ serverId }, sink, { webContentsId }) => {
    const watch = new ConsoleWatch(serverId, webContentsId, sink, () => this.#measure(serverId));
    this.#watches.add(watch);
    const end = this.consoles.watch(serverId, watch);
    return () => {
      end();
      this.#watches.delete(watch);
      this.#measure(serverId);
    };
  };

  /** A window has drawn lines of a server's console with this `consoleCost`. */
  acknowledge(webContentsId: number, serverId: string, cost: number): void {
    for (const watch of this.#watches) {
      if (watch.serverId === serverId && watch.webContentsId === webContentsId) watch.acknowledge(cost);
    }
  }

  /** The slowest window decides. */
  #measure(serverId: string): void {
    const backlogs = [...this.#watches].filter((watch) => watch.serverId === serverId);
    this.consoles.setBacklog(serverId, Math.max(0, ...backlogs.map((watch) => watch.backlog)));
  }
}

/** Console feed of one window: forwards batches and tracks the window's backlog. */
class ConsoleWatch implements ConsoleListener {
  #isReset = false;
  #backlog = 0;

  constructor(
    readonly serverId: string,
    readonly webContentsId: number,
    private readonly sink: Sink<'console'>,
    private readonly onBacklog: () => void,
  ) {}

  /** In units of `consoleCost`. */
  get backlog(): number {
    return this.#backlog;
  }

  snapshot(lines: readonly ConsoleLine[], link: Link): void {
    // Before sending, because a window may acknowledge at once.
    this.#grow(lines);
    this.sink.snapshot({ lines: [...lines], link });
  }

  lines(lines: readonly ConsoleLine[]): void {
    this.#grow(lines);
    this.#change({ lines: [...lines] });
  }

  link(link: Link): void {
    this.#change({ link });
  }

  /** Delays the reset until the next change, which brings the new history, so that no window goes blank between. */
  reset(): void {
    this.#isReset = true;
  }

  acknowledge(cost: number): void {
    this.#backlog = Math.max(0, this.#backlog - cost);
    this.onBacklog();
  }

  #change(change: FeedChange<'console'>): void {
    const isReset = this.#isReset;
    this.#isReset = false;
    this.sink.change(isReset ? { reset: true, ...change } : change);
  }

  #grow(lines: readonly ConsoleLine[]): void {
    this.#backlog += consoleCost(lines);
    this.onBacklog();
  }
}
