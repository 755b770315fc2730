/**
 * Columns of the fleet table that fit, and their widths. Until the user chooses, columns are hidden in a fixed order;
 * chosen columns stay, and the table scrolls sideways if they do not fit. Pure.
 */
import { fleetColumns, type FleetColumn } from '../../../bridge/settings/fleet-columns.js';

/** Widths of a column in pixels, including padding. Without `most` the column stays at `least`. */
interface Breadth {
  readonly least: number;
  /** Lower bound for the user's own width, where shortened words would be unreadable. */
  readonly floor?: number;
  /** Infinity = takes the remaining width of the window. */
  readonly most?: number;
}

/**
 * Name width in pixels up to which the name takes space from the columns that locate a server. From all other columns
 * the name takes as much as its full length needs.
 */
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
  players: { least: 92 },
  backup: { least: 104 },
  trend: { least: 120, most: Infinity },
  day: { least: 140, most: 180 },
  description: { least: 140, most: 360 },
  egg: { least: 92, most: 200 },
  address: { least: 148, most: 260 },
  node: { least: 76, most: 200 },
  panel: { least: 82, most: 220 },
};

/** Columns shown only if chosen, to leave room for names. */
const onlyChosen: ReadonlySet<FleetColumn> = new Set<FleetColumn>([
  'network',
  'backup',
  'description',
  'egg',
]);

/**
 * Columns that a narrow table hides, in this order; columns that distinguish and locate servers come last. Name and
 * state are never hidden, CPU and memory only in a list with reasons (`saidByWhy`). Disk and uptime may be hidden,
 * because the state names them when they need attention.
 */
const givingWay: readonly FleetColumn[] = [
  'day',
  'trend',
  'uptime',
  'disk',
  'players',
  'panel',
  'node',
  'address',
];
/** Hidden after all others, and only in a list with reasons: a reason names the figures that matter. */
const saidByWhy: readonly FleetColumn[] = ['memory', 'cpu'];
/** Pixels beyond its minimum width that the reason takes before other columns show. */
const moreOfWhy = 120;
/** Columns that locate a server. */
const places: ReadonlySet<FleetColumn> = new Set<FleetColumn>(['panel', 'node', 'address']);

/**
 * Columns that return, in this order, if the last hidden column left enough room for them and for a whole address.
 */
const comingBack: readonly FleetColumn[] = ['disk', 'uptime', 'node', 'panel'];
/** Pixels that `198.51.100.244:23036` needs beyond the minimum width of its column. */
const wholeAddress = 16;

/** Pixels of the checkbox and of the buttons. */
const selectWidth = 28;
const actionsWidth = 32;

export interface LayoutPreferences {
  /** In pixels; 0 while unknown. */
  readonly width: number;
  /** Pixels that the cell of the longest name needs; 0 while unknown. */
  readonly nameNeeds: number;
  /** The same with the panel beside each name without a title for its panel, for a table without a column for the panel. */
  readonly nameTakes: number;
  /** True if the table needs a column for the panel. */
  readonly hasPanel: boolean;
  /** True if the number of players of a server is known; the column then shows without a choice of the user. */
  readonly hasPlayers: boolean;
  /** True if the list shows servers in need of attention, with the reasons. */
  readonly hasWhy: boolean;
  /** Columns that the user chose, at any width; null = as many as fit. */
  readonly chosen: readonly FleetColumn[] | null;
  /** Columns that the user arranged; the others follow in default order. */
  readonly order: readonly FleetColumn[];
  readonly widths: Readonly<Partial<Record<FleetColumn, number>>>;
}

export interface FleetLayout {
  readonly columns: readonly FleetColumn[];
  /** CSS grid template, with checkbox and buttons. */
  readonly template: string;
  /** Minimum width of a row, in pixels. */
  readonly least: number;
  /** Whether the table scrolls sideways. */
  readonly isWide: boolean;
}

export function layOut({
  width,
  nameNeeds,
  nameTakes,
  hasPanel,
  hasPlayers,
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
      ? !onlyChosen.has(column) && (column !== 'players' || hasPlayers)
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
  const nameWants = columns.includes('panel') ? nameNeeds : nameTakes;
  return {
    columns,
    template: templateOf(columns, nameTrack(nameWants, width - needed), widths),
    least: needed,
    isWide: width > 0 && needed > width,
  };
}

/** Track of the name column: free width goes to names first, up to the longest name. */
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

/** All columns: arranged ones in the user's order, each other column after its default predecessor. */
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
    // Beside the column with the reason, the column with the state keeps its minimum width.
    if (column === 'state' && own === undefined && columns.includes('why')) return `${least}px`;
    if (own !== undefined) return `${own}px`;
    if (most === undefined) return `${least}px`;
    return `minmax(${least}px, ${most === Infinity ? '1fr' : `${most}px`})`;
  });
  // Without a flexible column, the rest of the width stays empty before the buttons.
  const rest = tracks.some((track) => track.endsWith('1fr)')) ? [] : ['minmax(0, 1fr)'];
  return [`${selectWidth}px`, ...tracks, ...rest, `${actionsWidth}px`].join(' ');
}
