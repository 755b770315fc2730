/** The entries of a week as a grid of hours and days, for a calendar of bounded size. Pure. */
import type { WeekAct } from './week-acts.js';
import type { WeekEntry } from './week-entries.js';

export type RunsOn = 'panel' | 'perch';

/** Entries of one hour that do the same, in the same place. */
export interface WeekGroup {
  readonly act: WeekAct;
  readonly runsOn: RunsOn;
  /** By time; never empty. */
  readonly entries: readonly WeekEntry[];
  /** Most servers that load one node together with an entry of the group; 0 = no overlap. */
  readonly overlap: number;
}

export interface WeekCell {
  /** Place of the day in the week, from 0. */
  readonly day: number;
  /** Hour of the local clock, 0 to 23. */
  readonly hour: number;
  /** By time of their first entries. */
  readonly groups: readonly WeekGroup[];
}

export function runsOn({ source }: Pick<WeekEntry, 'source'>): RunsOn {
  return source.kind === 'schedule' ? 'panel' : 'perch';
}

export function cellKey(day: number, hour: number): string {
  return `${day} ${hour}`;
}

/** Cells with entries, by `cellKey`. `days` = local midnights of the week; overlaps by the keys of entries. */
export function cellsOf(
  entries: readonly WeekEntry[],
  overlaps: ReadonlyMap<string, number>,
  days: readonly number[],
): ReadonlyMap<string, WeekCell> {
  const byCell = new Map<string, { day: number; hour: number; entries: WeekEntry[] }>();
  for (const entry of entries.toSorted((one, other) => one.at - other.at)) {
    const day = days.findLastIndex((midnight) => midnight <= entry.at);
    const hour = new Date(entry.at).getHours();
    if (day === -1) continue;
    const key = cellKey(day, hour);
    const cell = byCell.get(key);
    if (cell === undefined) byCell.set(key, { day, hour, entries: [entry] });
    else cell.entries.push(entry);
  }
  return new Map(
    [...byCell].map(([key, cell]) => [
      key,
      { day: cell.day, hour: cell.hour, groups: groupsOf(cell.entries, overlaps) },
    ]),
  );
}

function groupsOf(entries: readonly WeekEntry[], overlaps: ReadonlyMap<string, number>): WeekGroup[] {
  const groups = new Map<string, WeekEntry[]>();
  for (const entry of entries) {
    const key = `${entry.acts[0]} ${runsOn(entry)}`;
    const others = groups.get(key);
    if (others === undefined) groups.set(key, [entry]);
    else others.push(entry);
  }
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const overlap = own.reduce((most, { key }) => Math.max(most, overlaps.get(key) ?? 0), 0);
    return [{ act: first.acts[0], runsOn: runsOn(first), entries: own, overlap }];
  });
}

/** A row of hours: one with entries, or several in a row without any. */
export interface HourRow {
  readonly from: number;
  /** The last hour of the row. */
  readonly to: number;
  readonly isQuiet: boolean;
}

/** Hours without entries in the whole week are one low row together. */
export function hourRows(cells: ReadonlyMap<string, WeekCell>): readonly HourRow[] {
  const busy = new Set([...cells.values()].map(({ hour }) => hour));
  const rows: HourRow[] = [];
  for (let hour = 0; hour < 24; hour++) {
    const isQuiet = !busy.has(hour);
    const last = rows.at(-1);
    if (isQuiet && last?.isQuiet === true) rows[rows.length - 1] = { ...last, to: hour };
    else rows.push({ from: hour, to: hour, isQuiet });
  }
  return rows;
}
