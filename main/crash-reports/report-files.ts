/** Where games and Java leave crash reports in a server's folder. */
import type { Game } from '../../bridge/panel/games.js';

export interface ReportPlace {
  /** The place in words of a file name, with "*" for what differs. */
  readonly shown: string;
  /** Folder at the root of the server; null = the root itself. */
  readonly folder: string | null;
  readonly name: RegExp;
  /** The log of the last start, which is read if there is no report. */
  readonly isLog: boolean;
}

const ofJava: ReportPlace = {
  shown: 'hs_err_pid*.log',
  folder: null,
  name: /^hs_err_pid\d{1,10}\.log$/,
  isLog: false,
};
const latestLog: ReportPlace = {
  shown: 'logs/latest.log',
  folder: 'logs',
  name: /^latest\.log$/,
  isLog: true,
};
const ofMinecraft: readonly ReportPlace[] = [
  {
    shown: 'crash-reports/crash-*.txt',
    folder: 'crash-reports',
    name: /^crash-.{1,200}\.txt$/,
    isLog: false,
  },
  ofJava,
  latestLog,
];

const places: Readonly<Partial<Record<Game, readonly ReportPlace[]>>> = {
  minecraft: ofMinecraft,
  proxy: [ofJava, latestLog, { shown: 'proxy.log.0', folder: null, name: /^proxy\.log\.0$/, isLog: true }],
  zomboid: [ofJava],
  factorio: [
    { shown: 'factorio-*.log', folder: null, name: /^factorio-(?:current|previous)\.log$/, isLog: true },
  ],
  terraria: [
    { shown: '*crashlog.txt', folder: null, name: /^(?:client-|server-)?crashlog\.txt$/, isLog: true },
  ],
};

/** Empty for games that leave no report of their own. Of an unknown game, the server may run Minecraft. */
export function placesOf(game: Game | null | undefined): readonly ReportPlace[] {
  return game === null || game === undefined ? ofMinecraft : (places[game] ?? []);
}

/** Whether a path is a log, of which the last lines count. */
export function isLogPath(path: string, among: readonly ReportPlace[]): boolean {
  const place = among.find(({ folder, name }) => {
    const beginning = folder === null ? '/' : `/${folder}/`;
    return path.startsWith(beginning) && name.test(path.slice(beginning.length));
  });
  return place?.isLog ?? false;
}
