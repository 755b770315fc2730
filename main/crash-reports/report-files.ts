/** Where games and Java leave crash reports in a server's folder. */
import type { Game } from '../../bridge/panel/games.js';

export interface ReportPlace {
  /** The place in words of a file name, with "*" for what differs. */
  readonly shown: string;
  /** Folder of the server, as `a/b`; null = the server's folder itself. */
  readonly folder: string | null;
  /** Set if each crash has a folder of its own in that folder: its name. */
  readonly each?: RegExp;
  readonly name: RegExp;
  /**
   * `log` = the log of the last start, which is read if there is no report. `dump` = the memory of the process, which
   * is no text: the file is named, and not read.
   */
  readonly kind: 'report' | 'log' | 'dump';
  /** True if each crash is added to the end of the same file. */
  readonly grows?: boolean;
}

const ofJava: ReportPlace = {
  shown: 'hs_err_pid*.log',
  folder: null,
  name: /^hs_err_pid\d{1,10}\.log$/,
  kind: 'report',
};
const latestLog: ReportPlace = {
  shown: 'logs/latest.log',
  folder: 'logs',
  name: /^latest\.log$/,
  kind: 'log',
};
const ofMinecraft: readonly ReportPlace[] = [
  {
    shown: 'crash-reports/crash-*.txt',
    folder: 'crash-reports',
    name: /^crash-.{1,200}\.txt$/,
    kind: 'report',
  },
  ofJava,
  latestLog,
];

/** Unreal Engine: a folder for each crash, such as `UECC-Linux-1F2E…_0000`, and the log beside the crashes. */
function ofUnreal(project: string): readonly ReportPlace[] {
  const crashes = `${project}/Saved/Crashes`;
  const each = /^\S{1,200}$/;
  return [
    {
      shown: `${crashes}/*/CrashContext.runtime-xml`,
      folder: crashes,
      each,
      name: /^CrashContext\.runtime-xml$/,
      kind: 'report',
    },
    { shown: `${crashes}/*/*.log`, folder: crashes, each, name: /^[\w-]{1,100}\.log$/, kind: 'log' },
    { shown: `${crashes}/*/*.dmp`, folder: crashes, each, name: /\.dmp$/i, kind: 'dump' },
  ];
}

/** Unity: a folder for each crash at the root, such as `Crash_2026-11-29_203015`. */
const ofUnity: readonly ReportPlace[] = [
  {
    shown: 'Crash_*/error.log',
    folder: null,
    each: /^Crash_.{1,100}$/,
    name: /^error\.log$/,
    kind: 'report',
  },
  { shown: 'Crash_*/crash.dmp', folder: null, each: /^Crash_.{1,100}$/, name: /\.dmp$/i, kind: 'dump' },
];

/** The start script of Source servers writes each crash to the end of `debug.log`, and Breakpad leaves dumps. */
const ofSource: readonly ReportPlace[] = [
  { shown: 'debug.log', folder: null, name: /^debug\.log$/, kind: 'report', grows: true },
  { shown: '*.dmp', folder: null, name: /\.m?dmp$/i, kind: 'dump' },
];

const places: Readonly<Partial<Record<Game, readonly ReportPlace[]>>> = {
  minecraft: ofMinecraft,
  proxy: [ofJava, latestLog, { shown: 'proxy.log.0', folder: null, name: /^proxy\.log\.0$/, kind: 'log' }],
  zomboid: [ofJava],
  factorio: [
    {
      shown: 'factorio-*.log',
      folder: null,
      name: /^factorio-(?:current|previous)\.log$/,
      kind: 'log',
    },
  ],
  terraria: [
    { shown: '*crashlog.txt', folder: null, name: /^(?:client-|server-)?crashlog\.txt$/, kind: 'log' },
  ],
  ark: ofUnreal('ShooterGame'),
  palworld: ofUnreal('Pal'),
  source: ofSource,
  rust: ofUnity,
  valheim: [
    ...ofUnity,
    { shown: 'BepInEx/LogOutput.log', folder: 'BepInEx', name: /^LogOutput\.log$/, kind: 'log' },
  ],
};

/** Perch does not know Satisfactory by its egg, and a folder of this name says enough. */
const ofUnknown: readonly ReportPlace[] = [
  ...ofMinecraft,
  ...ofUnreal('FactoryGame').filter(({ kind }) => kind === 'report'),
];

/** Empty for games that leave no report of their own. Of an unknown game, the server may run Minecraft. */
export function placesOf(game: Game | null | undefined): readonly ReportPlace[] {
  return game === null || game === undefined ? ofUnknown : (places[game] ?? []);
}

/** The kind of a path that was found in one of these places. */
export function kindOfPath(path: string, among: readonly ReportPlace[]): ReportPlace['kind'] {
  const place = among.find(({ folder, each, name }) => {
    const beginning = folder === null ? '/' : `/${folder}/`;
    if (!path.startsWith(beginning)) return false;
    const rest = path.slice(beginning.length);
    if (each === undefined) return name.test(rest);
    const [crash = '', ...parts] = rest.split('/');
    return each.test(crash) && name.test(parts.join('/'));
  });
  return place?.kind ?? 'report';
}
