import type { QueryFaults } from './query/queried-game.js';

/**
 * Data from the node for the game, as one JSON text, so that no value of an egg becomes a real environment variable.
 */
export interface Orders {
  mode: 'play' | 'install';
  game: string;
  name: string;
  /** Line that the container's entry script prints before it runs the game. */
  invocation: string;
  /** Image of the container. An installation has another image, which no code reads. */
  image?: string;
  /** Variables of the egg. A game reads BOOT_SECONDS, an installation INSTALL_SECONDS; both are optional. */
  environment: Readonly<Record<string, string>>;
  /** Faults in the answers to queries from the start on. */
  query?: QueryFaults;
}

/** Begins a line for the game that no console shows. */
const unseen = '\0query ';

/** Line that replaces the faults of a running game. */
export function queryLine(faults: QueryFaults): string {
  return `${unseen}${JSON.stringify(faults)}\n`;
}

/** Faults from a line without its newline; null = a line of the console. */
export function queryOrder(line: string): QueryFaults | null {
  return line.startsWith(unseen) ? (JSON.parse(line.slice(unseen.length)) as QueryFaults) : null;
}
