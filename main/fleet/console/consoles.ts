import type { Link } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import type { ConsoleListener, Consoles } from '../api.js';
import type { ArrivingLine, BufferBounds } from './console-buffer.js';
import { ServerConsole } from './server-console.js';

/** A window that is closed is often opened again at once, so its session stays this long. */
const lingerMs = 60_000;
/** What windows have yet to draw (`consoleCost`): above the first reading stops, below the second it goes on (PLATFORM, "Speed"). */
const tooMuch = 100_000;
const fewEnough = 5000;

/** Of a console that nobody watches; of many, each keeps less, so that all together stay within bounds. */
const quiet = { lines: 2000, charactersOfOne: 500_000, charactersOfAll: 20_000_000 };

/** What consoles need of the rest of the fleet. */
export interface ConsoleHost {
  /** The link as the store knows it. */
  linkOf(serverId: string): Link;
  /** An open console wants a live session, whatever the size of the fleet. */
  setConsoleOpen(serverId: string, isOpen: boolean): void;
  /** Stops or resumes reading from the socket. */
  setPaused(serverId: string, isPaused: boolean): void;
}

/** What sessions tell consoles. */
export interface ConsoleSink {
  link(serverId: string, link: Link): void;
  /** A new session was made for a server; what it says about the past replaces what is remembered. */
  sessionStarted(serverId: string): void;
  append(serverId: string, lines: readonly ArrivingLine[]): void;
  /** True while windows are behind: a new session must not read either. */
  isPaused(serverId: string): boolean;
  /** The session is over and is not needed any more: nothing is remembered. */
  drop(serverId: string): void;
  /** The server is gone. */
  remove(serverId: string): void;
}

interface Entry {
  readonly console: ServerConsole;
  readonly linger: Alarm;
  isOpen: boolean;
  isPaused: boolean;
}

/** All consoles. Lines are remembered for every server with a session, watched or not. */
export class FleetConsoles implements Consoles, ConsoleSink {
  readonly #clock: Clock;
  readonly #host: ConsoleHost;
  readonly #entries = new Map<string, Entry>();
  readonly #quietBounds: BufferBounds;

  constructor(clock: Clock, host: ConsoleHost) {
    this.#clock = clock;
    this.#host = host;
    const entries = this.#entries;
    this.#quietBounds = {
      lines: quiet.lines,
      get characters() {
        return Math.min(quiet.charactersOfOne, quiet.charactersOfAll / Math.max(1, entries.size));
      },
    };
  }

  watch(serverId: string, listener: ConsoleListener): () => void {
    const entry = this.#entryOf(serverId);
    entry.linger.clear();
    if (!entry.isOpen) {
      entry.isOpen = true;
      this.#host.setConsoleOpen(serverId, true);
    }
    const unwatch = entry.console.watch(listener);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      unwatch();
      if (!entry.console.isWatched) this.#leave(serverId, entry);
    };
  }

  setBacklog(serverId: string, cost: number): void {
    const entry = this.#entries.get(serverId);
    if (entry === undefined) return;
    if (!entry.isPaused && cost > tooMuch) this.#setPaused(serverId, entry, true);
    else if (entry.isPaused && cost < fewEnough) this.#setPaused(serverId, entry, false);
  }

  isPaused(serverId: string): boolean {
    return this.#entries.get(serverId)?.isPaused ?? false;
  }

  link(serverId: string, link: Link): void {
    this.#entryOf(serverId).console.link(link);
  }

  sessionStarted(serverId: string): void {
    this.#entryOf(serverId).console.sessionStarted();
  }

  append(serverId: string, lines: readonly ArrivingLine[]): void {
    this.#entryOf(serverId).console.append(lines);
  }

  drop(serverId: string): void {
    const entry = this.#entries.get(serverId);
    if (entry === undefined || entry.console.isWatched) return;
    entry.console.drop();
  }

  remove(serverId: string): void {
    const entry = this.#entries.get(serverId);
    if (entry === undefined) return;
    entry.console.link({ kind: 'none' });
    entry.console.drop();
    // A watched console keeps its entry: the server may come back, and the same console goes on.
    if (entry.console.isWatched) return;
    this.#close(serverId, entry);
  }

  stop(): void {
    for (const { console, linger } of this.#entries.values()) {
      linger.clear();
      console.stop();
    }
    this.#entries.clear();
  }

  #leave(serverId: string, entry: Entry): void {
    // Nobody is left to draw, so a reader that was stopped would never go on.
    if (entry.isPaused) this.#setPaused(serverId, entry, false);
    entry.linger.set(lingerMs, () => this.#close(serverId, entry));
  }

  /** The session is not wanted any more. What is remembered stays; with nothing of it, the server may be gone. */
  #close(serverId: string, entry: Entry): void {
    entry.linger.clear();
    if (entry.console.isEmpty) {
      entry.console.stop();
      this.#entries.delete(serverId);
    }
    if (!entry.isOpen) return;
    entry.isOpen = false;
    this.#host.setConsoleOpen(serverId, false);
  }

  #setPaused(serverId: string, entry: Entry, isPaused: boolean): void {
    entry.isPaused = isPaused;
    this.#host.setPaused(serverId, isPaused);
  }

  #entryOf(serverId: string): Entry {
    const known = this.#entries.get(serverId);
    if (known !== undefined) return known;
    const entry: Entry = {
      console: new ServerConsole(this.#clock, this.#host.linkOf(serverId), this.#quietBounds),
      linger: new Alarm(this.#clock),
      isOpen: false,
      isPaused: false,
    };
    this.#entries.set(serverId, entry);
    return entry;
  }
}
