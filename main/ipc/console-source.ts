import type { ConsoleLine, Link } from '../../bridge/domain.js';
import type { Consoles } from '../fleet/api.js';
import type { Clock } from '../ports.js';
import type { Sink, Source } from './feeds.js';
import { batchMs } from './fleet-source.js';

/** One event to a window holds at most about this many characters. */
export const chunkCharacters = 65_536;

/** The feed `console`, with back-pressure: what windows have yet to draw slows the live session down. */
export class ConsoleSource {
  readonly #consoles: Consoles;
  readonly #clock: Clock;
  readonly #watches = new Set<ConsoleWatch>();

  constructor(consoles: Consoles, clock: Clock) {
    this.#consoles = consoles;
    this.#clock = clock;
  }

  readonly source: Source<'console'> = ({ serverId }, sink, { webContentsId }) => {
    const watch = new ConsoleWatch(serverId, webContentsId, sink, this.#clock, () => this.#measure(serverId));
    this.#watches.add(watch);
    const end = this.#consoles.watch(serverId, watch);
    return () => {
      end();
      watch.stop();
      this.#watches.delete(watch);
      this.#measure(serverId);
    };
  };

  /** A window has drawn this many characters of a server's console. */
  acknowledge(webContentsId: number, serverId: string, characters: number): void {
    for (const watch of this.#watches) {
      if (watch.serverId === serverId && watch.webContentsId === webContentsId) watch.acknowledge(characters);
    }
  }

  /** The slowest window sets the pace. */
  #measure(serverId: string): void {
    const backlogs = [...this.#watches].filter((watch) => watch.serverId === serverId);
    this.#consoles.setBacklog(serverId, Math.max(0, ...backlogs.map((watch) => watch.backlog)));
  }
}

/** One window's console: collects what comes for a moment, and knows what the window has yet to draw. */
class ConsoleWatch {
  readonly serverId: string;
  readonly webContentsId: number;
  readonly #sink: Sink<'console'>;
  readonly #clock: Clock;
  readonly #onBacklog: () => void;
  #lines: ConsoleLine[] = [];
  #link: Link | null = null;
  #reset = false;
  #cancel: (() => void) | null = null;
  #backlog = 0;

  constructor(
    serverId: string,
    webContentsId: number,
    sink: Sink<'console'>,
    clock: Clock,
    onBacklog: () => void,
  ) {
    this.serverId = serverId;
    this.webContentsId = webContentsId;
    this.#sink = sink;
    this.#clock = clock;
    this.#onBacklog = onBacklog;
  }

  get backlog(): number {
    return this.#backlog;
  }

  snapshot(lines: readonly ConsoleLine[], link: Link): void {
    // Before it is sent: a window may acknowledge at once.
    this.#grow(lines);
    this.#sink.snapshot({ lines: [...lines], link });
  }

  lines(lines: readonly ConsoleLine[]): void {
    this.#lines.push(...lines);
    this.#grow(lines);
    this.#flushSoon();
  }

  link(link: Link): void {
    this.#link = link;
    this.#flushSoon();
  }

  reset(): void {
    this.#backlog -= charactersOf(this.#lines);
    this.#lines = [];
    this.#reset = true;
    this.#onBacklog();
    this.#flushSoon();
  }

  acknowledge(characters: number): void {
    this.#backlog = Math.max(0, this.#backlog - characters);
    this.#onBacklog();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #grow(lines: readonly ConsoleLine[]): void {
    this.#backlog += charactersOf(lines);
    this.#onBacklog();
  }

  #flushSoon(): void {
    this.#cancel ??= this.#clock.after(batchMs, () => this.#flush());
  }

  #flush(): void {
    this.#cancel = null;
    const [first = [], ...rest] = chunks(this.#lines);
    const link = this.#link;
    const reset = this.#reset;
    this.#lines = [];
    this.#link = null;
    this.#reset = false;
    this.#sink.change({
      ...(reset ? { reset } : {}),
      ...(link === null ? {} : { link }),
      ...(first.length === 0 ? {} : { lines: first }),
    });
    for (const lines of rest) this.#sink.change({ lines });
  }
}

function charactersOf(lines: readonly ConsoleLine[]): number {
  return lines.reduce((sum, line) => sum + line.text.length, 0);
}

/** Lines in order, cut into events of a size that crosses the wall quickly; a long line stays whole. */
function chunks(lines: readonly ConsoleLine[]): ConsoleLine[][] {
  const result: ConsoleLine[][] = [];
  let size = Infinity;
  for (const line of lines) {
    if (size + line.text.length > chunkCharacters) {
      result.push([]);
      size = 0;
    }
    result.at(-1)?.push(line);
    size += line.text.length;
  }
  return result;
}
