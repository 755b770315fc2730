import { toProblem, type ProblemCode } from '../../bridge/errors.js';
import { joined, lastPart } from '../../bridge/files/file-paths.js';
import type { ServerFile } from '../../bridge/schema/files.js';
import type { ReportPlace } from './report-files.js';

/** The files of one server. */
export interface ReportPanel {
  list(folder: string): Promise<readonly ServerFile[]>;
  contents(path: string): Promise<Uint8Array>;
}

export interface FoundReport {
  readonly path: string;
  /** By the node's clock, ms since the epoch. */
  readonly at: number;
  readonly kind: ReportPlace['kind'];
  readonly bytes: number;
}

export interface Wanted {
  readonly places: readonly ReportPlace[];
  /** Oldest time of a report by the node's clock. */
  readonly since: number;
  /** Whether a log replaces a missing report. */
  readonly takesLog: boolean;
  /** Largest file in bytes to which the game adds each crash at the end. */
  readonly mostGrown: number;
}

/** In bytes. A larger file is more than a report, or a log of days. A dump may be larger: Perch reads no dump. */
const mostBytes = 1024 * 1024;
/** Number of newest folders to read in games that make a folder for each crash. */
const mostFolders = 3;
/** Failures that concern one folder alone, such as a missing folder (PROTOCOL 2.17.4). */
const ofOneFolder: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['not-found', 'invalid', 'conflict']);

/**
 * The newest report, or else the newest log, or else the newest dump; null if there is none.
 * Asks for the root, for those folders of reports that have changed since, and for a few folders of crashes.
 */
export async function findReport(
  panel: Pick<ReportPanel, 'list'>,
  wanted: Wanted,
): Promise<FoundReport | null> {
  return wanted.places.length === 0 ? null : new ReportSearch(panel, wanted).newest();
}

class ReportSearch {
  /** Each folder is listed once, whatever is looked for there. */
  readonly #lists = new Map<string, Promise<readonly ServerFile[]>>();

  constructor(
    private readonly panel: Pick<ReportPanel, 'list'>,
    private readonly wanted: Wanted,
  ) {}

  async newest(): Promise<FoundReport | null> {
    const { takesLog } = this.wanted;
    const report = await this.#newest('report');
    return report ?? (takesLog ? await this.#newest('log') : null) ?? (await this.#newest('dump'));
  }

  async #newest(kind: ReportPlace['kind']): Promise<FoundReport | null> {
    const { places, since, mostGrown } = this.wanted;
    const found: FoundReport[] = [];
    for (const place of places.filter((each) => each.kind === kind))
      for (const folder of await this.#foldersOf(place))
        for (const { name, kind: what, bytes, modifiedAt: at } of await this.#list(folder)) {
          const isWanted = what === 'file' && place.name.test(name) && at >= since;
          if (isWanted && (kind === 'dump' || bytes <= (place.grows === true ? mostGrown : mostBytes)))
            found.push({ path: joined(folder, name), at, kind, bytes });
        }
    return found.sort((one, other) => other.at - one.at)[0] ?? null;
  }

  /** The folders that may hold files of a place, newest first. */
  async #foldersOf(place: ReportPlace): Promise<string[]> {
    const folder = place.folder === null ? '/' : `/${place.folder}`;
    if (!(await this.#isWorthIt(place, folder))) return [];
    const { each } = place;
    if (each === undefined) return [folder];
    return (await this.#list(folder))
      .filter((one) => one.kind === 'folder' && each.test(one.name) && one.modifiedAt >= this.wanted.since)
      .toSorted((one, other) => other.modifiedAt - one.modifiedAt)
      .slice(0, mostFolders)
      .map(({ name }) => joined(folder, name));
  }

  /** The root tells whether a folder is there, and whether it has changed. A log changes without its folder. */
  async #isWorthIt({ kind, folder: of }: ReportPlace, folder: string): Promise<boolean> {
    if (of === null) return true;
    const [top = ''] = of.split('/');
    const entry = (await this.#list('/')).find((one) => one.kind === 'folder' && one.name === top);
    if (entry === undefined) return false;
    return top !== lastPart(folder) || kind === 'log' || entry.modifiedAt >= this.wanted.since;
  }

  #list(folder: string): Promise<readonly ServerFile[]> {
    const known = this.#lists.get(folder) ?? this.#read(folder);
    this.#lists.set(folder, known);
    return known;
  }

  /** A folder below the root may be missing. */
  async #read(folder: string): Promise<readonly ServerFile[]> {
    try {
      return await this.panel.list(folder);
    } catch (error) {
      if (folder === '/' || !ofOneFolder.has(toProblem(error).code)) throw error;
      return [];
    }
  }
}
