import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Data of a start that decides whether an ailment is cured. */
export interface StartFacts {
  image?: string;
  environment: Readonly<Record<string, string>>;
}

interface Ailment {
  /** Console lines, as real games and runtimes print them. */
  readonly lines: readonly string[];
  /** Crash report that the start writes into the server's folder. */
  readonly report?: { readonly folder: string; readonly name: string; readonly lines: readonly string[] };
  /** Exit code; null = the process runs on without ever being ready. */
  readonly code: number | null;
  /** Whether a change since the ailment began cures it. An ailment without this function ends with the second start. */
  cured?(folder: string, now: StartFacts, caught: Caught): boolean;
}

/** Ailment of the node, which fails before there is a process (PROTOCOL 4.6). */
const missingImage = 'image';

/**
 * Ailments for the command `ail NAME`: starts of the server fail like those of a real server until a change cures the
 * ailment.
 */
export const AILMENTS: Readonly<Record<string, Ailment>> = {
  eula: {
    lines: [
      '[ServerMain/WARN]: Failed to load eula.txt',
      '[ServerMain/INFO]: You need to agree to the EULA in order to run the server. Go to eula.txt for more info.',
    ],
    code: 0,
    cured: (folder) => /^eula=true$/m.test(readText(join(folder, 'eula.txt'))),
  },
  java: {
    lines: [
      'Error: LinkageError occurred while loading main class org.bukkit.craftbukkit.Main',
      '\tjava.lang.UnsupportedClassVersionError: org/bukkit/craftbukkit/Main has been compiled by a more recent version of the Java Runtime (class file version 61.0), this version of the Java Runtime only recognizes class file versions up to 55.0',
    ],
    code: 1,
    cured: (_folder, { image = '' }) => /java_(?:17|21)$/.test(image),
  },
  memory: {
    lines: ['Exception in thread "Server thread" java.lang.OutOfMemoryError: Java heap space'],
    code: 1,
  },
  disk: { lines: ['java.io.IOException: No space left on device'], code: 1 },
  port: { lines: ['**** FAILED TO BIND TO PORT!', 'bind(..) failed: Address already in use'], code: 1 },
  processes: {
    lines: ['java.lang.OutOfMemoryError: unable to create native thread: possibly out of memory'],
    code: 1,
  },
  'steam-account': {
    lines: ['Could not establish connection to Steam servers. (GSL token expired)'],
    code: 1,
    cured: (_folder, now, caught) => now.environment['STEAM_ACC'] !== caught.environment['STEAM_ACC'],
  },
  'steam-disk': { lines: ["Error! App '258550' state is 0x202 after update job."], code: 8 },
  'hytale-login': {
    lines: [
      'Please visit the following URL to authenticate:',
      'https://oauth.accounts.hytale.com/oauth2/device/verify?user_code=PERCH234',
      'Authorization code: PERCH234',
    ],
    code: null,
  },
  'plugin-dependency': {
    lines: [
      "[Server thread/ERROR]: Could not load 'plugins/Shop.jar' in folder 'plugins'",
      "org.bukkit.plugin.UnknownDependencyException: Unknown/missing dependency plugins: [Vault]. Please download and install these plugins to run 'Shop'.",
    ],
    code: 1,
  },
  'ticking-entity': {
    lines: [
      '[Server thread/ERROR]: Encountered an unexpected exception',
      '[Server thread/ERROR]: This crash report has been saved',
    ],
    report: {
      folder: 'crash-reports',
      name: 'crash-2026-11-29_14.32.05-server.txt',
      lines: [
        '---- Minecraft Crash Report ----',
        '// Everything is going to plan. No, really.',
        '',
        'Time: 2026-11-29 14:32:05',
        'Description: Ticking entity',
        '',
        'java.lang.NullPointerException: Cannot invoke "Owl.home()" because "owl" is null',
        '\tat Owls-1.4.jar//net.owls.Nest.tick(Nest.java:41) ~[Owls-1.4.jar:?]',
        '\tat net.minecraft.server.level.ServerLevel.tick(ServerLevel.java:812) ~[paper-1.21.jar:?]',
        '',
        'A detailed walkthrough of the error, its code path and all known details is as follows:',
        '',
        '-- System Details --',
        'Details:',
        '\tMinecraft Version: 1.21',
      ],
    },
    code: 1,
    cured: (folder, _now, { starts }) => starts > 0 && !existsSync(join(folder, 'crash-reports')),
  },
  [missingImage]: { lines: [], code: null },
  'never-up': { lines: [], code: null },
};

interface Caught extends StartFacts {
  name: string;
  /** Number of starts that have failed. */
  starts: number;
}

/** Sets an ailment from the next start on. Returns false for an unknown name. */
export function catchAilment(folder: string, name: string, { image = '', environment }: StartFacts): boolean {
  if (!Object.hasOwn(AILMENTS, name)) return false;
  save(folder, { name, image, environment, starts: 0 });
  return true;
}

/** Writes the crash report of an ailment, as the game would. */
export function writeReport(folder: string, { report }: Ailment): void {
  if (report === undefined) return;
  const path = join(folder, report.folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, report.name), `${report.lines.join('\n')}\n`);
}

/** The ailment of this start; null for a healthy or cured server. */
export function ailmentAtStart(folder: string, now: StartFacts): Ailment | null {
  const caught = read(folder);
  const ailment = caught === null ? undefined : AILMENTS[caught.name];
  if (caught === null || ailment === undefined || caught.name === missingImage) return null;
  if (ailment.cured?.(folder, now, caught) ?? caught.starts > 0) {
    rmSync(fileIn(folder), { force: true });
    return null;
  }
  save(folder, { ...caught, starts: caught.starts + 1 });
  return ailment;
}

/** Whether the node lacks the image that this start needs. */
export function lacksImage(folder: string, now: StartFacts): boolean {
  const caught = read(folder);
  return caught?.name === missingImage && caught.image === now.image;
}

const fileIn = (folder: string): string => join(folder, 'ailment.json');

function save(folder: string, caught: Caught): void {
  writeFileSync(fileIn(folder), JSON.stringify(caught));
}

function read(folder: string): Caught | null {
  const text = readText(fileIn(folder));
  return text === '' ? null : (JSON.parse(text) as Caught);
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
