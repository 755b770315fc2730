/** Menus of one table column and of all columns. */
import { fleetColumns, type FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import { say } from '../../../messages/messages.js';
import type { MenuItem } from '../../ui/menus/menu.js';
import type { FleetColumns } from './fleet-columns.svelte.js';
import { isShareable, isSortable, type Sort } from './fleet-sort.js';
import type { FleetTable } from './fleet-table.svelte.js';
import { backupFilters, type BackupFilter } from './old-backups.js';
import { ownerFilters, type OwnerFilter } from './owner-filter.js';
import { playerFilters } from '../../search/player-filter.js';

interface ColumnMenuDeps {
  readonly columns: FleetColumns;
  readonly table: FleetTable;
  /** Current width in pixels. */
  readonly width: number;
}

/** Pixels per step of a width change. */
export const widthStep = 16;

const line: MenuItem = { kind: 'line' };

export function columnMenu(column: FleetColumn, deps: ColumnMenuDeps): MenuItem[] {
  const { columns, width } = deps;
  const isName = column === 'name';
  return [
    ...sortItems(column, deps.table),
    ...(isName ? filterItems(ownerFilters, deps.table) : []),
    ...(column === 'backup' ? filterItems(backupFilters, deps.table) : []),
    ...(column === 'players' ? playerItems(deps.table) : []),
    ...([-1, 1] as const).map((step): MenuItem => {
      const way = step === 1 ? 'right' : 'left';
      return {
        kind: 'action',
        label: say(`columns.move-${way}`),
        icon: step === 1 ? 'into' : 'back',
        blocked: columns.canMove(column, step) ? null : say(isName ? 'columns.name-stays' : 'columns.at-end'),
        testid: `column-${way}`,
        run: () => void columns.step(column, step),
      };
    }),
    {
      kind: 'action',
      label: say('columns.wider'),
      testid: 'column-wider',
      run: () => columns.size(column, width + widthStep),
    },
    {
      kind: 'action',
      label: say('columns.narrower'),
      testid: 'column-narrower',
      run: () => columns.size(column, width - widthStep),
    },
    ...(columns.hasOwnWidth(column)
      ? [
          {
            kind: 'action',
            label: say('columns.usual-width'),
            run: () => columns.size(column, null),
          } satisfies MenuItem,
        ]
      : []),
    line,
    {
      kind: 'action',
      label: say('columns.hide'),
      icon: 'hide',
      blocked: isName ? say('columns.name-stays') : column === 'why' ? say('columns.why-stays') : null,
      testid: 'column-hide',
      run: () => columns.toggle(column),
    },
    { kind: 'folder', label: say('columns.title'), icon: 'columns', items: allColumns(columns) },
  ];
}

/** Entries to show or hide each column, and to reset all. */
export function allColumns(columns: FleetColumns): MenuItem[] {
  return [
    ...fleetColumns
      .filter((column) => column !== 'name' && column !== 'why' && (column !== 'panel' || columns.hasPanel))
      .map((column): MenuItem => ({
        kind: 'action',
        label: say(`fleet.column-${column}`),
        checked: columns.isShown(column),
        stays: true,
        testid: `column-show-${column}`,
        run: () => columns.toggle(column),
      })),
    line,
    {
      kind: 'action',
      label: say('columns.reset'),
      icon: 'restart',
      blocked: columns.isUsual ? say('columns.usual') : null,
      testid: 'column-reset',
      run: () => columns.reset(),
    },
  ];
}

function sortItems(column: FleetColumn, table: FleetTable): MenuItem[] {
  if (!isSortable(column)) return [];
  const item = (label: string, sort: Sort): MenuItem => ({
    kind: 'action',
    label,
    checked:
      table.sort?.column === sort.column &&
      table.sort.direction === sort.direction &&
      (table.sort.by ?? 'figure') === (sort.by ?? 'figure'),
    testid: `column-sort-${sort.by ?? sort.direction}`,
    run: () => (table.sort = sort),
  });
  return [
    item(say('columns.ascending'), { column, direction: 'ascending' }),
    item(say('columns.descending'), { column, direction: 'descending' }),
    ...(isShareable(column)
      ? [item(say('columns.by-share'), { column, direction: 'descending', by: 'share' })]
      : []),
    line,
  ];
}

/** Filters by owner, or by the age of the newest backup; a second click shows all servers again. */
function filterItems(filters: readonly (BackupFilter | OwnerFilter)[], table: FleetTable): MenuItem[] {
  const items = filters.map((filter): MenuItem => ({
    kind: 'action',
    label: say(`columns.only-${filter}`),
    checked: table.only === filter,
    testid: `column-only-${filter}`,
    run: () => (table.only = table.only === filter ? null : filter),
  }));
  return [...items, line];
}

/** Filters by players: a click adds a word to the filter above the table, a second click removes the word. */
function playerItems(table: FleetTable): MenuItem[] {
  const items = (['empty', 'full'] as const).map((which): MenuItem => ({
    kind: 'action',
    label: say(`columns.only-players-${which}`),
    checked: table.filter.trim() === playerFilters[which],
    testid: `column-only-players-${which}`,
    run: () => (table.filter = table.filter.trim() === playerFilters[which] ? '' : playerFilters[which]),
  }));
  return [...items, line];
}
