/** Opens the crash report of a server on request of a person. */
import { newProblem, PerchError, toProblem, type ProblemCode } from '../../bridge/errors.js';
import type { ReportedCrash, ShownReport } from '../../bridge/schema/crash-reports.js';
import { mostTextBytes } from '../../bridge/schema/texts.js';
import { sentence, type Sentence } from '../../messages/messages.js';
import { findReport, type FoundReport, type ReportPanel } from './find-report.js';
import { kindOfPath, type ReportPlace } from './report-files.js';
import { judgedBy, shownReport } from './shown-report.js';

export interface OpenReportDeps {
  readonly panel: ReportPanel;
  /** The last bytes of a file, of at most `most`; null = the file is too large for that. Rejects with `PerchError`. */
  readonly tailOf: (path: string, most: number) => Promise<Uint8Array | null>;
  readonly places: readonly ReportPlace[];
  /** The report of the last crash; missing = not found so far. */
  readonly known: ReportedCrash | undefined;
}

/** Failures of a panel for a file that is gone (PROTOCOL 2.17.4). */
const gone: ReadonlySet<ProblemCode> = new Set<ProblemCode>(['not-found', 'invalid', 'conflict']);

/**
 * The report of the last crash, or else the newest report of any age. Without a report, a log that names a known cause
 * counts. Rejects with `PerchError`, which says where Perch looked.
 */
export async function openReport(deps: OpenReportDeps): Promise<ShownReport> {
  const { panel, places, known } = deps;
  const read = (found: FoundReport) => judgedBy(found, () => contentOf(deps, found));
  // The search below finds a file again that has grown above the limit.
  const last =
    known === undefined
      ? null
      : await read({ ...known, kind: kindOfPath(known.path, places), bytes: 0 }).catch(nullIfGone);
  if (last !== null) return shownReport(last);
  const found = await findReport(panel, { places, since: -Infinity, takesLog: true, mostGrown: Infinity });
  const report = found === null ? null : await read(found);
  if (report !== null) return shownReport(report);
  throw new PerchError(newProblem('not-found', noReportIn(places), sentence('fixes.no-report-next')));
}

/** Panels send only whole files up to a limit, so the end of a larger file comes from its node. */
async function contentOf(
  { panel, tailOf }: OpenReportDeps,
  { path, bytes }: FoundReport,
): Promise<Uint8Array> {
  if (bytes <= mostTextBytes) return panel.contents(path);
  const tail = await tailOf(path, mostTextBytes);
  if (tail !== null) return tail;
  throw new PerchError(newProblem('invalid', sentence('fixes.report-too-large', { file: path })));
}

/** A person may have deleted the report since the crash, or the game has made room for new reports. */
function nullIfGone(error: unknown): null {
  if (gone.has(toProblem(error).code)) return null;
  throw error;
}

/** Says that no report exists, and where Perch looked. */
function noReportIn(places: readonly ReportPlace[]): Sentence {
  if (places.length === 0) return sentence('fixes.no-report-place');
  return sentence('fixes.no-report', { places: places.map(({ shown }) => shown).join(', ') });
}
