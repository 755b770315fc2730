import { oneLine } from '../../bridge/console/plain-line.js';
import { plainLine } from '../../bridge/fix-its/symptoms.js';
import { withoutSecretTexts } from '../../bridge/redaction/secret-texts.js';
import type { ReportedCrash, ShownReport } from '../../bridge/schema/crash-reports.js';
import type { FixIt } from '../../bridge/schema/fix-its.js';
import type { FoundReport } from './find-report.js';
import { nativeReport, reportLines } from './native-report.js';
import { readReport, type ReadReport } from './read-report.js';

/** Lines before the cause that belong to it. */
const before = 7;
/** Lines that a window shows, around the cause if the report has more. */
const mostShown = 4000;
const longestLine = 500;

export interface JudgedReport extends ReadReport {
  readonly report: ReportedCrash;
  readonly lines: readonly string[];
}

/** The content of a found file; `read` reads the file. Of a dump only the name, because Perch reads no dump. */
export async function judgedBy(
  found: FoundReport,
  read: (found: FoundReport) => Promise<Uint8Array>,
): Promise<JudgedReport | null> {
  return found.kind === 'dump' ? namedDump(found) : judged(found, await read(found));
}

/** Content of the report; null for a log without a known cause. */
export function judged(
  { path, at, kind }: Omit<FoundReport, 'bytes'>,
  bytes: Uint8Array,
): JudgedReport | null {
  const lines = reportLines(path, bytes);
  const isLog = kind === 'log';
  const read = readReport(lines, isLog);
  if (isLog && read.symptom === null) return null;
  const native = isLog ? null : nativeReport(lines);
  const { description, cause, suspect } = native ?? read;
  const causeLine = read.symptom === null && native !== null ? native.causeLine : read.causeLine;
  return { ...read, causeLine, lines, report: { path, at, description, cause, suspect } };
}

/** A memory dump: only its name is informative. */
export function namedDump({ path, at }: Pick<FoundReport, 'path' | 'at'>): JudgedReport {
  const nothing = { description: null, cause: null, suspect: null };
  return { ...nothing, symptom: null, causeLine: null, lines: [], report: { ...nothing, path, at } };
}

/** The finding for the row of the server. `at` = monotonic time. */
export function fixItOf({ symptom, report, causeLine, lines }: JudgedReport, at: number): FixIt {
  const { kind, java, about } = symptom ?? { kind: 'reported' };
  const last = causeLine ?? 0;
  return {
    kind,
    at,
    ...(java === undefined ? {} : { java }),
    ...(about === undefined ? {} : { about }),
    lines: lines
      .slice(Math.max(0, last - before), last + 1)
      // Reports repeat the command that started the game, with its passwords.
      .map((line) => withoutSecretTexts(plainLine(line)))
      .filter((line) => line !== ''),
    isInReport: true,
    report,
  };
}

/** The report as a window shows it. */
export function shownReport({ report, lines, causeLine }: JudgedReport): ShownReport {
  const first = lines.length <= mostShown ? 0 : Math.max(0, (causeLine ?? 0) - mostShown / 2);
  return {
    report,
    lines: lines.slice(first, first + mostShown).map(indented),
    causeLine: causeLine === null ? null : causeLine - first,
    isCut: lines.length > mostShown,
  };
}

/** A plain line that keeps its indentation, which tabs begin in a stack. */
function indented(line: string): string {
  const indent = /^[ \t]{0,16}/.exec(line)?.[0] ?? '';
  return indent.replaceAll('\t', '    ') + oneLine(line, longestLine);
}
