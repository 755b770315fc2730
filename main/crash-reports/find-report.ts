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
  readonly isLog: boolean;
}

export interface Wanted {
  readonly places: readonly ReportPlace[];
  /** Oldest time of a report by the node's clock. */
  readonly since: number;
  /** Whether a log is wanted if there is no report. */
  readonly takesLog: boolean;
}

/** Larger files hold more than a report, or a log of days. */
const mostBytes = 1024 * 1024;

/**
 * The newest report, or else the newest log; null if there is none.
 * Asks for the root, and for those folders of reports that have changed since.
 */
export async function findReport(
  panel: Pick<ReportPanel, 'list'>,
  { places, since, takesLog }: Wanted,
): Promise<FoundReport | null> {
  if (places.length === 0) return null;
  const root = await panel.list('/');

  /** A log changes without a change of its folder. */
  async function filesIn({ folder, isLog }: ReportPlace): Promise<readonly ServerFile[]> {
    if (folder === null) return root;
    const entry = root.find(({ name, kind }) => kind === 'folder' && name === folder);
    const isOld = entry === undefined || (!isLog && entry.modifiedAt < since);
    return isOld ? [] : panel.list(`/${folder}`);
  }

  async function newest(isLog: boolean): Promise<FoundReport | null> {
    const found: FoundReport[] = [];
    for (const place of places.filter((each) => each.isLog === isLog))
      for (const { name, kind, bytes, modifiedAt: at } of await filesIn(place))
        if (kind === 'file' && place.name.test(name) && bytes <= mostBytes && at >= since)
          found.push({ path: `/${place.folder === null ? '' : `${place.folder}/`}${name}`, at, isLog });
    return found.sort((one, other) => other.at - one.at)[0] ?? null;
  }

  return (await newest(false)) ?? (takesLog ? newest(true) : null);
}
