/** What shell, ipc and actions see of the fleet beside its store. */
import type { ConsoleLine, Link } from '../../bridge/domain.js';

export interface ConsoleListener {
  /** Comes first, once: what main still remembers. */
  snapshot(lines: readonly ConsoleLine[], link: Link): void;
  lines(lines: readonly ConsoleLine[]): void;
  link(link: Link): void;
  /** A new start: the history that follows replaces what was shown. */
  reset(): void;
}

/** Consoles: whoever watches one keeps its live session open. */
export interface Consoles {
  /** Returns the function that ends watching. */
  watch(serverId: string, listener: ConsoleListener): () => void;
  /** Characters that a window has yet to draw; above 100,000 the session pauses, below 5,000 it resumes (PLATFORM, "Speed"). */
  setBacklog(serverId: string, characters: number): void;
}
