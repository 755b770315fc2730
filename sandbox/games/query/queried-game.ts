/** Player in the answer to a query. */
export interface QueriedPlayer {
  name: string;
  /** Time since the player joined. */
  seconds: number;
}

/** State of a game for its answers to queries, read again for each answer. */
export interface QueriedGame {
  title: string;
  /** Version as the game names itself, such as `1.21.10`. */
  version: string;
  map: string;
  slots: number;
  players: readonly QueriedPlayer[];
  hasPassword: boolean;
  /** `none` = the answer has no list of players; `blank` = a list without names; `invented` = other names. */
  names: 'real' | 'none' | 'blank' | 'invented';
}

/** Faults and changed facts of a server's answers, for tests. A missing field changes nothing. */
export interface QueryFaults {
  /** False = requests arrive without an answer. */
  answers?: boolean | undefined;
  /** Share of lost datagrams in each direction, from 0 to 1; for TCP, share of connections without an answer. */
  loss?: number | undefined;
  /** Delay of each answer. */
  delayMs?: number | undefined;
  /** True = answers are random bytes of the right length. */
  garbage?: boolean | undefined;
  slots?: number | undefined;
  hasPassword?: boolean | undefined;
  /** True = the answers contain no names. */
  hides?: boolean | undefined;
}

/** The game as its answers describe it, with these changes. */
export function withFaults(game: QueriedGame, { slots, hasPassword, hides }: QueryFaults): QueriedGame {
  return {
    ...game,
    slots: slots ?? game.slots,
    hasPassword: hasPassword ?? game.hasPassword,
    names: hides === true && game.names !== 'blank' ? 'none' : game.names,
  };
}
