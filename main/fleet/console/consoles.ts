import type { Link } from '../../../bridge/schema/domain.js';
import type { Clock } from '../../base/ports.js';
import { Alarm } from '../../base/alarm.js';
import type { ConsoleListener, Consoles } from '../api.js';
import type { ArrivingLine, BufferBounds } from './console-buffer.js';
import { ServerConsole } from './server-console.js';

/** Ms for which a closed console keeps its session, because users often reopen a console at once. */
const lingerMs = 60_000;
/**
 * Limits of the undrawn backlog (`consoleCost`): reading stops above the first and resumes below the second
 * (PLATFORM, "Speed").
 */
const tooMuch = 100_000;
const fewEnough = 5000;

/** Bounds of an unwatched console. With many consoles each keeps less, to bound the total. */
const quiet = { lines: 2000, charactersOfOne: 500_000, charactersOfAll: 20_000_000 };

/** Callbacks of the consoles into the fleet. */
export interface ConsoleHost {
  /** The link in the store. */
  linkOf(serverId: string): Link;
  /** An open console needs a live session, whatever the size of the fleet. */
  setConsoleOpen(serverId: string, isOpen: boolean): void;
  /** Pauses or resumes reading from the socket. */
  setPaused(serverId: string, isPaused: boolean): void;
}

/** Console events from sessions. */
export interface ConsoleSink {
  link(serverId: string, link: Link): void;
  /** A server has a new session; its history replaces the remembered lines. */
  sessionStarted(serverId: string): void;
  append(serverId: string, lines: readonly ArrivingLine[]): void;
  /** True while windows can't keep up: a new session must start paused. */
  isPaused(serverId: string): boolean;
  /** The session has ended and is no longer needed: removes the lines. */
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

/** All consoles. Every server with a session keeps its lines, watched or not. */
export class FleetConsoles implements Consoles, ConsoleSink {
  readonly #entries = new Map<string, Entry>();
  readonly #quietBounds: BufferBounds;

  constructor(
    private readonly clock: Clock,
    private readonly host: ConsoleHost,
  ) {
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
      this.host.setConsoleOpen(serverId, true);
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
    // A watched console keeps its entry, because the server may come back.
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
    // No window is left to draw the backlog, so a paused session would never resume.
    if (entry.isPaused) this.#setPaused(serverId, entry, false);
    entry.linger.set(lingerMs, () => this.#close(serverId, entry));
  }

  /**
   * Ends the need for a session. Remembered lines stay; without lines the entry goes, because the server may be gone.
   */
  #close(serverId: string, entry: Entry): void {
    entry.linger.clear();
    if (entry.console.isEmpty) {
      entry.console.stop();
      this.#entries.delete(serverId);
    }
    if (!entry.isOpen) return;
    entry.isOpen = false;
    this.host.setConsoleOpen(serverId, false);
  }

  #setPaused(serverId: string, entry: Entry, isPaused: boolean): void {
    entry.isPaused = isPaused;
    this.host.setPaused(serverId, isPaused);
  }

  #entryOf(serverId: string): Entry {
    const known = this.#entries.get(serverId);
    if (known !== undefined) return known;
    const entry: Entry = {
      console: new ServerConsole(this.clock, this.host.linkOf(serverId), this.#quietBounds),
      linger: new Alarm(this.clock),
      isOpen: false,
      isPaused: false,
    };
    this.#entries.set(serverId, entry);
    return entry;
  }
}
