/**
 * Icons of games, as stroke paths in a square of 24, like the other icons (`icons.ts`). Drawn for Perch: each shows
 * an object from the game, never its logo.
 */
import type { Game } from '../../../bridge/panel/games.js';

export const gameDrawings: Readonly<Record<Game, string>> = {
  /** A block. */
  minecraft: 'M12 2.5 20.5 7v10L12 21.5 3.5 17V7zM3.5 7 12 11.5 20.5 7M12 11.5v10',
  /** Rock layers. */
  bedrock: 'M3 4.5h18v15H3zM3 9.5h18M3 14.5h18M9 4.5v5M15.5 9.5v5M8 14.5v5',
  /** One input, three outputs. */
  proxy: 'M3 12h18M8 12c4.5 0 3.5-7 8-7h5M8 12c4.5 0 3.5 7 8 7h5M3 9.5v5',
  /** Camp fire. */
  rust: 'M12 2.5c.6 3.4 5 5 5 9.2a5 5 0 0 1-10 0c0-2 1-3.3 2.2-4.2.2 1.5 1 2.2 1.8 2.2C12.4 8 11 5 12 2.5zM4 21.5l16-3.5M4 18l16 3.5',
  /** Footprint with three claws. */
  ark: 'M12 21.5c-2.8 0-4.5-1.5-4.5-3.7 0-2.4 2-4.3 4.5-4.3s4.5 1.9 4.5 4.3c0 2.2-1.7 3.7-4.5 3.7zM12 9.5v-7M6.8 11.5 3.5 5.5M17.2 11.5l3.3-6',
  /** A shield. */
  valheim: 'M12 2.5 20 5.5v6c0 4.8-3.3 8-8 10-4.7-2-8-5.2-8-10v-6zM12 2.5v19M4 11h16',
  /** Cross-hair of a gun sight. */
  source: 'M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM12 2v6M12 16v6M2 12h6M16 12h6',
  /** A tree. */
  terraria:
    'M12 22v-8M9 22h6M12 17l3.5-2.5M12 14c-4 0-7-2-7-5 0-1.7 1-3 2.5-3.6C8 3.4 9.8 2 12 2s4 1.4 4.5 3.4C18 6 19 7.3 19 9c0 3-3 5-7 5z',
  /** A gear wheel. */
  factorio:
    'M10.2 5.2 10.5 2.3h3l.3 2.9 1.7.7 2.3-1.8 2.1 2.1-1.8 2.3.7 1.7 2.9.3v3l-2.9.3-.7 1.7 1.8 2.3-2.1 2.1-2.3-1.8-1.7.7-.3 2.9h-3l-.3-2.9-1.7-.7-2.3 1.8-2.1-2.1 1.8-2.3-.7-1.7-2.9-.3v-3l2.9-.3.7-1.7-1.8-2.3 2.1-2.1 2.3 1.8zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z',
  /** A paw. */
  palworld:
    'M12 12c2.8 0 5 2.6 5 5.3 0 2-1.4 3.2-3 3.2-.8 0-1.3-.4-2-.4s-1.2.4-2 .4c-1.6 0-3-1.2-3-3.2C7 14.6 9.2 12 12 12zM8.5 4v2.5M15.5 4v2.5M4 9.5V12M20 9.5V12',
  /** A skull. */
  zomboid: 'M8 21v-3.5c-2.4-1.2-4-3.5-4-6.5a8 8 0 0 1 16 0c0 3-1.6 5.3-4 6.5V21zM12 18v3M9 11.5v1M15 11.5v1',
  /** A moon. */
  'seven-days': 'M20.5 14.2A8.7 8.7 0 1 1 9.8 3.5a7 7 0 0 0 10.7 10.7zM16.5 4v3M15 5.5h3',
  /** Headphones. */
  voice: 'M3.5 18v-6a8.5 8.5 0 0 1 17 0v6M3.5 14h3.5v7H5.5a2 2 0 0 1-2-2zM20.5 14H17v7h1.5a2 2 0 0 0 2-2z',
  /** A robot's head. */
  bot: 'M5 8.5h14a2 2 0 0 1 2 2V18a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-7.5a2 2 0 0 1 2-2zM12 8.5V4M9 4h3M8.5 13v2M15.5 13v2',
  /** A stack of discs. */
  database:
    'M4 5.5C4 3.8 7.6 2.5 12 2.5s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3zM4 5.5v13c0 1.7 3.6 3 8 3s8-1.3 8-3v-13M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  /** The globe. */
  web: 'M12 2.5a9.5 9.5 0 1 1 0 19 9.5 9.5 0 0 1 0-19zM2.5 12h19M12 2.5c3 3 4 6 4 9.5s-1 6.5-4 9.5c-3-3-4-6-4-9.5s1-6.5 4-9.5z',
};
