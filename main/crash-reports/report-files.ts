/** Where games and Java leave crash reports in a server's folder. */
import type { Game } from '../../bridge/panel/games.js';

export interface ReportPlace {
  /** Folder at the root of the server; null = the root itself. */
  readonly folder: string | null;
  readonly name: RegExp;
  /** The log of the last start, which is read if there is no report. */
  readonly isLog: boolean;
}

const ofJava: ReportPlace = { folder: null, name: /^hs_err_pid\d{1,10}\.log$/, isLog: false };
const latestLog: ReportPlace = { folder: 'logs', name: /^latest\.log$/, isLog: true };
const ofMinecraft: readonly ReportPlace[] = [
  { folder: 'crash-reports', name: /^crash-.{1,200}\.txt$/, isLog: false },
  ofJava,
  latestLog,
];

const places: Readonly<Partial<Record<Game, readonly ReportPlace[]>>> = {
  minecraft: ofMinecraft,
  proxy: [ofJava, latestLog, { folder: null, name: /^proxy\.log\.0$/, isLog: true }],
  zomboid: [ofJava],
  factorio: [{ folder: null, name: /^factorio-(?:current|previous)\.log$/, isLog: true }],
  terraria: [{ folder: null, name: /^(?:client-|server-)?crashlog\.txt$/, isLog: true }],
};

/** Empty for games that leave no report of their own. Of an unknown game, the server may run Minecraft. */
export function placesOf(game: Game | null | undefined): readonly ReportPlace[] {
  return game === null || game === undefined ? ofMinecraft : (places[game] ?? []);
}
