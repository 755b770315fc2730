/**
 * Which columns the fleet's table has room for, and how wide each is. Until a person chooses, columns give way in an
 * order of their own; those that were chosen stay, and the table scrolls sideways where they do not fit. Pure.
 */
import { fleetColumns, type FleetColumn } from '../../../bridge/settings/fleet-columns.js';

/** Pixels, with the cell's padding. What is not wanted wider than it is at least has no `most`. */
interface Breadth {
  readonly least: number;
  /** Never narrower, whoever wants it: what stands there is words that nobody can guess from their beginning. */
  readonly floor?: number;
  /** Infinity = what is left of a wide window. */
  readonly most?: number;
}

/** So much of a long name goes before where its server is; the whole goes before all other columns. Pixels. */
const fairName = 240;

const breadths: Readonly<Record<FleetColumn, Breadth>> = {
  name: { least: 160, most: 360 },
  state: { least: 140, floor: 140, most: 220 },
  why: { least: 240, most: Infinity },
  cpu: { least: 92 },
  memory: { least: 108 },
  disk: { least: 108 },
  network: { least: 180 },
  uptime: { least: 82 },
  trend: { least: 120, most: Infinity },
  day: { least: 140, most: 180 },
  address: { least: 148, most: 260 },
  node: { least: 76, most: 200 },
  panel: { least: 82, most: 220 },
};

/** Only where a person wants them: names have their room. */
const onlyChosen: ReadonlySet<FleetColumn> = new Set<FleetColumn>(['network']);

/**
 * Who gives way first: what tells servers apart and where they are goes last. Name, state, CPU and memory never go, and of
 * disk and uptime the state says where they are in need of attention.
 */
const givingWay: readonly FleetColumn[] = ['day', 'trend', 'uptime', 'disk', 'panel', 'node', 'address'];
/** Where a column says why, these give way as well, last of all: of a figure that matters it says both. */
const saidByWhy: readonly FleetColumn[] = ['memory', 'cpu'];
/** So much more a sentence has before other columns stand beside it. Pixels. */
const moreOfWhy = 120;
/** Where a server is. */
const places: ReadonlySet<FleetColumn> = new Set<FleetColumn>(['panel', 'node', 'address']);

/** Who takes the room that the last one to go has left, where that is enough for them and for a whole address. */
const comingBack: readonly FleetColumn[] = ['disk', 'uptime', 'node', 'panel'];
/** What `198.51.100.244:23036` needs beyond the least of its column. Pixels. */
const wholeAddress = 16;

/** The box at the left, and the buttons at the right. */
const selectWidth = 28;
const actionsWidth = 56;

export interface LayoutPreferences {
  /** Pixels; 0 where it is not known yet. */
  readonly width: number;
  /** What the cell of the longest name needs. Pixels; 0 where it is not known yet. */
  readonly nameNeeds: number;
  /** The same with its panel beside it, where nothing else on its row or above says that. Pixels. */
  readonly nameTakes: number;
  /** A column tells the panels of servers apart, which nothing else on the table does. */
  readonly hasPanel: boolean;
  /** The list is of servers that need attention, and says why each does. */
  readonly hasWhy: boolean;
  /** Those that a person wants, whatever the width; null = those that there is room for. */
  readonly chosen: readonly FleetColumn[] | null;
  /** Those that a person put in an order; the others follow in theirs. */
  readonly order: readonly FleetColumn[];
  readonly widths: Readonly<Partial<Record<FleetColumn, number>>>;
}

export interface FleetLayout {
  readonly columns: readonly FleetColumn[];
  /** As CSS has them for a grid, with the box and the buttons. */
  readonly template: string;
  /** What a row needs at least. Pixels. */
  readonly least: number;
  /** Not all of it fits: the table scrolls sideways. */
  readonly isWide: boolean;
}

export function layOut({
  width,
  nameNeeds,
  nameTakes,
  hasPanel,
  hasWhy,
  chosen,
  order,
  widths,
}: LayoutPreferences): FleetLayout {
  const there = inOrder(order).filter(
    (column) => (column !== 'panel' || hasPanel) && (column !== 'why' || hasWhy),
  );
  const { least: leastName, most: mostName = leastName } = breadths.name;
  const least = (columns: readonly FleetColumn[], name = leastName): number =>
    columns.reduce(
      (sum, column) =>
        sum + (ownWidth(column, widths) ?? (column === 'name' ? name : breadths[column].least)),
      selectWidth + actionsWidth,
    );
  let columns = there.filter((column) =>
    chosen === null
      ? !onlyChosen.has(column)
      : column === 'name' || column === 'why' || chosen.includes(column),
  );
  if (chosen === null && width > 0) {
    const nameBeside = (column: FleetColumn): number =>
      between(leastName, nameNeeds, places.has(column) ? fairName : mostName);
    const fits = (some: readonly FleetColumn[], next: FleetColumn, room = 0): boolean =>
      least(some, nameBeside(next)) + room + (hasWhy && !saidByWhy.includes(next) ? moreOfWhy : 0) <= width;
    for (const next of hasWhy ? [...givingWay, ...saidByWhy] : givingWay) {
      if (fits(columns, next)) continue;
      columns = columns.filter((column) => column !== next);
    }
    for (const next of comingBack) {
      const more = there.filter((column) => column === next || columns.includes(column));
      if (least(more, nameBeside(next)) + (more.includes('address') ? wholeAddress : 0) <= width)
        columns = more;
    }
  }
  const needed = least(columns);
  return {
    columns,
    template: templateOf(columns, nameTrack(nameTakes, width - needed), widths),
    least: needed,
    isWide: width > 0 && needed > width,
  };
}

/** Names have what is free before any other column is wider than it has to be, as far as the longest needs it. */
function nameTrack(needs: number, free: number): string {
  const { least, most = least } = breadths.name;
  return `${Math.round(between(least, Math.min(needs, least + free), most))}px`;
}

function between(least: number, wanted: number, most: number): number {
  return Math.max(least, Math.min(wanted, most));
}

function ownWidth(column: FleetColumn, widths: LayoutPreferences['widths']): number | undefined {
  const own = widths[column];
  return own === undefined ? undefined : Math.max(own, breadths[column].floor ?? 0);
}

/** Every column: those that were put in an order, and the others behind the one that they stand behind usually. */
export function inOrder(order: readonly FleetColumn[]): readonly FleetColumn[] {
  const all: FleetColumn[] = ['name', ...order.filter((column) => column !== 'name')];
  fleetColumns.forEach((column, at) => {
    if (all.includes(column)) return;
    const before = fleetColumns[at - 1];
    all.splice(before === undefined ? 0 : all.indexOf(before) + 1, 0, column);
  });
  return all;
}

function templateOf(
  columns: readonly FleetColumn[],
  name: string,
  widths: LayoutPreferences['widths'],
): string {
  const tracks = columns.map((column) => {
    const own = ownWidth(column, widths);
    if (column === 'name' && own === undefined) return name;
    const { least, most } = breadths[column];
    // The reason says more than a state does.
    if (column === 'state' && own === undefined && columns.includes('why')) return `${least}px`;
    if (own !== undefined) return `${own}px`;
    if (most === undefined) return `${least}px`;
    return `minmax(${least}px, ${most === Infinity ? '1fr' : `${most}px`})`;
  });
  // Where no column takes the rest of a wide window, it stays empty before the buttons.
  const rest = tracks.some((track) => track.endsWith('1fr)')) ? [] : ['minmax(0, 1fr)'];
  return [`${selectWidth}px`, ...tracks, ...rest, `${actionsWidth}px`].join(' ');
}
