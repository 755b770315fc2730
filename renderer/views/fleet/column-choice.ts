/** Changes to the table's columns: visibility, order, widths. Pure; the settings store the result. */
import { fleetColumns, type FleetColumn } from '../../../bridge/settings/fleet-columns.js';
import type { Settings } from '../../../bridge/schema/settings.js';
import { inOrder } from './fleet-layout.js';

export type ColumnChoice = Settings['fleetColumns'];

/** Bounds of a width, in pixels, as in the settings' schema. */
const narrowestColumn = 48;
const widest = 1200;

/** Shows or hides a column. `shown` = visible columns. The name column always stays. */
export function toggledColumn(
  choice: ColumnChoice,
  shown: readonly FleetColumn[],
  column: FleetColumn,
): ColumnChoice {
  if (column === 'name') return choice;
  const others = shown.filter((one) => one !== column);
  const chosen = others.length === shown.length ? [...shown, column] : others;
  return { ...choice, chosen: fleetColumns.filter((one) => chosen.includes(one)) };
}

/** Visible column next to `column`; null at the end. */
export function neighbour(
  shown: readonly FleetColumn[],
  column: FleetColumn,
  step: 1 | -1,
): FleetColumn | null {
  const next = shown[shown.indexOf(column) + step];
  return column === 'name' || next === undefined || next === 'name' ? null : next;
}

/** Moves a column before or after another column. */
export function placed(
  choice: ColumnChoice,
  column: FleetColumn,
  other: FleetColumn,
  side: 'before' | 'after',
): ColumnChoice {
  if (column === 'name' || column === other) return choice;
  const order = inOrder(choice.order).filter((one) => one !== column);
  const at = order.indexOf(other) + (side === 'after' || other === 'name' ? 1 : 0);
  return { ...choice, order: order.toSpliced(at, 0, column) };
}

/** Sets a width; `null` = default width. */
export function sized(choice: ColumnChoice, column: FleetColumn, width: number | null): ColumnChoice {
  const others = Object.fromEntries(Object.entries(choice.widths).filter(([name]) => name !== column));
  return { ...choice, widths: width === null ? others : { ...others, [column]: withinBounds(width) } };
}

export function withinBounds(width: number): number {
  return Math.round(Math.min(widest, Math.max(narrowestColumn, width)));
}

export function isUsual({ chosen, order, widths }: ColumnChoice): boolean {
  return chosen === null && order.length === 0 && Object.keys(widths).length === 0;
}
